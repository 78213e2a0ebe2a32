import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { example, presets } from '../emulator/index.ts';
import { scene } from './scene.ts';
import type { Person } from './scene.ts';
import { files } from './secrets.ts';
import type { Place } from './secrets.ts';

const publicHosts = ['login.salesforce.com:443', 'test.salesforce.com:443'];

/** What sf keeps beside the logins themselves, by path from the person's folder: aliases and defaults. */
function settings({ home, desk }: Person): Record<string, unknown> {
  const names = /(^|[/\\])(alias|config|sfdx-config)\.json$/;
  const found = [home, desk].flatMap((folder) =>
    files(folder, (file) => names.test(file)).map(({ where, text }) => [
      where.replace(home, '~').replace(desk, '.'),
      JSON.parse(text),
    ])
  );
  return Object.fromEntries(found) as Record<string, unknown>;
}

function makeProject({ desk }: Person): void {
  mkdirSync(join(desk, 'force-app'));
  const project = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '68.0' };
  writeFileSync(join(desk, 'sfdx-project.json'), JSON.stringify(project));
}

const placeless = (value: Record<string, unknown>): Record<string, unknown> => {
  const { accessToken, privateKey, instanceApiVersionLastRetrieved, ...rest } = value;
  expect([accessToken, privateKey, instanceApiVersionLastRetrieved]).to.not.include(undefined);
  return rest;
};

describe('installed: sf org login jwt and sf aquila login', () => {
  for (const kind of ['production', 'sandbox', 'scratch'] as const) {
    scene(`store and print the same of a ${kind} org, and ours audience and user id too`, async (stage) => {
      const { org, ann, another, loginWords } = stage;
      const bob = another();
      org.org.facts.kind = kind;
      const [printed, printedByStock] = await Promise.all([
        ann.result(...loginWords('aquila login', ann)),
        bob.result(...loginWords('org login jwt', bob)),
      ]);
      const { jwtAudience, userId, ...ours } = placeless(ann.auth());
      expect({ jwtAudience, userId }).to.deep.equal({
        jwtAudience: org.myDomainUrl,
        userId: org.org.user(example.username)!.id,
      });
      const { loginUrl, ...stock } = placeless(bob.auth());
      expect(loginUrl).to.equal(`${org.myDomainUrl}/`);
      expect(ours).to.deep.equal({ ...stock, loginUrl: org.myDomainUrl });
      expect(placeless(printed)).to.deep.equal({
        ...placeless(printedByStock),
        ...{ jwtAudience, userId, loginUrl: org.myDomainUrl },
      });
    });
  }

  const cases: Array<[what: string, inProject: boolean, words: string[]]> = [
    [
      'alias and both defaults, outside of a project',
      false,
      ['--alias', 'aquila', '--set-default', '--set-default-dev-hub'],
    ],
    ['alias and both defaults, in a project', true, ['--alias', 'aquila', '--set-default', '--set-default-dev-hub']],
    ['a default without alias', false, ['--set-default']],
    ['neither alias nor default', false, []],
  ];
  for (const [what, inProject, words] of cases) {
    scene(`leave the same settings behind: ${what}`, async ({ ann, another, loginWords }) => {
      const bob = another();
      if (inProject) [ann, bob].forEach(makeProject);
      await Promise.all([
        ann.result(...loginWords('aquila login', ann, ...words)),
        bob.result(...loginWords('org login jwt', bob, ...words)),
      ]);
      expect(settings(ann)).to.deep.equal(settings(bob));
      if (words.length > 0) expect(Object.keys(settings(bob))).to.not.be.empty;
    });
  }

  scene('report and verify work on a login of stock sf with our key', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('org login jwt', ann, '--alias', 'aquila'));
    const report = await ann.result('aquila report', '--target-org', 'aquila', '--key-path', '/etc/aquila/server.pem');
    expect(report).to.deep.equal({
      audienceUrl: org.myDomainUrl,
      clientKeyPath: '/etc/aquila/server.pem',
      username: example.username,
      clientId: example.clientId,
      instanceUrl: org.myDomainUrl,
    });
    const verify = await ann.result('aquila verify', '--target-org', 'aquila', '--skip', 'cert');
    expect(verify.passed, JSON.stringify(verify)).to.equal(true);
  });
});

describe('installed: a login that fails', () => {
  scene(
    'leaves the login, alias and default of before as they were, byte for byte',
    async ({ org, ann, loginWords }) => {
      await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila', '--set-default'));
      const stored = (): Place[] => files(ann.home, (file) => /\.sf(dx)?[/\\].*\.json$/.test(file));
      const before = stored();
      expect(before.map(({ where }) => basename(where))).to.have.members([
        'alias.json',
        'config.json',
        'key.json',
        'sfdx-config.json',
        `${example.username}.json`,
      ]);
      presets['wrong-certificate'](org);
      const words = loginWords('aquila login', ann, '--alias', 'other', '--set-default', '--set-default-dev-hub');
      const failed = await ann.failure(...words);
      expect(failed).to.include({ status: 1, name: 'LoginRefused' });
      expect(failed.message).to.contain('invalid_grant').and.to.contain('invalid assertion');
      expect(stored()).to.deep.equal(before);
      const query = await ann.sf('data query', '--query', 'SELECT Username FROM User');
      expect(query.code, query.stderr).to.equal(0);
    }
  );

  scene(
    'of stock sf loses them all, which is why ours exists',
    async ({ org, ann, loginWords }) => {
      await ann.result(...loginWords('aquila login', ann, '--alias', 'aquila', '--set-default'));
      presets['wrong-certificate'](org);
      const failed = await ann.failure(...loginWords('org login jwt', ann));
      expect(failed).to.include({ status: 1, name: 'JwtGrantError' });
      expect(ann.stored('.sfdx', `${example.username}.json`)).to.equal(undefined);
      expect(settings(ann)).to.deep.equal({
        '~/.sfdx/alias.json': { orgs: {} },
        '~/.sf/config.json': {},
        '~/.sfdx/sfdx-config.json': {},
      });
    },
    { refused: publicHosts }
  );

  scene('the first one leaves nothing behind', async ({ org, ann, loginWords }) => {
    presets['app-disabled'](org);
    const run = await ann.sf(...loginWords('aquila login', ann, '--alias', 'aquila', '--set-default'));
    expect(run).to.include({ code: 1, stdout: '' });
    expect(run.stderr)
      .to.contain('LoginRefused')
      .and.to.not.match(/\n\s+at /);
    expect(existsSync(join(ann.home, '.sfdx', `${example.username}.json`))).to.equal(false);
    expect(await ann.result('org list auth')).to.deep.equal([]);
  });
});
