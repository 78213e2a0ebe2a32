import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { example, type Emulator } from '../../emulator/index.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { OrgPlace } from '../org-place.ts';

describe('sf aquila setup, as a process', () => {
  let emulator: Emulator;
  let place: OrgPlace;
  let env: Record<string, string>;
  beforeEach(async () => {
    place = await OrgPlace.beforeSetup();
    ({ emulator, env } = place);
  });
  afterEach(() => place.close());

  const whole = ['setup', '--target-org', 'admin', '--username', example.username, '--contact-email', 'soc@acme.com'];
  const withSet = [...whole, '--create-permission-set', '--output-dir', 'keys'];

  it('prints JSON alone, no secret in it or in a log, and keeps the key for its owner', async () => {
    emulator.org.expireTokens();
    const run = await place.run([...withSet, '--bundle', 'b.zip', '--json'], {
      env: { ...env, SF_LOG_LEVEL: 'trace' },
    });
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    const { result } = run.json() as { result: { steps: Array<{ status: string }> } };
    expect(result.steps.map(({ status }) => status))
      .to.include('done')
      .and.not.include('failed');
    for (const name of ['server.key', 'server.pem'])
      expect(statSync(place.path('keys', name)).mode & 0o777).to.equal(0o600);

    const tokens = [...emulator.org.tokens, ...emulator.org.refreshTokens].map(({ value }) => value);
    const key = readFileSync(place.path('keys', 'server.key'), 'utf8').split('\n').slice(1, -2);
    for (const secret of [...tokens, ...key]) expect(run.stdout.includes(secret)).to.equal(false);
    const logs = readdirSync(place.path('.sf')).filter((name) => name.endsWith('.log'));
    expect(logs.length).to.be.greaterThan(0);
    const logged = logs.map((name) => readFileSync(place.path('.sf', name), 'utf8')).join('\n');
    for (const secret of [...tokens, ...key]) expect(logged.includes(secret)).to.equal(false);
  });

  it('Ctrl-C while it waits ends it with 130, and says what is done and how to go on', async () => {
    emulator.switches.propagationSeconds = 900;
    let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
    const { calls } = emulator;
    const push = calls.push.bind(calls);
    calls.push = (...items) => {
      if (items.some(({ path }) => path === '/services/oauth2/token')) setImmediate(() => interrupt('SIGINT'));
      return push(...items);
    };
    const run = await place.run(withSet, { env, started: (kill) => (interrupt = kill) });
    calls.push = push;
    expect(run.code).to.equal(130);
    expect(run.stderr).to.include(
      'Done: certificate, permission-set, app, access.\nInterrupted: wait.\nNot begun: login, verify, report.'
    );
    expect(run.stderr)
      .to.include('Run the same command again')
      .and.include(`sf aquila remove --target-org admin --name AQUILA --username ${example.username}`);
    emulator.switches.propagationSeconds = 0;
    const again = await place.run([...withSet, '--json'], { env });
    expect(again.code, again.stdout).to.equal(0);
    expect(emulator.org.apps.length).to.equal(1);
  });

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });

    const subject: Array<[string, string]> = [
      ...['Country', 'State', 'City'].map((text): [string, string] => [text, '\r']),
      ['Organization', 'Acme\r'],
      ...['Department', 'Name of the certificate', 'E-mail address'].map((text): [string, string] => [text, '\r']),
    ];

    it('says before the question that git would take the key, not at the end', async () => {
      execFileSync('git', ['init', '--quiet', place.folder]);
      const turns: Array<[string, string]> = [
        ...[
          ...subject,
          ['A keystore besides?', '\r'] as [string, string],
          ['Path of the key', '\r'] as [string, string],
        ],
        ['Go ahead?', 'n\r'],
      ];
      const { text, code } = await dialogue(place, withSet, turns, env);
      expect(code, text).to.equal(130);
      expect(text.indexOf('/keys/server.key')).to.be.within(1, text.indexOf('Go ahead?'));
    });

    it('asks for what is missing, shows the plan, asks once, and changes nothing on No', async () => {
      const turns: Array<[string, string]> = [
        ['part of the name or username', 'aquila int\r'],
        ['Number of the user', '\r'],
        ['Type a number', '1\r'],
        ['E-mail address', 'soc@acme.com\r'],
        ['a new one, AQUILA_Collector', '1\r'],
        ...subject,
        ['A keystore besides?', '\r'],
        ['Path of the key on the log collector', '/etc/aquila/server.pem\r'],
        ['Go ahead?', 'n\r'],
      ];
      const { text, code } = await dialogue(place, ['setup'], turns, env);
      expect(code, text).to.equal(130);
      expect(text)
        .to.include('integration@acme.com')
        .and.include('AQUILA Integration, Standard User - Log Integration');
      expect(text).to.include('The plan. Nothing has been changed yet.').and.include('(O=Acme)'.slice(1, -1));
      expect([emulator.org.apps, readdirSync(place.folder).filter((name) => name.startsWith('server.'))]).to.deep.equal(
        [[], []]
      );
    });

    it('asks for one of very many permission sets by name, and knows a near miss', async () => {
      for (let number = 1; number <= 21; number += 1) emulator.org.permissionSets.add(`Team_${number}`);
      const turns: Array<[string, string]> = [
        ['one of the', '2\r'],
        ['API name of the permission set', 'Team_7x\r'],
        ['Did you mean', '\x7f\r'],
        ['Country', '\x03'],
      ];
      const { text, code } = await dialogue(place, whole, turns, env);
      expect(code, text).to.equal(130);
      expect(text).to.include('one of the 21 that the org has').and.not.include('Team_12');
      expect(text).to.match(/Did you mean "Team_\d"/);
    });

    it('carries the plan out on Yes, with its stages and an end that says what to do', async () => {
      const turns: Array<[string, string]> = [
        ...subject,
        ['A keystore besides?', '2\r'],
        ['Password for the new keystore', 'changeit\r'],
        ['The same password again', 'changeit\r'],
        ['Path of the key', '\r'],
        ['Go ahead?', 'y\r'],
      ];
      const { text, code } = await dialogue(place, withSet, turns, env);
      expect(code, text).to.equal(0);
      for (const said of ['Wait until a login works', 'The org is ready for AQUILA.', 'What to do now'])
        expect(text).to.include(said);
      expect(text).not.to.include('changeit');
      expect(readdirSync(place.path('keys')).sort()).to.deep.equal([
        ...['keystore.p12', 'server.crt', 'server.csr', 'server.key', 'server.pem'],
      ]);
    });

    it('asks before it replaces the login of another command, keeps it on No, and its alias on Yes', async () => {
      await storeAdmin(emulator, example.username, 'vendor', place.folder);
      const file = place.path('.sfdx', `${example.username}.json`);
      const before = readFileSync(file, 'utf8');
      const turns = (answer: string): Array<[string, string]> => [
        ...[
          ...subject,
          ['A keystore besides?', '\r'] as [string, string],
          ['Path of the key', '\r'] as [string, string],
        ],
        [`and replace the login that sf has of ${example.username}?`, answer],
      ];
      const kept = await dialogue(place, withSet, turns('n\r'), env);
      expect([kept.code, readFileSync(file, 'utf8'), emulator.org.apps], kept.text).to.deep.equal([130, before, []]);
      const replaced = await dialogue(place, withSet, turns('y\r'), env);
      expect(replaced.code, replaced.text).to.equal(0);
      const login = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      expect([login['clientId'], login['refreshToken']]).to.deep.equal([emulator.org.apps[0]?.clientId, undefined]);
      const { orgs } = JSON.parse(readFileSync(place.path('.sfdx', 'alias.json'), 'utf8')) as { orgs: object };
      expect(orgs).to.deep.equal({ admin: example.admin, vendor: example.username });
    });

    it('asks nothing that is there already: a second run goes straight to the proof', async () => {
      await place.run([...withSet, '--key-path', '/etc/aquila/server.pem'], { env });
      const { text, code } = await dialogue(place, [...whole, '--output-dir', 'keys'], [], env);
      expect(code, text).to.equal(0);
      expect(text.replace(/\s+/g, ' ')).to.include('Everything is as it should be: nothing is changed.');
      expect(text).not.to.include('Go ahead?');
    });
  });
});
