import { expect } from 'chai';
import { aquilaError } from '../../src/errors.ts';
import { guarded } from '../../src/probes/guarded.ts';

describe('probes: errors', () => {
  it("an error of the plugin becomes a failed reading with the error's code, message and actions", async () => {
    const reading = await guarded(() => Promise.reject(aquilaError('ConnectionRefused', ['acme:443', 'ECONNREFUSED'])));
    expect(reading).to.deep.equal({
      failed: {
        code: 'ConnectionRefused',
        message: 'The host acme:443 does not take connections from this machine (ECONNREFUSED).',
        actions: ['Check the address and the firewall of this network; behind a proxy, set HTTPS_PROXY.'],
      },
    });
  });

  it('any other error is a bug, and stays one', async () => {
    const bug = new RangeError('a bug');
    const thrown = await guarded(() => Promise.reject(bug)).catch((error: unknown) => error);
    expect(thrown).to.equal(bug);
  });

  it('an error that only borrows a name of sf is a bug too', async () => {
    const borrowed = Object.assign(new Error('not ours'), { name: 'ConnectionRefused' });
    const thrown = await guarded(() => Promise.reject(borrowed)).catch((error: unknown) => error);
    expect(thrown).to.equal(borrowed);
  });
});
