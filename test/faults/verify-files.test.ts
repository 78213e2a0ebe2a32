import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Call } from '../emulator/calls.ts';
import { exit, found, leftToAdmin, LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

/** Other bytes in the key file, whose mode stays. */
const replaceKey =
  (...names: string[]) =>
  ({ login }: LoopbackVerify): void =>
    writeFileSync(login.keyPath ?? '', Buffer.concat(names.map(fixture)));

/** What is left of the checks when the key can't sign, and the check that says so. */
const withoutKey = (speaker: string, skipped: string[]): Record<string, string> => ({
  [speaker]: 'fail',
  ...Object.fromEntries([...skipped, 'cert-matches-key', 'login-accepted'].map((id) => [id, `skip by ${speaker}`])),
  ...withoutLogin(speaker),
});

/** The object of a query, the log file, or the path. */
const asked = ({ method, path, query }: Call): string =>
  `${method} ${/FROM (\w+)/.exec(query['q'] ?? '')?.[1] ?? /LogFile$/.exec(path)?.[0] ?? path}`;

type Row = {
  fact: string;
  set: (loopback: LoopbackVerify) => void;
  spoken: Record<string, string>;
  /** What detail and fix of the failing or warning check must hold. */
  detail: string;
  fix: string;
  tokenRequests: 0 | 1;
  exit: 0 | 1;
};

const rows: Row[] = [
  {
    fact: 'an encrypted key',
    set: replaceKey('checks/encrypted.key'),
    spoken: withoutKey('key-unencrypted', ['key-rsa', 'key-first-block']),
    detail: 'protected by a passphrase',
    fix: 'openssl pkey -in',
    ...{ tokenRequests: 0, exit: 1 },
  },
  {
    fact: 'an EC key',
    set: replaceKey('checks/ec.key'),
    spoken: withoutKey('key-rsa', ['key-first-block']),
    detail: 'Salesforce takes RSA keys only',
    fix: 'sf aquila cert create',
    ...{ tokenRequests: 0, exit: 1 },
  },
  {
    fact: 'the certificate in place of the key',
    set: replaceKey('keys/rsa2048.crt'),
    spoken: withoutKey('key-readable', ['key-unencrypted', 'key-rsa', 'key-first-block']),
    detail: 'holds a certificate',
    fix: 'Give the private key',
    ...{ tokenRequests: 0, exit: 1 },
  },
  {
    fact: 'no key file',
    set: ({ login }) => rmSync(login.keyPath ?? ''),
    spoken: withoutKey('key-readable', ['key-unencrypted', 'key-rsa', 'key-first-block', 'key-private-mode']),
    detail: 'There is no private key file',
    fix: 'put the key back at this path\nif the good key lies at another path, log in with it: sf aquila login',
    ...{ tokenRequests: 0, exit: 1 },
  },
  {
    fact: 'certificate and key in one file, which sf reads and the collector does not',
    set: replaceKey('keys/rsa2048.crt', 'keys/rsa2048.key'),
    spoken: { 'key-first-block': 'fail' },
    detail: 'begins with the block "CERTIFICATE"',
    fix: 'openssl pkey -in',
    ...{ tokenRequests: 1, exit: 1 },
  },
  {
    fact: 'no certificate beside the key',
    set: (loopback) => rmSync(loopback.path('server.crt')),
    spoken: {
      'cert-readable': 'fail',
      'cert-matches-key': 'skip by cert-readable',
      'cert-in-validity': 'skip by cert-readable',
      'cert-expires-later': 'skip by cert-readable',
      'cert-signature': 'skip by cert-readable',
      'cert-size': 'skip by cert-readable',
    },
    detail: 'No certificate lies beside the key',
    fix: 'sf aquila verify --target-org aquila --certificate-file server.crt',
    ...{ tokenRequests: 1, exit: 1 },
  },
  {
    fact: 'the certificate of another key beside the key',
    set: (loopback) => writeFileSync(loopback.path('server.crt'), fixture('keys/other2048.crt')),
    spoken: { 'cert-matches-key': 'fail' },
    detail: 'was made with another key',
    fix: 'sf aquila verify --target-org aquila --certificate-file server.crt',
    ...{ tokenRequests: 1, exit: 1 },
  },
  ...(process.platform === 'win32'
    ? []
    : [
        {
          fact: 'a key that others may read',
          set: ({ login }: LoopbackVerify) => chmodSync(login.keyPath ?? '', 0o644),
          spoken: { 'key-private-mode': 'warn' },
          detail: 'has mode 0644',
          fix: 'chmod 600 ',
          ...({ tokenRequests: 1, exit: 0 } as const),
        },
      ]),
];

describe('faults: verify and the files of this machine', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  it('with nothing wrong every check passes but those of an administrator, and each thing is asked once', async () => {
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({});
    expect(leftToAdmin(result)).to.deep.equal([
      ...['app-found', 'app-kind', 'app-enabled', 'app-contact-email', 'app-callback-url', 'app-scopes'],
      ...['app-jwt-bearer', 'app-certificate', 'app-client-credentials', 'app-permitted-users', 'app-refresh-token'],
      ...['app-session-timeout', 'user-preauthorized', 'data-session-lifetime', 'data-api-limit'],
    ]);
    expect(result.passed).to.equal(true);
    expect(loopback.emulator.calls.map(asked)).to.have.members([
      ...['POST /services/oauth2/token', 'GET /services/oauth2/userinfo', 'GET UserPermissionAccess'],
      ...['GET EventLogFile', 'GET LoginEvent', 'GET LogoutEvent', 'GET SetupAuditTrail'],
      ...['GET /services/data/v56.0/limits', 'GET LogFile'],
    ]);
  });

  for (const row of rows) {
    const speaker = Object.entries(row.spoken).find(([, status]) => status === 'fail' || status === 'warn')?.[0] ?? '';
    it(`${row.fact}: ${speaker} alone speaks, and nothing when it is mended`, async () => {
      row.set(loopback);
      const result = await loopback.run();
      expect(spoken(result)).to.deep.equal(row.spoken);
      expect(found(result, speaker)?.detail).to.include(row.detail);
      expect(found(result, speaker)?.fix).to.include(row.fix);
      expect(exit(result)).to.equal(row.exit);
      expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(row.tokenRequests);
      await mended(loopback);
    });
  }

  it('a login without a client id or key: handover-complete alone fails, and names both', async () => {
    loopback.login = { ...loopback.login, clientId: undefined, keyPath: undefined, aquilaKeyPath: undefined };
    const result = await loopback.run();
    const { 'handover-complete': handover, ...others } = spoken(result);
    expect(handover).to.equal('fail');
    expect(new Set(Object.values(others))).to.deep.equal(new Set(['skip by handover-complete']));
    expect(found(result, 'handover-complete')?.fix).to.match(
      /^sf aquila login --username integration@acme.com --client-id CLIENT_ID/
    );
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(0);
  });
});
