import { copyFileSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { example, type Emulator } from '../../emulator/index.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { OrgPlace } from '../org-place.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/keys/', import.meta.url));

describe('sf aquila app, as a process', () => {
  let emulator: Emulator;
  let place: OrgPlace;
  let env: Record<string, string>;
  beforeEach(async () => {
    place = await OrgPlace.open();
    ({ emulator, env } = place);
    copyFileSync(`${fixtures}rsa2048.crt`, place.path('server.crt'));
    copyFileSync(`${fixtures}rsa2048.key`, place.path('server.key'));
  });
  afterEach(() => place.close());

  const create = ['app', 'create', '--target-org', 'admin'];
  const newApp = ['--contact-email', 'soc@acme.com', '--certificate-file', 'server.crt', '--permission-set', 'AQUILA'];

  /** Files of the place in which a text stands. */
  const holding = (text: string): string[] =>
    readdirSync(place.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => statSync(path).size > 0 && readFileSync(path, 'latin1').includes(text))
      .map((path) => path.slice(place.folder.length + 1));

  it('no token, no key, and no client id is in a log, and nothing secret in what is printed', async () => {
    emulator.org.apps.length = 0;
    emulator.org.permissionSets.add('AQUILA');
    const traced = { ...env, SF_LOG_LEVEL: 'trace' };
    emulator.org.expireTokens();
    const made = await place.run([...create, ...newApp, '--json'], { env: traced });
    expect([made.code, made.stderr]).to.deep.equal([0, '']);

    const printed = made.stdout + made.stderr;
    const keyBody = readFileSync(place.path('server.key'), 'utf8').split('\n').slice(1, -2);
    const tokens = [...emulator.org.tokens, ...emulator.org.refreshTokens].map(({ value }) => value);
    expect(tokens.length).to.be.greaterThan(2);
    for (const secret of [...tokens, ...keyBody]) expect(printed).not.to.include(secret);
    const logs = readdirSync(place.path('.sf')).filter((name) => name.endsWith('.log'));
    expect(logs.length).to.be.greaterThan(0);
    for (const token of tokens)
      expect(holding(token).filter((name) => !name.endsWith(`${example.admin}.json`))).to.deep.equal([]);
    expect(holding(keyBody[3] ?? '')).to.deep.equal(['server.key']);
    const [app] = emulator.org.apps;
    expect(holding(app?.clientId ?? 'none')).to.deep.equal([]);
    expect(made.stdout).to.include(app?.clientId);
  });

  for (const [when, path, more, left, says] of [
    ['while it looks', '/query', [], [], ''],
    [
      'while it deploys',
      '/deployRequest/',
      [],
      [false],
      '\nInterrupted. AQUILA in admin may be changed in part; the same command goes on from there.\n',
    ],
    [
      'while it waits for a login',
      '/token',
      ['--wait', '1', '--username', example.username],
      [true],
      '\nInterrupted. All changes to AQUILA in admin are made; the same command goes on from there.\n',
    ],
  ] as const) {
    it(`Ctrl-C ${when} ends it with 130 and says what it leaves behind; no app is enabled half-way`, async () => {
      emulator.org.apps.length = 0;
      emulator.org.permissionSets.add('AQUILA');
      let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
      const { calls } = emulator;
      const push = calls.push.bind(calls);
      calls.push = (...items) => {
        if (items.some((item) => item.path.includes(path))) {
          // No answer may come before the signal does.
          emulator.faults.set({ kind: 'hang' });
          interrupt('SIGINT');
        }
        return push(...items);
      };
      const words = [...create, ...newApp, ...more, '--json'];
      const run = await place.run(words, { env, started: (kill) => (interrupt = kill) });
      calls.push = push;
      expect([run.code, run.stdout, run.stderr]).to.deep.equal([130, '', says]);
      expect(emulator.org.apps.map(({ enabled }) => enabled)).to.deep.equal(left);
    });
  }

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });

    it('asks before it changes an app of somebody else; No is 130 and changes nothing', async () => {
      const [app] = emulator.org.apps;
      app!.sessionTimeoutInMinutes = 30;
      const screen = await dialogue(place, create, [['Change it?', 'n\r']], env);
      expect(screen.text.replace(/\s+/g, ' ')).to.include(
        '"AQUILA" was not made by sf aquila, and nobody is logged in through it now.'
      );
      expect([screen.code, app?.sessionTimeoutInMinutes]).to.deep.equal([130, 30]);
    });

    it('asks for the contact e-mail address of a new app, and shows the stages', async () => {
      emulator.org.apps.length = 0;
      emulator.org.permissionSets.add('AQUILA');
      const screen = await dialogue(
        place,
        [...create, ...newApp.slice(2)],
        [['E-mail address', 'soc@acme.com\r']],
        env
      );
      expect([screen.code, emulator.org.apps[0]?.contactEmail]).to.deep.equal([0, 'soc@acme.com']);
      expect(screen.text).to.include('Enable the app').and.include('Read back the client id');
    });
  });
});
