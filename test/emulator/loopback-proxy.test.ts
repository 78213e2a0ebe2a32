import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { startLoopbackProxy } from './loopback-proxy.ts';
import type { LoopbackProxy } from './loopback-proxy.ts';

describe('emulator: loopback proxy', () => {
  let proxy: LoopbackProxy;
  beforeEach(async () => {
    proxy = await startLoopbackProxy();
  });
  afterEach(() => proxy.stop());

  it('refuses every host but this machine, and remembers what was wanted', async () => {
    const { status } = await fetch(`${proxy.url}/`, { headers: { host: 'login.salesforce.com' } });
    expect(status).to.equal(403);
    const asked = request(proxy.url, { method: 'CONNECT', path: 'login.salesforce.com:443' }).end();
    const [response] = (await once(asked, 'connect')) as [IncomingMessage];
    expect(response.statusCode).to.equal(403);
    expect(proxy.refused).to.deep.equal(['/', 'login.salesforce.com:443']);
    expect(proxy.tunnels).to.deep.equal([]);
  });
});
