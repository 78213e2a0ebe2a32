import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import JSZip from 'jszip';
import type { AquilaSetupResult } from '../../../src/commands/aquila/setup.ts';
import { example } from '../../emulator/index.ts';
import { collect, filebeatInputs, logIn } from '../../handover/collector-client.ts';
import { AppOrg } from '../../setup/app-org.ts';

/** Each step with how it ended. */
const ends = ({ steps }: AquilaSetupResult): Record<string, string> =>
  Object.fromEntries(steps.map(({ step, status }) => [step, status]));

const allSteps = ['certificate', 'permission-set', 'app', 'access', 'wait', 'login', 'verify', 'report'];

describe('sf aquila setup, from an org with an admin and a user', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
  });
  afterEach(() => org.close());

  /** All that a person has to say, with the pair that lies in the home unless `more` names another folder. */
  const words = (...more: string[]): string[] => [
    ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
    ...(more.includes('--output-dir') ? [] : ['--output-dir', org.home]),
    ...(more.includes('--key-path') ? [] : ['--key-path', '/etc/aquila/server.pem']),
    ...more,
  ];

  /** Every file of the home with its bytes and the time of its last change. */
  const disk = (): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(org.files()).map(([name, bytes]) => [
        name,
        [bytes, statSync(org.path(name), { bigint: true }).mtimeNs],
      ])
    );

  it('makes a pair, and after one run a collector logs in with what is in the bundle and fetches a log file', async () => {
    const folder = org.path('keys');
    const pem = join(folder, 'server.pem');
    const run = await org.setup(
      ...words(
        '--output-dir',
        folder,
        '--key-path',
        pem,
        '--bundle',
        org.path('aquila.zip'),
        '--subject',
        'C=PH,O=Acme'
      )
    );
    expect(run.error).to.equal(undefined);
    expect([run.exitCode, run.stderr]).to.deep.equal([0, '']);
    expect(ends(run.result!)).to.deep.equal({
      ...Object.fromEntries(allSteps.map((step) => [step, 'done'])),
      wait: 'unchanged',
    });
    expect(readdirSync(folder).sort()).to.deep.equal(['server.crt', 'server.csr', 'server.key', 'server.pem']);
    expect(statSync(pem).mode & 0o777).to.equal(0o600);

    const zip = await JSZip.loadAsync(readFileSync(org.path('aquila.zip')));
    const inputs = filebeatInputs((await zip.file('collector/filebeat.yml')?.async('string')) ?? '');
    const trust = { ca: org.emulator.tlsCertificate };
    const login = inputs.find(({ methods }) => methods.some(({ query }) => query.default.includes("'Login'")));
    const session = await logIn(login!, trust);
    const { files } = await collect(login!, login!.methods[0]!, session, trust);
    expect(files[0]).to.match(/^"?EVENT_TYPE/);
    expect(org.app().clientId).to.equal(login!.clientId);
  });

  it('a second run finds nothing to do: it writes nothing, and changes nothing in the org', async () => {
    const bundle = ['--bundle', org.path('aquila.zip'), '--alias', 'aquila'];
    await org.setup(...words(...bundle));
    const [before, state] = [disk(), org.state()];
    org.requests();

    const { calls } = org.emulator;
    const run = await org.setup(...words(...bundle));
    expect([run.exitCode, ends(run.result!)]).to.deep.equal([
      0,
      Object.fromEntries(allSteps.map((step) => [step, 'unchanged'])),
    ]);
    // What is posted asks: the login of the proof, and the metadata of the app.
    const posted = calls.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    expect(posted.filter((path) => !/\/services\/(?:oauth2\/token$|Soap\/)/.test(path))).to.deep.equal([]);
    expect(calls.tokenRequests().length).to.equal(1);
    expect(org.changes()).to.deep.equal([]);
    expect(disk()).to.deep.equal(before);
    expect(org.state()).to.deep.equal(state);
    expect(run.stdout).to.include('Everything is as it should be');
  });

  it('without the flags of the first run a second one finds the same', async () => {
    await org.setup(...words());
    const before = disk();
    const run = await org.setup('--username', example.username, '--output-dir', org.home);
    expect(run.exitCode).to.equal(0);
    expect(new Set(Object.values(ends(run.result!)))).to.deep.equal(new Set(['unchanged']));
    expect(run.result?.report?.clientKeyPath).to.equal('/etc/aquila/server.pem');
    expect(disk()).to.deep.equal(before);
  });

  it('prints the plan, the steps, the five fields, and what is left to a person', async () => {
    const { stdout } = await org.setup(...words());
    for (const text of [
      'Permission set AQUILA_Collector: new, with API Enabled, View Event Log',
      'AQUILA is a new app in admin',
      'login of integration@acme.com: stored once Salesforce has granted it',
      'The org is ready for AQUILA.',
      `Client ID (Consumer Key)           ${org.app().clientId}`,
      'Send the five fields to CyTech Support (support@cytechint.com).',
    ]) {
      expect(stdout).to.include(text);
    }
    expect(stdout.replace(/\s+/g, ' ')).to.include('Never by e-mail, in a ticket or in a chat.');
    for (const line of stdout.split('\n').filter((one) => !/https?:|sf aquila|[0-9a-f]{64}|\/server\./.test(one)))
      expect(line.length, line).to.be.at.most(80);
  });

  it('says what to do about the short session of the guide; a longer one ends the warning, and stays', async () => {
    const short = await org.setup(...words());
    expect(short.stdout.replace(/\s+/g, ' ')).to.include(
      'Ask CyTech Support whether their collector logs in again when its session has ended'
    );
    const long = await org.setup(...words('--session-timeout', '120'));
    expect([long.exitCode, ends(long.result!)['app']]).to.deep.equal([0, 'done']);
    expect(long.result?.verify?.checks.find(({ id }) => id === 'data-session-lifetime')?.status).to.equal('pass');
    expect(long.stdout).not.to.include('when its session has ended');
    for (const left of [['--session-timeout', '120'], []]) {
      const again = await org.setup(...words(...left));
      expect(new Set(Object.values(ends(again.result!)))).to.deep.equal(new Set(['unchanged']));
    }
    const { changes } = (await org.create('--name', 'AQUILA')).result!;
    expect(changes).to.deep.equal([]);
  });

  it('--dry-run shows the plan, lets the org validate it, and changes nothing', async () => {
    const [before, state] = [disk(), org.state()];
    const run = await org.setup(...words('--output-dir', org.path('keys'), '--dry-run'));
    expect(ends(run.result!)).to.deep.equal(Object.fromEntries(allSteps.map((step) => [step, 'planned'])));
    expect(run.result).to.have.keys('steps');
    expect(org.changes()).to.deep.equal(['validate']);
    expect([disk(), org.state()]).to.deep.equal([before, state]);
  });

  it('after a run, --dry-run says that nothing would change, and promises no proof', async () => {
    const bundle = ['--bundle', org.path('aquila.zip')];
    await org.setup(...words(...bundle));
    const run = await org.setup(...words(...bundle, '--dry-run'));
    expect(new Set(Object.values(ends(run.result!)))).to.deep.equal(new Set(['unchanged']));
    expect(run.stdout).to.include('there is nothing to do').and.not.include('prove');
  });

  it('says of a subject that it is not used where a pair is there, unless that has it', async () => {
    const other = await org.setup(...words('--subject', 'O=Globex', '--dry-run'));
    expect(other.exitCode).to.equal(0);
    expect(other.stderr.replace(/\s+/g, ' ')).to.include('--subject is not used').and.include('CN=');
    const folder = ['--output-dir', org.path('keys'), '--subject', 'C=PH,O=Acme\\, Inc.,CN=AQUILA'];
    const made = await org.setup(...words(...folder));
    const again = await org.setup(...words(...folder));
    expect([made.stderr, again.stderr, again.exitCode]).to.deep.equal(['', '', 0]);
  });

  it('takes a path on the collector that is none as report does: with a warning', async () => {
    const run = await org.setup(...words('--key-path', 'keys/server.pem'));
    expect([run.exitCode, run.result?.report?.clientKeyPath]).to.deep.equal([0, 'keys/server.pem']);
    expect(run.stderr).to.include('not the full path of a file');
  });

  it('makes keystores beside the pair, and asks for no password once they are there', async () => {
    const stores = ['--keystore', 'p12', '--keystore', 'jks'];
    const refused = await org.setup(...words(...stores));
    expect([refused.error?.name, refused.exitCode]).to.deep.equal(['SetupIncomplete', 2]);
    expect(refused.error?.message).to.include('--keystore-password-file');
    Object.assign(org.more, { SF_AQUILA_KEYSTORE_PASSWORD: 'changeit' });
    const made = await org.setup(...words(...stores));
    expect(ends(made.result!)['certificate']).to.equal('done');
    expect(statSync(org.path('keystore.p12')).mode & 0o777).to.equal(0o600);
    delete org.more['SF_AQUILA_KEYSTORE_PASSWORD'];
    const again = await org.setup(...words(...stores));
    expect(ends(again.result!)['certificate']).to.equal('unchanged');
  });

  it('a login that another command stored is replaced, and the alias of another login is told to move', async () => {
    const others = { orgs: { admin: example.admin, vendor: 'bob@acme.com' } };
    writeFileSync(org.path('.sfdx', 'alias.json'), JSON.stringify(others));
    await org
      .setup(...words('--alias', 'vendor', '--dry-run'))
      .then(({ stdout }) =>
        expect(stdout.replace(/\s+/g, ' ')).to.include(
          'alias vendor: for that login; so far it is that of bob@acme.com'
        )
      );
    await org.setup(...words('--alias', 'aquila'));
    const renamed = await org.setup(...words('--alias', 'siem'));
    expect(ends(renamed.result!)).to.include({ login: 'done', app: 'unchanged', wait: 'unchanged' });
    const { orgs } = JSON.parse(org.files()['.sfdx/alias.json'] ?? '{}') as { orgs: Record<string, string> };
    expect(orgs).to.deep.include({ siem: example.username, admin: example.admin });
  });

  it("never takes the alias of the administrator's login", async () => {
    const before = disk();
    const run = await org.setup(...words('--alias', 'admin'));
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['SetupAliasOfAdmin', 2, []]);
    expect(run.error?.message).to.include('"admin" is that of admin@acme.com');
    expect(run.error?.actions).to.deep.equal(["Give the integration user's login an alias of its own: --alias aquila"]);
    expect(disk()).to.deep.equal(before);
  });

  it('warns of a key that git would take into a commit, and is silent where git ignores it', async () => {
    const folder = org.path('repository');
    mkdirSync(folder);
    execFileSync('git', ['init', '--quiet', folder]);
    const warned = await org.setup(...words('--output-dir', folder));
    expect(warned.stderr).to.include('git').and.include('/server.key').and.include('/server.pem');
    writeFileSync(join(folder, '.gitignore'), '*.key\n*.pem\n');
    const silent = await org.setup(...words('--output-dir', folder));
    expect([silent.exitCode, silent.stderr]).to.deep.equal([0, '']);
  });

  it('a folder that was emptied does not cost the collector its key', async () => {
    await org.setup(...words());
    const empty = org.path('empty');
    mkdirSync(empty);
    org.requests();
    const run = await org.setup(...words('--output-dir', empty));
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['SetupKeyElsewhere', 2, []]);
    expect(run.error?.actions?.[0]).to.include(`--jwt-key-file ${org.path('server.key')}`);
    expect(readdirSync(empty)).to.deep.equal([]);
  });

  it('a second run still knows the copy for the collector, unless it is that of another key', async () => {
    const folder = org.path('keys');
    await org.setup(...words('--output-dir', folder));
    const again = await org.setup(...words('--output-dir', folder));
    expect(again.stdout.replace(/\s+/g, ' ')).to.include(`Copy ${join(folder, 'server.pem')} to the log collector`);
    writeFileSync(join(folder, 'server.pem'), readFileSync(org.path('server.key')));
    const other = await org.setup(...words('--output-dir', folder));
    expect(other.stdout.replace(/\s+/g, ' ')).to.include(`Copy ${join(folder, 'server.key')} to the log collector`);
    expect(other.stdout).not.to.include('server.pem\n');
  });

  it('half of a pair is neither used nor replaced', async () => {
    rmSync(org.path('server.crt'));
    const run = await org.setup(...words());
    expect([run.error?.name, run.exitCode]).to.deep.equal(['SetupPairIncomplete', 2]);
    expect(run.error?.message).to.include('server.key, but no server.crt');
    expect(org.requests()).to.deep.equal([]);
  });
});
