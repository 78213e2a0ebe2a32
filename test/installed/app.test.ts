import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import type { App, Emulator } from '../emulator/index.ts';
import { fixture } from '../emulator/test-client.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { scene } from './scene.ts';
import type { Person } from './scene.ts';
import { files, leaks } from './secrets.ts';
import type { Run } from './sf.ts';

/** An org without apps, as before the first run. */
const options = { apps: [] };

const certificateOf = ({ keyFile }: Person): string => keyFile.replace(/\.key$/, '.crt');

/** What a person has to give for a new app; the certificate lies beside the key. */
function newApp(person: Person): string[] {
  copyFileSync(join(import.meta.dirname, '..', 'fixtures', 'keys', 'rsa2048.crt'), certificateOf(person));
  return [
    ...['--contact-email', 'soc@acme.com', '--certificate-file', certificateOf(person)],
    ...['--permission-set', example.permissionSet],
  ];
}

const create = (person: Person): string[] => [
  ...['aquila app create', '--target-org', 'admin', ...newApp(person), '--username', example.username],
];

const check = (person: Person): string[] => [
  ...['aquila app check', '--target-org', 'admin', '--username', example.username],
  ...['--certificate-file', certificateOf(person)],
];

/** The login of the admin on this person's machine, as `sf org login web` stores it. */
const logIn = (org: Emulator, { home }: Person): Promise<void> => storeAdmin(org, example.admin, 'admin', home);

/** Each time that an org was asked to deploy, or only to validate: by REST, or by SOAP as stock sf does. */
const deployments = ({ calls }: Emulator): string[] =>
  calls
    .filter(({ method, status }) => method === 'POST' && status !== undefined)
    .filter(
      ({ path, body }) => path.endsWith('/deployRequest') || (path.includes('/Soap/m/') && /<deploy[ >]/.test(body))
    )
    .map(({ body }) => (/"checkOnly": *true|<checkOnly>true</.test(body) ? 'validate' : 'deploy'));

const theApp = ({ org }: Emulator): App => {
  const [app, ...more] = org.apps.filter(({ name }) => name === 'AQUILA');
  expect([app !== undefined, more.length]).to.deep.equal([true, 0]);
  return app!;
};

/** Everything about the app but what differs from org to org and from day to day. */
function stateOf(org: Emulator): Partial<App> {
  const { id, clientId, clientSecret, changedAt, ...state } = structuredClone(theApp(org));
  expect([id, clientId, clientSecret, changedAt]).to.not.include(undefined);
  return state;
}

/** What sf has stored and logged in which lines about the client id; the words of a command are always logged by sf itself. */
const linesWith = (clientId: string, { home }: Person): string[] =>
  files(home).flatMap(({ where, text }) =>
    text
      .split('\n')
      .filter((line) => line.includes(clientId) && !/"name":"(sf-startup|sf:oclif:main|sf:oclif:config)"/.test(line))
      .map(() => basename(where))
  );

describe('installed: sf aquila app create', () => {
  scene(
    'leads from an empty org to a login that stock sf works with, and changes nothing the second time',
    async ({ org, ann }) => {
      await logIn(org, ann);
      const created = await ann.result(...create(ann));
      const { clientId, id } = theApp(org);
      expect(created).to.include({ name: 'AQUILA', developerName: 'AQUILA', applicationId: id, clientId });
      expect(deployments(org)).to.deep.equal(['deploy', 'deploy']);

      org.calls.clear();
      const [checked, again] = await Promise.all([ann.result(...check(ann)), ann.sf(...create(ann))]);
      expect(checked.passed, JSON.stringify(checked)).to.equal(true);
      expect(checked.summary).to.include({ warn: 0, fail: 0, skip: 0, unknown: 0 });
      expect(again).to.include({ code: 0, stderr: '' });
      expect(again.stdout).to.contain('nothing is changed').and.to.contain(clientId);
      expect(deployments(org)).to.deep.equal([]);
      const stored = files(ann.home);
      expect(stored.filter(({ text }) => text.includes('aquila:app:create')).map(({ where }) => where)).to.not.be.empty;
      expect(leaks([{ what: 'client id', value: clientId }], stored)).to.deep.equal([]);

      const login = await ann.result(
        ...['aquila login', '--username', example.username, '--client-id', created.clientId],
        ...['--jwt-key-file', ann.keyFile, '--instance-url', org.myDomainUrl, '--alias', 'aquila']
      );
      expect(login).to.include({ username: example.username, clientId });
      const [verified, query] = await Promise.all([
        ann.result('aquila verify', '--target-org', 'aquila', '--skip', 'cert'),
        ann.result('data query', '--query', 'SELECT Username FROM User', '--target-org', 'aquila'),
      ]);
      expect(verified.passed, JSON.stringify(verified)).to.equal(true);
      expect(query.records.map(({ Username }: { Username: string }) => Username)).to.include(example.username);
      expect(linesWith(clientId, ann)).to.deep.equal([`${example.username}.json`]);
    },
    { options }
  );

  scene(
    'interrupted while it deploys and again while it enables ends with 130, and the next run ends in the right state',
    async ({ org, ann }) => {
      await logIn(org, ann);
      // The second run deploys once more before it enables.
      for (const [count, enabled] of [
        [1, false],
        [3, true],
      ] as const) {
        const { child, done } = ann.start(create(ann));
        await deployment(org, count);
        interrupt(child);
        const { code, stderr } = await done;
        expect(code).to.equal(130);
        expect(stderr).to.equal(
          '\nInterrupted. AQUILA in admin may be changed in part; the same command goes on from there.\n'
        );
        expect(deployments(org)).to.have.length(count);
        expect(theApp(org)).to.include({ enabled, permittedUsers: 'admin-approved' });
      }
      const { clientId } = theApp(org);
      org.switches.metadataPolls = 0;
      expect((await ann.result(...create(ann))).clientId).to.equal(clientId);
      const checked = await ann.result(...check(ann));
      expect(checked.passed, JSON.stringify(checked)).to.equal(true);
      expect(theApp(org)).to.include({ clientId, enabled: true });
    },
    { options }
  );
});

/** Waits until the org has begun with this deployment, which does not end then. */
async function deployment(org: Emulator, count: number): Promise<void> {
  org.switches.metadataPolls = 0;
  for (;;) {
    const { length } = deployments(org);
    if (length >= count - 1) org.switches.metadataPolls = Infinity;
    if (length >= count) return;
    await pause(5);
  }
}

/** Ctrl-C of a terminal reaches the whole group of processes. */
const interrupt = ({ pid }: ChildProcess): boolean => process.kill(-pid!, 'SIGINT');

/** The files of metadata below a folder: settings by element, by the name of the file. */
function metadata(folder: string): Record<string, Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('-meta.xml'));
  const settings = (xml: string): Array<[string, string]> =>
    [...xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name!, value!.trim()]);
  return Object.fromEntries(
    paths.map((path) => [basename(path), Object.fromEntries(settings(readFileSync(join(folder, path), 'utf8')))])
  );
}

const pick = (settings: Record<string, string>, wanted: (element: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([element]) => wanted(element)));

describe('installed: a source tree of sf aquila app create --output-dir', () => {
  scene(
    'deployed by stock sf makes of an org what the command makes of it, and stock sf retrieves the same settings',
    async ({ org, anotherOrg, ann }) => {
      const { org: other, person: bob } = await anotherOrg();
      await logIn(org, ann);
      await logIn(other, bob);
      const [, written] = await Promise.all([
        ann.result(...create(ann)),
        bob.result('aquila app create', ...newApp(bob), '--output-dir', 'tree'),
      ]);
      const tree = join(bob.desk, 'tree');
      expect(other.calls).to.have.length(0);
      const deploy = ['project deploy start', '--source-dir', '.', '--target-org', 'admin'];
      const validated = await bob.resultIn(tree, ...deploy, '--dry-run');
      expect(validated).to.include({ status: 'Succeeded', checkOnly: true, numberComponentErrors: 0 });
      expect(other.org.apps).to.deep.equal([]);
      const deployed = await bob.resultIn(tree, ...deploy);
      expect(deployed).to.include({ status: 'Succeeded', numberComponentsDeployed: 5 });
      expect(deployments(other)).to.deep.equal(['validate', 'deploy']);
      expect(theApp(other).clientId).to.equal(written.clientId);
      expect(stateOf(other)).to.deep.equal(stateOf(org));

      const empty = join(bob.desk, 'empty');
      mkdirSync(join(empty, 'force-app'), { recursive: true });
      copyFileSync(join(tree, 'sfdx-project.json'), join(empty, 'sfdx-project.json'));
      const members = deployed.files.flatMap(({ type, fullName }: { type: string; fullName: string }) => [
        ...['--metadata', `${type}:${fullName}`],
      ]);
      const [again] = await Promise.all([
        bob.result(...create(bob)),
        bob.resultIn(empty, 'project retrieve start', ...members, '--target-org', 'admin'),
      ]);
      expect(again).to.deep.include({ clientId: written.clientId, changes: [] });
      expect(deployments(other)).to.deep.equal(['validate', 'deploy']);
      const [ours, theirs] = [metadata(tree), metadata(empty)];
      expect(Object.keys(ours)).to.have.length(5).and.to.have.members(Object.keys(theirs));
      for (const [file, settings] of Object.entries(theirs)) {
        const isOurs = (element: string): boolean => element in ours[file]!;
        const [same, added] = [pick(settings, isOurs), pick(settings, (element) => !isOurs(element))];
        expect(same, file).to.deep.equal(ours[file]);
        // What the tree leaves out is off; the rest names the org.
        const { orgScopedExternalApp, oauthLink, ...switches } = added;
        expect(
          pick(switches, (element) => switches[element] !== 'false'),
          file
        ).to.deep.equal({});
      }
    },
    { options }
  );
});

describe('installed: sf aquila app create with the login of an admin', () => {
  /** An app of the admin's own, for logins by JWT bearer in CI. */
  const ci = {
    ...{ name: 'CI', clientId: '3MVG9loopbackAcme.CI', certificate: fixture('rsa2048.crt') },
    ...{ profiles: ['System Administrator'], permittedUsers: 'admin-approved' as const },
  };

  /** Logs in by stock means, with the alias admin. */
  const byAccessToken = (org: Emulator, ann: Person): Promise<Run> => {
    const words = ['org login access-token', '--instance-url', org.myDomainUrl, '--alias', 'admin', '--no-prompt'];
    return ann.start(words, { more: { SF_ACCESS_TOKEN: org.login(example.admin).accessToken } }).done;
  };
  const byJwt = (org: Emulator, ann: Person): Promise<unknown> =>
    ann.result(
      ...['org login jwt', '--username', example.admin, '--client-id', ci.clientId, '--jwt-key-file', ann.keyFile],
      ...['--instance-url', org.myDomainUrl, '--alias', 'admin']
    );

  const renewable = [
    ['a web login', logIn, 'web'],
    ['a login by JWT bearer', byJwt, 'jwt'],
  ] as const;
  for (const [what, start, oauthMethod] of renewable) {
    scene(
      `renews ${what} that has expired, once, and stock sf goes on with what it stored`,
      async ({ org, ann }) => {
        await start(org, ann);
        org.org.expireTokens();
        org.calls.clear();
        await ann.result(...create(ann));
        expect(org.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([200]);
        expect(theApp(org)).to.include({ enabled: true });
        const [display, [auth]] = await Promise.all([
          ann.result('org display', '--target-org', 'admin'),
          ann.result('org list auth'),
        ]);
        expect(display).to.include({ username: example.admin, alias: 'admin', connectedStatus: 'Connected' });
        expect(auth).to.include({ username: example.admin, oauthMethod });
        expect(org.calls.tokenRequests()).to.have.length(1);
      },
      { options: { apps: [ci] } }
    );
  }

  scene(
    'works with an access token alone, and says how to log in again once that has expired',
    async ({ org, ann }) => {
      expect(await byAccessToken(org, ann)).to.include({ code: 0 });
      await ann.result(...create(ann));
      expect(theApp(org)).to.include({ enabled: true });
      const before = stateOf(org);
      org.org.expireTokens();
      const failed = await ann.failure(...create(ann));
      expect(failed).to.include({ status: 1, name: 'SessionExpired' });
      expect(failed.actions.join('\n')).to.contain('sf org login web --alias admin');
      expect(stateOf(org)).to.deep.equal(before);
      expect(org.calls.tokenRequests()).to.deep.equal([]);
    },
    { options }
  );
});
