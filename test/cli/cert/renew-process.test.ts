import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { writeTlsCertificate } from '../../emulator/index.ts';
import { RenewalOrg } from '../../setup/renewal-org.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { Place } from '../process.ts';

const orgs = ['cert', 'renew', '--target-org', 'aquila', '--admin-org', 'admin'];

describe('sf aquila cert renew, as a process', () => {
  let scene: RenewalOrg;
  let place: Place;
  let env: Record<string, string>;
  beforeEach(async () => {
    scene = await RenewalOrg.open();
    place = new Place(scene.org.home);
    env = {
      NODE_EXTRA_CA_CERTS: await writeTlsCertificate(scene.org.emulator.tlsCertificate, place.folder),
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    };
  });
  afterEach(() => scene.close());

  it('prints JSON alone, and no secret in it or in a log', async () => {
    await scene.withKeystores();
    const { emulator, more } = scene.org;
    emulator.org.expireTokens();
    const old = scene.text('server.key');
    const run = await place.run([...orgs, '--rekey', '--json'], { env: { ...env, ...more, SF_LOG_LEVEL: 'trace' } });
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    const { result } = run.json() as { result: object };
    expect(result).to.include({ rekeyed: true, deployed: true, verified: true });
    expect(Object.keys(result)).to.include.members(['certificate', 'backup', 'gapSeconds']);
    const secrets = [
      ...[...emulator.org.tokens, ...emulator.org.refreshTokens].map(({ value }) => value),
      ...[old, scene.text('server.key')].flatMap((key) => key.split('\n').slice(1, -2)),
      more['SF_AQUILA_KEYSTORE_PASSWORD'] ?? '',
    ];
    const logs = readdirSync(place.path('.sf')).filter((name) => name.endsWith('.log'));
    expect(logs.length).to.be.greaterThan(0);
    const logged = logs.map((name) => readFileSync(place.path('.sf', name), 'utf8')).join('\n');
    for (const secret of secrets) {
      expect(run.stdout.includes(secret)).to.equal(false);
      expect(logged.includes(secret)).to.equal(false);
    }
  });

  it('Ctrl-C while a rekey is being proven ends it with 130, says where both pairs are, and the next run finishes it', async () => {
    const { emulator } = scene.org;
    emulator.switches.certificateSpreadSeconds = 3600;
    let interrupt: (signal: NodeJS.Signals) => void = () => undefined;
    scene.org.before('oauth2/token', () => setTimeout(() => interrupt('SIGINT'), 50));
    const run = await place.run([...orgs, '--rekey'], { env, started: (kill) => (interrupt = kill) });
    expect(run.code, run.stderr).to.equal(130);
    expect(run.stderr).to.include(`the new ones wait in ${scene.path('server.renewal')}`);
    expect([scene.pair('server.renewal'), await scene.logsIn(scene.path('server.key'))]).to.deep.equal([
      scene.held(),
      true,
    ]);
    emulator.switches.certificateSpreadSeconds = 0;
    const again = await place.run([...orgs, '--rekey', '--json'], { env });
    expect(again.code, again.stdout).to.equal(0);
    expect([scene.pair(), await scene.logsIn(scene.path('server.key'))]).to.deep.equal([scene.held(), true]);
    expect(scene.names()).not.to.include('server.renewal');
  });

  it('a typo of a flag is named, and nothing is done', async () => {
    const run = await place.run([...orgs, '--re-key'], { env });
    expect([run.code, run.stderr.includes('--re-key'), scene.org.requests()]).to.deep.equal([2, true, []]);
  });

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });

    it('asks for the password of the keystores and for leave, shows the stages, and ends in 80 columns', async () => {
      await scene.withKeystores();
      const turns: Array<[string, string]> = [
        ['keystore.p12', 'correct horse\r'],
        ['servercert.jks', 'correct horse\r'],
        ['Go ahead?', 'y\r'],
      ];
      const { text, code } = await dialogue(place, ['cert', 'renew', '-o', 'aquila'], turns, env);
      expect(code, text).to.equal(0);
      expect(text.includes('correct horse')).to.equal(false);
      for (const stage of [
        'Keep the new files ready',
        'Put the certificate into the app',
        'Prove it',
        'Put the new files in place',
      ])
        expect(text).to.include(stage);
      expect(text).to.include('Renewed: the app AQUILA holds the new certificate');
      expect(scene.pair()).to.equal(scene.held());
    });

    it('changes nothing on No', async () => {
      const [files, held] = [scene.names(), scene.held()];
      const { text, code } = await dialogue(place, orgs, [['Go ahead?', 'n\r']], env);
      expect(code, text).to.equal(130);
      expect([scene.names(), scene.held(), scene.org.changes()]).to.deep.equal([files, held, []]);
    });
  });
});
