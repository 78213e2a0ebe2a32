import { expect } from 'chai';
import { example, exampleOrg, scenarios, startEmulator } from './index.ts';
import type { Emulator, ScenarioName } from './index.ts';
import { bearer, fixture, logIn, send } from './test-client.ts';

describe('emulator: login history', () => {
  let emulator: Emulator;
  let admin: string;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    admin = emulator.login(example.admin).accessToken;
  });
  afterEach(() => emulator.stop());

  const history = async (as = admin, rest = ''): Promise<Array<Record<string, unknown>>> => {
    const soql =
      'SELECT UserId, LoginTime, LoginType, Status, Application, SourceIp FROM LoginHistory ' +
      `WHERE UserId = '${emulator.org.user(example.username)?.id ?? ''}' ${rest} ORDER BY LoginTime DESC LIMIT 1`;
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const { status, body } = await send(emulator, path, { headers: bearer(as) });
    expect(status, body).to.equal(200);
    return (JSON.parse(body) as { records: Array<Record<string, unknown>> }).records;
  };

  it('a success leaves who, when, how, by which app and from where', async () => {
    await logIn(emulator);
    const [row] = await history();
    expect(row).to.include({
      ...{ UserId: emulator.org.user(example.username)?.id, LoginType: 'Remote Access 2.0', Status: 'Success' },
      ...{ Application: 'AQUILA', SourceIp: '127.0.0.1' },
    });
    expect(await history(admin, 'AND LoginTime < LAST_N_DAYS:1')).to.have.length(0);
    expect(await history(admin, 'AND LoginTime >= LAST_N_DAYS:1')).to.have.length(1);
  });

  const statuses: Array<[ScenarioName, string | undefined]> = [
    ['E1', 'Failed: Not approved for access'],
    ['E2', 'Failed: Not approved for access'],
    ['E3', 'Failed: Signature Invalid'],
    ['E5', 'Failed: Invalid Timestamp'],
    ['E6', 'Failed: Missing Consumer Key Parameter'],
    ['E9', 'Failed: IP Address Not Allowed'],
    ['E10', 'Failed: Get Access Token Limit Exceeded'],
    ['E11', 'User is inactive'],
    ['E15', 'Package for this consumer is not installed in your organization'],
    ['E4', undefined],
  ];
  for (const [scenario, status] of statuses) {
    it(`${scenario} leaves ${status ?? 'nothing, since its status is not known'}`, async () => {
      scenarios[scenario](emulator);
      await logIn(emulator);
      expect((await history()).map((row) => row['Status'])).to.deep.equal(status === undefined ? [] : [status]);
    });
  }

  it('the status of a situation is a switch', async () => {
    scenarios.E4(emulator);
    emulator.switches.loginStatuses.audience = 'Failed: audience';
    await logIn(emulator);
    expect((await history())[0]).to.include({ Status: 'Failed: audience' });
  });

  it('a user of whom the org knows nothing leaves nothing', async () => {
    await logIn(emulator, { sub: 'nobody@acme.com' });
    expect(emulator.org.loginHistory).to.have.length(0);
  });

  it('without Manage Users one sees only oneself, and Status is no filter', async () => {
    const { body } = await logIn(emulator);
    const own = (JSON.parse(body) as { access_token: string }).access_token;
    expect(await history(own)).to.have.length(1);
    const stranger = emulator.org.addUser({ username: 'stranger@acme.com' });
    expect(await history(emulator.login(stranger.username).accessToken)).to.have.length(0);
    const path = `/services/data/v66.0/query?q=${encodeURIComponent("SELECT Id FROM LoginHistory WHERE Status = 'Success'")}`;
    const refused = await send(emulator, path, { headers: bearer(admin) });
    expect(refused.body).to.contain("field 'Status' can not be filtered in a query call");
  });
});
