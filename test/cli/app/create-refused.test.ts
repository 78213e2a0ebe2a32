import { copyFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { AppOrg } from '../../setup/app-org.ts';

/** What is wrong with the command line, and what is said; no org is changed. */
type Refusal = { words: (org: AppOrg) => string[]; code: string; says: string; action: string; exit?: number };

const certificate = (org: AppOrg): string[] => ['--certificate-file', org.path('server.crt')];
const email = ['--contact-email', 'soc@acme.com'];
const grantee = ['--permission-set', example.permissionSet];

const refusals: Readonly<Record<string, Refusal>> = {
  'no contact e-mail': {
    words: (org) => [...certificate(org), ...grantee],
    code: 'AppContactEmailMissing',
    says: 'A new app needs a contact e-mail address',
    action: '--contact-email',
  },
  'no certificate': {
    words: () => [...email, ...grantee],
    code: 'AppCertificateMissing',
    says: 'needs the certificate',
    action: 'sf aquila cert create',
  },
  'no grantee': {
    words: (org) => [...email, ...certificate(org)],
    code: 'AppGranteeMissing',
    says: 'Nobody could use this app',
    action: '--permission-set',
  },
  'a mistyped permission set': {
    words: (org) => [...email, ...certificate(org), '--permission-set', 'AQUlLA'],
    code: 'PermissionSetUnknown',
    says: 'no permission set called "AQUlLA"',
    action: 'AQUILA',
  },
  'a mistyped profile': {
    words: (org) => [...email, ...certificate(org), '--profile', 'Standart User'],
    code: 'ProfileUnknown',
    says: 'no profile called "Standart User"',
    action: 'Standard User',
  },
  'a permission set that is nothing like any': {
    words: (org) => [...email, ...certificate(org), '--permission-set', 'Quux'],
    code: 'PermissionSetUnknown',
    says: '"Quux"',
    action: 'Nothing in the org has a name like it',
  },
  'an unknown user': {
    words: (org) => [...org.newApp, '--username', 'integratoin@acme.com'],
    code: 'UserUnknown',
    says: '"integratoin@acme.com"',
    action: 'Did you mean "integration@acme.com"?',
  },
  'an unknown user for client credentials': {
    words: (org) => [...org.newApp, '--client-credentials-user', 'nobody@acme.com'],
    code: 'UserUnknown',
    says: '"nobody@acme.com"',
    action: 'sf data query --target-org admin',
  },
  'a user whom only a profile of another could let in': {
    words: (org) => [
      ...email,
      ...certificate(org),
      '--profile',
      'System Administrator',
      '--username',
      example.username,
    ],
    code: 'AppUserWithoutPath',
    says: `Nothing lets "${example.username}" use the app`,
    action: '--permission-set',
  },
  'a mistyped org': {
    words: () => [],
    code: 'LoginUnknown',
    says: '"admim"',
    action: 'admin',
  },
  'a name that can be none': {
    words: (org) => [...org.newApp, '--name', '…'],
    code: 'AppNameInvalid',
    says: "can't be the name of an app",
    action: '--name AQUILA',
  },
  'a certificate file that is the key': {
    words: (org) => [...email, ...grantee, '--certificate-file', org.path('server.key')],
    code: 'CertificateFileIsPrivateKey',
    says: 'server.key',
    action: '',
  },
  'a session of no minutes': {
    words: (org) => [...org.newApp, '--session-timeout', '0'],
    code: 'AppSessionTimeoutInvalid',
    says: 'A session timeout of 0 minutes',
    action: '1 to 1440',
  },
  'refresh tokens for ever': {
    words: (org) => [...org.newApp, '--refresh-token-days', '99999'],
    code: 'AppRefreshTokenDaysInvalid',
    says: '99999 days',
    action: '365',
  },
  'a callback URL without TLS': {
    words: (org) => [...org.newApp, '--callback-url', 'http://acme.com/callback'],
    code: 'AppCallbackUrlNotHttps',
    says: 'http://acme.com/callback',
    action: 'Use https',
  },
  'a client id of three characters': {
    words: (org) => [...org.newApp, '--client-id', 'abc'],
    code: 'AppClientIdInvalid',
    says: "can't be one",
    action: 'Leave out --client-id',
  },
  '--wait without --username': {
    words: (org) => [...org.newApp, '--wait', '1'],
    code: 'AppWaitKeyMissing',
    says: 'no --username says who logs in',
    action: '--username',
  },
  '--wait without a key beside the certificate': {
    words: (org) => [
      ...org.newApp.map((word) => word.replace('server.crt', 'other.crt')),
      '--username',
      example.username,
      '--wait',
      '1',
    ],
    code: 'KeyFileMissing',
    says: 'other.key',
    action: '',
  },
  '--wait with the key of another certificate beside it': {
    words: (org) => {
      copyFileSync(org.path('server.key'), org.path('other.key'));
      return [
        ...org.newApp.map((word) => word.replace('server.crt', 'other.crt')),
        '--username',
        example.username,
        '--wait',
        '1',
      ];
    },
    code: 'AppWaitKeyMissing',
    says: 'is not the key of',
    action: 'server.key beside server.crt',
  },
};

describe('sf aquila app create, refused', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open();
  });
  afterEach(() => org.close());

  for (const [what, { words, code, says, action, exit = 2 }] of Object.entries(refusals)) {
    it(`${what} is ${code}, and nothing is changed`, async () => {
      const before = org.state();
      const run =
        code === 'LoginUnknown'
          ? await org.createFrom('--target-org', 'admim', ...org.newApp)
          : await org.create(...words(org));
      expect([run.error?.name, run.exitCode]).to.deep.equal([code, exit]);
      expect(run.error?.message).to.include(says);
      expect(run.error?.actions?.join('\n')).to.include(action);
      expect([org.changes(), org.state()]).to.deep.equal([[], before]);
    });
  }

  it('without any org it says how to name one', async () => {
    const run = await org.createFrom(...org.newApp);
    expect([run.error?.name, run.exitCode]).to.deep.equal(['LoginMissing', 2]);
  });

  for (const words of [
    ['--output-dir', 'x', '--target-org', 'admin'],
    ['--output-dir', 'x', '--username', 'a@acme.com'],
    ['--output-dir', 'x', '--dry-run'],
    ['--output-dir', 'x', '--wait', '3'],
    ['--target-org', 'admin', '--dry-run', '--wait', '3'],
  ]) {
    it(`${words.join(' ')} exclude each other`, async () => {
      const run = await org.createFrom(...words);
      expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'Error']);
      expect(run.error?.message).to.match(/cannot also be provided/);
    });
  }

  it('with --json the error is one object', async () => {
    const { stdout, exitCode } = await org.create(...email, ...grantee, '--json');
    const { name, message, exitCode: told, status } = JSON.parse(stdout) as Record<string, unknown>;
    expect([name, told, status, exitCode]).to.deep.equal(['AppCertificateMissing', 2, 2, 2]);
    expect(message).to.be.a('string');
  });
});
