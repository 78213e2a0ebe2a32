import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { readStateFile } from './state-file.ts';
import { fixture, logIn } from './test-client.ts';

describe('emulator: state from a JSON file', () => {
  let folder: string;
  const running: Emulator[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aquila-emulator-test-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
    await rm(folder, { recursive: true });
  });

  const read = async (state: unknown): ReturnType<typeof readStateFile> => {
    const file = join(folder, 'state.json');
    await writeFile(file, JSON.stringify(state));
    return readStateFile(file);
  };

  it('makes an org in which its users can log in', async () => {
    await writeFile(join(folder, 'app.crt'), fixture('rsa2048.crt'));
    const options = await read({
      org: { name: 'Globex', kind: 'sandbox' },
      users: [{ username: 'soc@globex.com', permissionSets: ['SIEM'], permissions: { viewEventLogFiles: true } }],
      apps: [
        {
          ...{ clientId: 'theirs', kind: 'connected-app', certificateFile: 'app.crt', permissionSets: ['SIEM'] },
          ...{ flows: { clientCredentialsUser: 'soc@globex.com' }, otherMetadata: { ConnectedApp: { infoUrl: 'x' } } },
        },
      ],
      switches: { answers: { expired: 'E3' } },
    });
    const emulator = await startEmulator(options);
    running.push(emulator);
    const claims = { iss: 'theirs', sub: 'soc@globex.com', aud: 'https://test.salesforce.com' };
    expect((await logIn(emulator, claims, 'login')).status).to.equal(200);
    expect((await logIn(emulator, { ...claims, exp: 1 }, 'login')).body).to.contain('invalid assertion');
    expect(emulator.org.users[0]?.permissions).to.include({
      apiEnabled: true,
      viewEventLogFiles: true,
      viewSetup: false,
    });
  });

  it('makes log files, and an org without licences', async () => {
    await writeFile(join(folder, 'login.csv'), '"EVENT_TYPE"\n"Login"\n');
    const options = await read({
      org: { licences: { realTimeEventMonitoring: false } },
      eventLogFiles: [
        { eventType: 'Login', interval: 'Hourly', logDate: '2026-11-21T05:00:00Z', contentFile: 'login.csv' },
        { eventType: 'Logout', content: 'x' },
      ],
    });
    const emulator = await startEmulator(options);
    running.push(emulator);
    const [login, logout] = emulator.org.eventLogFiles;
    const content = '"EVENT_TYPE"\n"Login"\n';
    expect(login).to.include({ interval: 'Hourly', sequence: 1, logDate: Date.parse('2026-11-21T05:00:00Z'), content });
    expect(logout).to.include({ interval: 'Daily', sequence: 0, content: 'x' });
    expect(emulator.org.facts.licences).to.deep.equal({ eventMonitoring: true, realTimeEventMonitoring: false });
  });

  const refusals: Array<[unknown, string]> = [
    [{ eventLogFiles: [{ eventTyp: 'Login' }] }, 'eventLogFiles[0] has no setting "eventTyp"'],
    [[], 'the state file must be an object'],
    [{ userz: [] }, 'the state file has no setting "userz"'],
    [{ users: [{ username: 'a@b.c', frozn: true }] }, 'users[0] has no setting "frozn"'],
    [{ users: [{ username: 'a@b.c', frozen: 'yes' }] }, 'users[0].frozen must be of type boolean'],
    [{ users: [{ permissions: { fly: true } }] }, 'users[0].permissions has no setting "fly"'],
    [{ switches: { answers: { wrong: 'E3' } } }, 'switches.answers has no setting "wrong"'],
  ];
  for (const [state, message] of refusals) {
    it(`refuses ${JSON.stringify(state)}`, async () => {
      const error = await read(state).then(
        () => undefined,
        (reason: unknown) => reason
      );
      expect(error).to.be.instanceOf(Error);
      expect((error as Error).message).to.contain(message);
    });
  }
});
