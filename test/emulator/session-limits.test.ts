import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { accessToken, bearer, fixture, logIn, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

describe('emulator: session timeout and API limit', () => {
  let emulator: Emulator;
  let token: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    token = await accessToken(emulator);
  });
  afterEach(() => emulator.stop());

  const get = (path: string, as = token): Promise<Answered> =>
    send(emulator, `/services/data/v66.0${path}`, { headers: bearer(as) });
  const status = async (path = '', as = token): Promise<number> => (await get(path, as)).status;

  it('a session ends once it was left alone for the timeout of its app', async () => {
    presets['session-timeout-enforced'](emulator);
    emulator.org.passTime(4);
    expect(await status()).to.equal(200);
    emulator.org.passTime(4);
    expect(await status()).to.equal(200);
    emulator.org.passTime(5);
    const { status: refused, body } = await get('');
    expect([refused, body]).to.deep.equal([
      401,
      '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
    ]);
    emulator.org.passTime(-13);
    expect(await status()).to.equal(401);
    expect((await logIn(emulator)).status).to.equal(200);
  });

  it('an app without a timeout has that of the org, and by default no session ends', async () => {
    const app = emulator.org.app(example.clientId);
    if (app) app.sessionTimeoutInMinutes = undefined;
    emulator.org.passTime(600);
    expect(await status()).to.equal(200);
    emulator.org.passTime(-600);
    presets['session-timeout-enforced'](emulator);
    emulator.org.facts.sessionTimeoutInMinutes = 30;
    emulator.org.passTime(29);
    token = emulator.login(example.admin).accessToken;
    expect(await status()).to.equal(200);
    emulator.org.passTime(30);
    expect(await status()).to.equal(401);
  });

  it("the org's clock moves with what the org says of the time", async () => {
    emulator.org.passTime(60);
    const { headers } = await get('');
    expect(Date.parse(headers.date ?? '') - Date.now()).to.be.within(3_590_000, 3_610_000);
  });

  it('api-limit-exhausted refuses REST, by a switch all but the limits, or nothing', async () => {
    expect((await get('')).headers['sforce-limit-info']).to.equal('api-usage=1000/100000');
    presets['api-limit-exhausted'](emulator);
    const admin = emulator.login(example.admin).accessToken;
    const { status: refused, headers, body } = await get('/limits', admin);
    expect([refused, body]).to.deep.equal([
      403,
      '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    ]);
    expect(headers['sforce-limit-info']).to.equal('api-usage=100000/100000');
    emulator.switches.apiLimit = 'refuse-but-limits';
    expect([await status('/limits', admin), await status()]).to.deep.equal([200, 403]);
    emulator.switches.apiLimit = 'ignore';
    expect(await status()).to.equal(200);
    emulator.switches.limitInfoHeader = false;
    expect((await get('')).headers).to.not.have.property('sforce-limit-info');
    expect((await logIn(emulator)).status).to.equal(200);
  });
});
