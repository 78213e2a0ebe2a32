import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { openNetwork, type HttpRequest } from '../../src/org/http.ts';
import { startEmulator, trustInProcess, type Emulator, type Fault } from '../emulator/index.ts';
import { findNoInvalidNames } from './invalid-names.ts';

const now = (): Date => new Date('2026-11-21T10:00:00Z');

async function failure(request: HttpRequest, environment: NodeJS.ProcessEnv = {}): Promise<SfError> {
  try {
    await openNetwork(environment, now).send(request);
  } catch (error) {
    if (error instanceof SfError) return error;
    throw error;
  }
  throw new Error('the request succeeded');
}

describe('one request over the network', () => {
  let emulator: Emulator;
  let distrust: () => void;
  before(async () => {
    emulator = await startEmulator();
    distrust = trustInProcess(emulator.tlsCertificate);
  });
  after(async () => {
    distrust();
    await emulator.stop();
  });
  afterEach(() => {
    emulator.faults.clear();
    emulator.calls.clear();
  });
  const versions = (): string => `${emulator.myDomainUrl}/services/data`;

  it('answers status, body, the Date header and the time of receipt', async () => {
    const answer = await openNetwork({}, now).send({ url: versions() });
    expect(answer).to.include({ method: 'GET', url: versions(), status: 200 });
    expect(answer.receivedAt).to.deep.equal(now());
    expect(Math.abs((answer.date?.getTime() ?? 0) - Date.now())).to.be.lessThan(60_000);
    expect(JSON.parse(answer.body)).to.be.an('array');
  });

  it('returns an answer of any status, and sends it once', async () => {
    emulator.faults.set({ kind: 'status', status: 503, body: 'later' });
    const answer = await openNetwork({}, now).send({ url: versions() });
    expect([answer.status, answer.body, emulator.calls.length]).to.deep.equal([503, 'later', 1]);
  });

  const secret = 'Zażółć "geś" 1+1';
  const basicOf = (text: string): string => `Basic ${Buffer.from(`id:${encodeURIComponent(text)}`).toString('base64')}`;
  const repeating: Array<[string, Omit<HttpRequest, 'url'>, string]> = [
    ['a password', { form: new URLSearchParams({ password: secret }) }, secret],
    ['a token', { form: new URLSearchParams({ token: secret }) }, encodeURIComponent(secret)],
    ['a code', { form: new URLSearchParams({ code: secret }) }, new URLSearchParams({ _: secret }).toString().slice(2)],
    ['a bearer token', { bearer: '00Dxx!AQEAQ' }, '00Dxx!AQEAQ'],
    ['the secret of Basic', { headers: { authorization: basicOf(secret) } }, secret],
  ];
  for (const [what, request, said] of repeating) {
    it(`leaves ${what} out of a refusal that repeats it`, async () => {
      const refusals: Array<[number, string]> = [
        [400, JSON.stringify({ error: 'invalid_grant', error_description: `not ${said}` })],
        [200, JSON.stringify({ error: `not ${said}` })],
        [200, `<title>not ${said}</title>`],
      ];
      for (const [status, body] of refusals) {
        emulator.faults.set({ kind: 'status', status, body });
        const answer = await openNetwork({}, now).send({ url: versions(), ...request });
        expect(answer.body).to.include('not [masked]');
      }
    });
  }

  it('leaves a grant as it is, which may bring the same refresh token again', async () => {
    const body = '{"access_token":"00Dxx!AQEAQ","refresh_token":"5Aep861xx"}';
    emulator.faults.set({ kind: 'status', status: 200, body });
    const form = new URLSearchParams({ refresh_token: '5Aep861xx' });
    expect((await openNetwork({}, now).send({ url: versions(), form })).body).to.equal(body);
  });

  const bodies: Array<[string, Omit<HttpRequest, 'url'>, [string, string | undefined, string]]> = [
    ['a form', { form: new URLSearchParams({ a: 'b c' }) }, ['POST', 'application/x-www-form-urlencoded', 'a=b+c']],
    ['JSON', { json: { name: 'Zażółć' } }, ['POST', 'application/json', '{"name":"Zażółć"}']],
    ['JSON that is null', { method: 'PATCH', json: null }, ['PATCH', 'application/json', 'null']],
    ['text', { body: { contentType: 'text/xml', content: '<a>ł</a>' } }, ['POST', 'text/xml', '<a>ł</a>']],
    ['bytes', { body: { contentType: 'image/x', content: Buffer.from('PK') } }, ['POST', 'image/x', 'PK']],
    ['nothing', { method: 'DELETE' }, ['DELETE', undefined, '']],
  ];
  for (const [what, request, [method, contentType, body]] of bodies) {
    it(`sends ${what} as it is, with ${method}`, async () => {
      emulator.faults.set({ kind: 'status', status: 204 });
      expect(await openNetwork({}, now).send({ url: versions(), ...request })).to.include({ method, status: 204 });
      const [call] = emulator.calls;
      expect([call?.method, call?.headers['content-type'], call?.body]).to.deep.equal([method, contentType, body]);
    });
  }

  it('takes further headers, also in place of its own', async () => {
    const headers = { accept: 'text/xml', soapaction: '""' };
    await openNetwork({}, now).send({ url: versions(), headers });
    expect(emulator.calls[0]?.headers).to.include(headers);
  });

  it('uses its connections again instead of opening one per request', async () => {
    const network = openNetwork({}, now);
    const before = emulator.connections;
    for (let i = 0; i < 10; i++) await network.send({ url: versions() });
    expect(emulator.connections - before).to.be.at.most(2);
  });

  const faults: Array<[string, Fault, string, string]> = [
    ['a reset connection', { kind: 'reset' }, 'ConnectionLost', 'Try again'],
    ['an answer cut off half-way', { kind: 'cutOff' }, 'ConnectionLost', 'Try again'],
    ['a host that never answers', { kind: 'hang' }, 'RequestTimedOut', 'SF_AQUILA_HTTP_TIMEOUT'],
  ];
  for (const [what, fault, code, action] of faults) {
    it(`${what} is ${code}, after one try`, async () => {
      emulator.faults.set(fault);
      const error = await failure({ url: versions() }, { SF_AQUILA_HTTP_TIMEOUT: '0.4' });
      expect([error.name, error.exitCode, error.cause, emulator.calls.length]).to.deep.equal([code, 1, undefined, 1]);
      expect(error.message).to.include(new URL(emulator.myDomainUrl).host);
      expect(error.actions?.join('\n')).to.include(action);
    });
  }

  for (const status of [301, 302, 303, 307, 308] as const) {
    it(`a redirect with ${String(status)} is refused, and the bearer token stays`, async () => {
      emulator.faults.set({ kind: 'redirect', to: emulator.loginUrl, status, face: 'my-domain' });
      const error = await failure({ url: versions(), bearer: '00D!SECRET' });
      expect(error.name).to.equal('RedirectRefused');
      expect(error.message).to.include(emulator.loginUrl);
      expect(emulator.calls.map(({ face }) => face)).to.deep.equal(['my-domain']);
      expect(JSON.stringify([error.message, error.actions, error.stack])).not.to.include('SECRET');
    });
  }

  it('a certificate that nobody vouches for is TlsUntrusted, and nothing is sent', async () => {
    distrust();
    try {
      const error = await failure({ url: versions(), bearer: 'SECRET' });
      expect(error.name).to.equal('TlsUntrusted');
      expect(error.actions?.join('\n')).to.include('NODE_EXTRA_CA_CERTS').and.not.to.include('REJECT_UNAUTHORIZED');
      expect(emulator.calls.length).to.equal(0);
    } finally {
      distrust = trustInProcess(emulator.tlsCertificate);
    }
  });

  it('an unknown host is HostNotFound', async () => {
    const undo = findNoInvalidNames();
    const error = await failure({ url: 'https://no-such-host.invalid/' }).finally(undo);
    expect(error).to.have.property('name', 'HostNotFound');
  });

  it('http is refused before anything is connected', async () => {
    const before = emulator.connections;
    const error = await failure({ url: emulator.myDomainUrl.replace('https:', 'http:') });
    expect([error.name, emulator.connections - before]).to.deep.equal(['UrlNotHttps', 0]);
  });

  it('a port that speaks no TLS is TlsFailed', async () => {
    const server = await listen((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    const error = await failure({ url: `https://localhost:${port(server)}/` });
    server.close();
    expect(error.name).to.equal('TlsFailed');
  });

  it('a port that nobody listens on is ConnectionRefused', async () => {
    expect(await failure({ url: 'https://localhost:1/' })).to.have.property('name', 'ConnectionRefused');
  });

  describe('behind a proxy', () => {
    let proxy: Server;
    let asked: string[];
    beforeEach(async () => {
      asked = [];
      proxy = await listen((socket) => {
        socket.once('data', (head) => {
          asked.push(head.toString('latin1').split('\r\n')[0] ?? '');
          socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
        });
      });
    });
    afterEach(() => {
      proxy.close();
    });

    for (const variable of ['HTTPS_PROXY', 'https_proxy']) {
      it(`${variable} is honoured, and a refusal of the proxy is told from one of the org`, async () => {
        const error = await failure({ url: versions() }, { [variable]: `http://127.0.0.1:${port(proxy)}` });
        expect(error.name).to.equal('ProxyFailed');
        expect(asked).to.deep.equal([`CONNECT ${new URL(emulator.myDomainUrl).host} HTTP/1.1`]);
        expect(emulator.calls.length).to.equal(0);
      });
    }

    it('NO_PROXY is honoured', async () => {
      const environment = { HTTPS_PROXY: `http://127.0.0.1:${port(proxy)}`, NO_PROXY: 'localhost' };
      const { status } = await openNetwork(environment, now).send({ url: versions() });
      expect([status, asked.length]).to.deep.equal([200, 0]);
    });
  });

  const listen = async (onConnection: Parameters<typeof createServer>[1]): Promise<Server> => {
    const server = createServer(onConnection as never);
    await new Promise<void>((ready) => server.listen(0, 'localhost', ready));
    return server;
  };
  const port = (server: Server): string => String((server.address() as AddressInfo).port);
});
