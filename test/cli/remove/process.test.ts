import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example, type Emulator } from '../../emulator/index.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { OrgPlace } from '../org-place.ts';

type Left = { left: Array<{ kind: string; reason: string }> };

describe('sf aquila remove, as a process', () => {
  let emulator: Emulator;
  let place: OrgPlace;
  let env: Record<string, string>;
  before(async () => {
    place = await OrgPlace.beforeSetup();
    ({ emulator, env } = place);
    await setUp();
  });
  after(() => place.close());

  const setup = ['setup', '--target-org', 'admin', '--username', example.username, '--contact-email', 'soc@acme.com'];
  const words = ['remove', '--target-org', 'admin', '--username', example.username, '--files'];

  const setUp = async (more: Record<string, string> = {}, ...others: string[]): Promise<void> => {
    const wanted = [...setup, '--create-permission-set', '--output-dir', 'keys', ...others];
    const made = await place.run(wanted, { env: { ...env, ...more } });
    expect(made.code, made.stderr).to.equal(0);
  };

  it('a question that is declined ends it with 130, and nothing is gone', async function () {
    needTerminal(this);
    const { text, code } = await dialogue(place, words, [["It can't be taken back.", 'n\r']], env);
    expect(code, text).to.equal(130);
    expect(text).to.include('external client app AQUILA').and.include('Nothing was done');
    expect([emulator.org.apps.length, existsSync(place.path('keys', 'server.key'))]).to.deep.equal([1, true]);
  });

  it('Ctrl-C at the question ends it with 130, and nothing is gone', async function () {
    needTerminal(this);
    const { text, code } = await dialogue(place, words, [["It can't be taken back.", '\x03']], env);
    expect(code, text).to.equal(130);
    expect(text).to.include('Nothing was done');
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

  it('Ctrl-C on the way ends it with 130, and says what is gone, what is left and how to go on', async () => {
    await setUp();
    let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
    const path = '/services/data/v66.0/sobjects/PermissionSetAssignment';
    emulator.faults.set({ kind: 'hang', path, times: 1 });
    const { calls } = emulator;
    const push = calls.push.bind(calls);
    calls.push = (...items) => {
      if (items.some(({ method }) => method === 'DELETE')) interrupt('SIGINT');
      return push(...items);
    };
    const run = await place.run([...words, '--no-prompt'], { env, started: (kill) => (interrupt = kill) });
    calls.push = push;
    expect(run.code).to.equal(130);
    const [gone = '', open = '', ...more] = run.stderr.trim().split('\n');
    expect(gone).to.equal('Removed: external client app AQUILA.');
    expect(open)
      .to.include('Not removed: assignment to integration@acme.com of the permission set AQUILA_Collector')
      .and.include('stored login of integration@acme.com');
    expect(more).to.deep.equal(['The same command goes on from here, with --username integration@acme.com.']);
    const again = await place.run([...words, '--no-prompt', '--json'], { env });
    const { result } = again.json() as { result: { removed: Array<{ kind: string }>; left: unknown[] } };
    expect([again.code, result.removed.at(-1)?.kind, result.left]).to.deep.equal([0, 'login', []]);
  });

  it('on a terminal it asks for the password of a keystore, and shows its stages', async function () {
    needTerminal(this);
    await setUp({ SF_AQUILA_KEYSTORE_PASSWORD: 'changeit' }, '--keystore', 'p12');
    const turns: Array<[string, string]> = [
      ['keystore.p12', 'changeit\r'],
      ["It can't be taken back.", 'y\r'],
    ];
    const { text, code } = await dialogue(place, words, turns, env);
    expect(code, text).to.equal(0);
    for (const said of ['External client app', 'Files', 'Stored login', 'Removed.']) expect(text).to.include(said);
    expect(text).not.to.include('changeit');
    expect(existsSync(place.path('keys', 'keystore.p12'))).to.equal(false);
  });
});
