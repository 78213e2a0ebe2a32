import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { exit, found, LoopbackVerify, mended, spoken, withoutData, withoutLogin } from './loopback-verify.ts';

type Row = {
  fact: string;
  set: (loopback: LoopbackVerify) => void;
  spoken: Record<string, string>;
  detail: string;
  exit: 0 | 1;
};

const rows: Row[] = [
  {
    fact: 'a token without the scope api',
    set: ({ emulator }) => void (emulator.org.app(example.clientId)!.scopes = ['web', 'refresh_token', 'id']),
    spoken: {
      'login-scopes': 'fail',
      'user-api-enabled': 'skip by login-scopes',
      ...withoutData('user-api-enabled'),
    },
    detail: 'api is missing',
    exit: 1,
  },
  {
    fact: 'a token without the scope web',
    set: ({ emulator }) => void (emulator.org.app(example.clientId)!.scopes = ['api', 'refresh_token']),
    spoken: { 'login-scopes': 'warn' },
    detail: 'the guide asks for web too',
    exit: 0,
  },
  {
    fact: 'an answer that names no scopes',
    set: ({ emulator }) =>
      emulator.faults.set({ kind: 'missingKeys', keys: ['scope'], path: '/services/oauth2/token' }),
    spoken: { 'login-scopes': 'unknown' },
    detail: 'names no scopes',
    exit: 1,
  },
  {
    fact: 'an access token in JWT format',
    set: ({ emulator }) => void (emulator.org.app(example.clientId)!.tokenFormat = 'jwt'),
    spoken: { 'login-token-format': 'warn' },
    detail: 'JWT format',
    exit: 0,
  },
  {
    fact: 'another instance URL than the stored one',
    set: (loopback) => void (loopback.login = { ...loopback.login, instanceUrl: 'https://old.my.salesforce.com' }),
    spoken: { 'login-instance-url': 'fail', 'data-log-download': 'skip by login-instance-url' },
    detail: 'but https://old.my.salesforce.com is stored',
    exit: 1,
  },
  {
    fact: 'a token that userinfo refuses',
    set: ({ emulator }) =>
      emulator.faults.set({ kind: 'status', status: 403, body: 'Bad_OAuth_Token', path: '/services/oauth2/userinfo' }),
    spoken: { 'login-username': 'fail' },
    detail: '/services/oauth2/userinfo answered 403',
    exit: 1,
  },
  {
    fact: 'a token that may not ask for its user',
    set: ({ emulator }) =>
      emulator.faults.set({ kind: 'status', status: 403, body: 'Invalid_Scope', path: '/services/oauth2/userinfo' }),
    spoken: { 'login-username': 'unknown' },
    detail: 'only with the permission "Access unique user identifiers (openid)"',
    exit: 1,
  },
  {
    fact: "a userinfo that redirects, where the token doesn't follow",
    set: ({ emulator }) =>
      emulator.faults.set({ kind: 'redirect', to: emulator.loginUrl, path: '/services/oauth2/userinfo' }),
    spoken: { 'login-username': 'fail' },
    detail: 'A login is never redirected',
    exit: 1,
  },
  {
    fact: 'an answer without the access token',
    set: ({ emulator }) =>
      emulator.faults.set({ kind: 'missingKeys', keys: ['access_token'], path: '/services/oauth2/token' }),
    spoken: { 'login-accepted': 'fail', ...withoutLogin('login-accepted') },
    detail: 'the answer is no whole grant',
    exit: 1,
  },
  {
    fact: 'the key path of this machine',
    set: (loopback) => void (loopback.login = { ...loopback.login, aquilaKeyPath: undefined }),
    spoken: { 'handover-complete': 'warn' },
    detail: 'this is the path on this machine',
    exit: 0,
  },
];

describe('faults: verify and the answer to the login', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  for (const row of rows) {
    const speaker = Object.entries(row.spoken).find(([, status]) => !status.startsWith('skip'))?.[0] ?? '';
    it(`${row.fact}: ${speaker} alone speaks, and nothing when it is mended`, async () => {
      row.set(loopback);
      const result = await loopback.run();
      expect(spoken(result)).to.deep.equal(row.spoken);
      expect(found(result, speaker)?.detail).to.include(row.detail);
      expect(exit(result)).to.equal(row.exit);
      expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(1);
      expect(loopback.emulator.calls.filter(({ face }) => face === 'login')).to.have.lengthOf(0);
      const tokens = loopback.emulator.org.tokens.map(({ value }) => value);
      for (const token of tokens) expect(JSON.stringify(result)).not.to.include(token);
      Object.assign(loopback.emulator.org.app(example.clientId)!, {
        scopes: ['api', 'web', 'refresh_token'],
        tokenFormat: 'opaque',
      });
      await mended(loopback);
    });
  }

  it('a login stored for the My Domain with the audience of the login host: the audience is asked, and the text says why', async () => {
    const { myDomainUrl, loginUrl } = loopback.emulator;
    loopback.login = { ...loopback.login, jwtAudience: loginUrl };
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-org-id': 'skip',
      'login-accepted': 'fail',
      ...withoutLogin('login-accepted'),
    });
    const finding = found(result, 'login-accepted');
    expect(finding?.detail?.split('\n').slice(0, 3)).to.deep.equal([
      `POST ${loginUrl}/services/oauth2/token answered 400`,
      'app_not_found: External client app is not installed in this org',
      `this login is stored for ${myDomainUrl} with the audience ${loginUrl}; the collector has one field for both, so it asks the audience, as this check did`,
    ]);
    expect(finding?.data?.causes).to.have.nested.property('[0]', 'wrong-host');
    expect(finding?.fix).to.match(new RegExp(`^sf aquila login .* --instance-url ${myDomainUrl}$`));
    expect(loopback.emulator.calls.tokenRequests().map(({ face }) => face)).to.deep.equal(['login']);
  });

  it('a login made by stock sf passes: its loginUrl is the audience', async () => {
    const { jwtAudience: _, ...stock } = loopback.login;
    loopback.login = { ...stock, loginUrl: `${loopback.emulator.myDomainUrl}/` };
    expect(spoken(await loopback.run())).to.deep.equal({});
  });
});
