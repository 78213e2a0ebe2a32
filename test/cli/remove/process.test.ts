import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator, writeTlsCertificate, type Emulator } from '../../emulator/index.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { Place } from '../process.ts';

type Left = { left: Array<{ kind: string; reason: string }> };

describe('sf aquila remove, as a process', () => {
  let emulator: Emulator;
  let place: Place;
  let env: Record<string, string>;
  before(async () => {
    place = new Place();
    emulator = await startEmulator({ ...exampleOrg(), apps: [] });
    emulator.switches.metadataPolls = 0;
    emulator.org.user(example.username)!.permissionSets = [];
    await storeAdmin(emulator, example.admin, 'admin', place.folder);
    env = {
      NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, place.folder),
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    };
    const words = ['--target-org', 'admin', '--username', example.username, '--contact-email', 'soc@acme.com'];
    const made = await place.run(['setup', ...words, '--create-permission-set', '--output-dir', 'keys'], { env });
    expect(made.code, made.stderr).to.equal(0);
  });
  after(async () => {
    await emulator.stop();
    place.remove();
  });

  const words = ['remove', '--target-org', 'admin', '--username', example.username, '--files'];

  it('a question that is declined ends it with 130, and nothing is gone', async function () {
    needTerminal(this);
    const { text, code } = await dialogue(place, words, [["It can't be taken back.", 'n\r']], env);
    expect(code, text).to.equal(130);
    expect(text).to.include('external client app AQUILA').and.include('Nothing was done');
    expect([emulator.org.apps.length, existsSync(place.path('keys', 'server.key'))]).to.deep.equal([1, true]);
  });

  for (const by of ['the environment', 'the configuration'])
    it(`the login of the default org stays, where ${by} says which that is`, async () => {
      const config = place.path('.sf', 'config.json');
      const [variables, text] =
        by === 'the environment'
          ? [{ SF_TARGET_ORG: example.username }, '{}']
          : [{}, JSON.stringify({ 'target-org': example.username })];
      writeFileSync(config, text);
      const run = await place.run([...words, '--dry-run', '--json'], { env: { ...env, ...variables } });
      rmSync(config);
      const { result } = run.json() as { result: Left & { removed: Array<{ kind: string }> } };
      expect(result.left.map(({ kind, reason }) => `${kind} ${reason}`)).to.deep.equal(['login default-org']);
      expect(result.removed.map(({ kind }) => kind)).to.deep.equal(['app', 'assignment', 'permission-set']);
    });

  it('prints JSON alone, and everything is gone, the empty folder excepted', async () => {
    const run = await place.run([...words, '--no-prompt', '--json'], { env });
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    const { result } = run.json() as { result: { removed: Array<{ kind: string }>; left: unknown[] } };
    expect(result.removed.map(({ kind }) => kind)).to.deep.equal([
      ...['app', 'assignment', 'permission-set'],
      ...['file', 'file', 'file', 'file', 'login'],
    ]);
    expect(result.left).to.deep.equal([]);
    expect(emulator.org.apps).to.deep.equal([]);
    expect(existsSync(place.path('keys', 'server.key'))).to.equal(false);
    expect(existsSync(place.path('keys'))).to.equal(true);
  });
});
