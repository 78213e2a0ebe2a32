import { expect } from 'chai';
import { exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { codeOf, fixture, logIn, send } from './test-client.ts';

const tokenPath = '/services/oauth2/token';

describe('emulator: faults', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
  });
  afterEach(() => emulator.stop());

  it('status: any status and body, with headers', async () => {
    emulator.faults.set({
      kind: 'status',
      status: 503,
      body: 'busy',
      contentType: 'text/plain',
      headers: { 'Retry-After': '1' },
    });
    const { status, headers, body } = await logIn(emulator);
    expect([status, body, headers['retry-after'], headers['content-type']]).to.deep.equal([
      503,
      'busy',
      '1',
      'text/plain',
    ]);
    expect(emulator.org.tokens).to.have.length(0);
  });

  it('a number of times, then the org answers; clear ends the rest', async () => {
    emulator.faults.set({ kind: 'status', status: 503, times: 2 });
    const statuses = [await logIn(emulator), await logIn(emulator), await logIn(emulator)].map(({ status }) => status);
    expect(statuses).to.deep.equal([503, 503, 200]);
    emulator.faults.set({ kind: 'html' });
    emulator.faults.clear();
    expect((await logIn(emulator)).status).to.equal(200);
  });

  it('two that replace the answer hit one after the other, in the order in which they were set', async () => {
    emulator.faults.set({ kind: 'status', status: 503, times: 1 });
    emulator.faults.set({ kind: 'oauthError', row: 'E17', times: 1 });
    const statuses = [await logIn(emulator), await logIn(emulator), await logIn(emulator)].map(({ status }) => status);
    expect(statuses).to.deep.equal([503, 400, 200]);
  });

  it('only under a path, only at a face', async () => {
    emulator.faults.set({ kind: 'status', status: 500, path: '/services/data' });
    emulator.faults.set({ kind: 'status', status: 502, face: 'login' });
    expect((await logIn(emulator)).status).to.equal(200);
    expect((await send(emulator, '/services/data/v68.0')).status).to.equal(500);
    expect((await send(emulator, '/services/data', { face: 'login' })).status).to.equal(500);
    expect((await send(emulator, tokenPath, { face: 'login' })).status).to.equal(502);
  });

  it('html instead of JSON', async () => {
    emulator.faults.set({ kind: 'html', status: 200 });
    const { status, headers, body } = await logIn(emulator);
    expect([status, headers['content-type']]).to.deep.equal([200, 'text/html;charset=UTF-8']);
    expect(body).to.contain('<title>Data Not Available</title>');
  });

  it('hang: the request arrives and is never answered; stop ends it', async () => {
    emulator.faults.set({ kind: 'hang' });
    const pending = codeOf(logIn(emulator));
    while (emulator.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(emulator.calls[0]).to.include({ path: tokenPath, status: undefined });
    await emulator.stop();
    expect(await pending).to.equal('ECONNRESET');
  });

  it('reset: the connection ends without an answer, the call is logged', async () => {
    emulator.faults.set({ kind: 'reset', times: 1 });
    expect(await codeOf(logIn(emulator))).to.equal('ECONNRESET');
    expect(emulator.calls.tokenRequests()).to.have.length(1);
    expect((await logIn(emulator)).status).to.equal(200);
  });

  it('redirect: a bare origin keeps path and query, a whole URL is taken as it is', async () => {
    emulator.faults.set({ kind: 'redirect', to: 'https://localhost:1', status: 307, times: 1 });
    const first = await send(emulator, '/services/data?a=b');
    expect([first.status, first.headers.location]).to.deep.equal([307, 'https://localhost:1/services/data?a=b']);
    emulator.faults.set({ kind: 'redirect', to: 'https://localhost:1/elsewhere' });
    const second = await logIn(emulator);
    expect([second.status, second.headers.location]).to.deep.equal([302, 'https://localhost:1/elsewhere']);
  });

  it('delay: the answer comes all the same, and other faults with it', async () => {
    emulator.faults.set({ kind: 'delay', milliseconds: 5 });
    emulator.faults.set({ kind: 'status', status: 429, times: 1 });
    expect((await logIn(emulator)).status).to.equal(429);
    expect((await logIn(emulator)).status).to.equal(200);
  });

  it('clockOffset: moves the Date header and what exp is compared with', async () => {
    const dateOf = (headers: { date?: string }): number => Date.parse(headers.date ?? '');
    emulator.faults.set({ kind: 'clockOffset', seconds: -600 });
    const slow = await logIn(emulator);
    expect(slow.status).to.equal(200);
    expect(dateOf(slow.headers) - Date.now()).to.be.within(-660_000, -540_000);
    emulator.faults.clear();
    emulator.faults.set({ kind: 'clockOffset', seconds: 600 });
    const fast = await logIn(emulator);
    expect(fast.body).to.contain('expired authorization code');
    expect(dateOf(fast.headers) - Date.now()).to.be.within(540_000, 660_000);
  });

  it('garbage and truncated: 200 and no JSON', async () => {
    emulator.faults.set({ kind: 'garbage', times: 1 });
    const garbage = await logIn(emulator);
    emulator.faults.set({ kind: 'truncated', times: 1 });
    const truncated = await logIn(emulator);
    for (const { status, headers, body } of [garbage, truncated]) {
      expect([status, headers['content-type']]).to.deep.equal([200, 'application/json;charset=UTF-8']);
      expect(() => void JSON.parse(body)).to.throw();
    }
    expect(truncated.body).to.match(/^\{"access_token":"00D/);
  });

  it('cutOff: the connection ends in the middle of the body', async () => {
    emulator.faults.set({ kind: 'cutOff' });
    expect(await codeOf(logIn(emulator))).to.equal('ECONNRESET');
  });

  it('missingKeys: the others stay, errors are untouched', async () => {
    emulator.faults.set({ kind: 'missingKeys', keys: ['id', 'instance_url', 'error'] });
    expect(Object.keys(JSON.parse((await logIn(emulator)).body) as object)).to.deep.equal([
      'access_token',
      'scope',
      'token_type',
    ]);
    expect((await logIn(emulator, { iss: 'x' })).body).to.contain('"error":"invalid_client_id"');
  });

  it('oauthError: any row, at the token endpoint only', async () => {
    emulator.faults.set({ kind: 'oauthError', row: 'E17' });
    expect((await logIn(emulator)).body).to.equal('{"error":"unknown_error","error_description":"retry your request"}');
    expect((await send(emulator, '/services/data')).status).to.equal(200);
  });
});
