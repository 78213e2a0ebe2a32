import { expect } from 'chai';
import { scenarios, type ScenarioName } from '../emulator/index.ts';
import { exit, found, LoopbackVerify, spoken, withoutLogin } from './loopback-verify.ts';

type Row = {
  /** Salesforce's words as they are shown. */
  words: string;
  /** What is left, likeliest first. */
  causes: string[];
  ruledOut?: string[];
  /** What the fix must hold: the place of the first cause that is left. */
  fix: string;
  status?: number;
};

const sameOrg = ['wrong-host', 'approvals-gone'];

const rows: Record<Exclude<ScenarioName, 'E5' | 'E20' | 'E21'>, Row> = {
  E1: {
    words: "invalid_grant: user hasn't approved this consumer",
    causes: ['not-pre-authorised', 'not-replicated', 'scope-missing', 'wrong-username'],
    ruledOut: sameOrg,
    fix: 'sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
  },
  E2: {
    words: 'invalid_app_access: user is not admin approved to access this app',
    causes: ['not-pre-authorised'],
    fix: 'sf aquila app create --target-org ADMIN --name APP_NAME --username integration@acme.com',
  },
  E3: {
    words: 'invalid_grant: invalid assertion',
    causes: ['key-mismatch', 'app-just-edited'],
    fix: 'give the app the certificate that was made with this key: sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt',
  },
  E3b: {
    words: 'invalid_client: invalid client credentials',
    causes: ['key-mismatch', 'client-secret'],
    fix: 'give the app the certificate that was made with this key: sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt',
  },
  E4: { words: 'invalid_grant: audience is invalid', causes: ['audience-mismatch'], fix: 'Setup > My Domain' },
  E4b: { words: 'invalid_grant: Audience validation failed', causes: ['audience-mismatch'], fix: 'Setup > My Domain' },
  E6: {
    words: 'invalid_client_id: client identifier invalid',
    causes: ['wrong-client-id', 'not-replicated'],
    ruledOut: ['wrong-host'],
    fix: 'Consumer Key and Secret',
  },
  E7: {
    words: 'app_not_found: External client app is not installed in this org',
    causes: ['wrong-client-id', 'app-disabled', 'not-replicated', 'not-pre-authorised'],
    ruledOut: ['wrong-host'],
    fix: 'Consumer Key and Secret',
  },
  E8: {
    words:
      'invalid_request: refresh_token scope is required and the connected app should be installed and preauthorized',
    causes: ['scope-missing', 'not-pre-authorised'],
    fix: 'sf aquila app create --target-org ADMIN --name APP_NAME',
  },
  E9: { words: 'invalid_grant: ip restricted', causes: ['ip-restricted', 'login-hours'], fix: 'Login IP Ranges' },
  'E9-older': {
    words: 'invalid_grant: ip restricted or invalid login hours',
    causes: ['ip-restricted', 'login-hours'],
    fix: 'Login IP Ranges',
  },
  E10: { words: 'invalid_grant: login rate exceeded', causes: ['login-rate'], fix: 'Setup > Login History' },
  E11: { words: 'invalid_grant: inactive user', causes: ['user-inactive'], fix: 'Setup > Users' },
  E12: { words: 'inactive_user: user is inactive', causes: ['user-inactive'], fix: 'Setup > Users' },
  'E12-org': { words: 'inactive_org: organization is inactive', causes: ['org-inactive'], fix: 'Salesforce support' },
  'E12-rate': {
    words: 'rate_limit_exceeded: rate limit exceeded',
    causes: ['login-rate'],
    fix: 'Setup > Login History',
  },
  E13: {
    words: 'invalid_grant: authentication failure',
    causes: ['password-or-lock', 'wrong-username'],
    fix: 'Setup > Login History',
  },
  E14: {
    words: 'invalid_client: invalid client credentials',
    causes: ['key-mismatch', 'client-secret'],
    fix: 'give the app the certificate that was made with this key: sf aquila app create --target-org ADMIN --name APP_NAME --certificate-file server.crt',
  },
  E15: {
    words: 'invalid_client: app must be installed into org',
    causes: ['app-not-installed'],
    fix: 'Setup > Connected Apps OAuth Usage',
  },
  E16: {
    words: 'unsupported_grant_type: grant type not supported',
    causes: [],
    ruledOut: ['not-a-token-endpoint'],
    fix: 'Setup > Login History',
  },
  E17: {
    words: 'unknown_error: retry your request',
    causes: ['transient'],
    ruledOut: ['not-a-token-endpoint'],
    fix: 'status.salesforce.com',
  },
  E18: { words: 'invalid_request: scope parameter not supported', causes: ['scope-sent'], fix: 'proxy' },
  E19: {
    words: 'invalid_grant: request not supported on this domain',
    causes: [],
    ruledOut: ['wrong-host'],
    fix: 'Setup > Login History',
  },
  E22: {
    words: 'invalid_grant: activation secret invalid',
    causes: ['activation'],
    fix: 'log in once with the browser',
  },
};

describe('faults: verify and every refusal of the token endpoint', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  for (const [name, row] of Object.entries(rows) as Array<[ScenarioName, Row]>) {
    it(`${name}: login-accepted alone fails, with the words, the causes that are left and the first one's fix`, async () => {
      scenarios[name](loopback.emulator);
      const result = await loopback.run();
      expect(spoken(result)).to.deep.equal({ 'login-accepted': 'fail', ...withoutLogin('login-accepted') });
      const finding = found(result, 'login-accepted');
      const { causes, ruledOut = [], words, fix } = row;
      expect(finding?.detail?.split('\n').slice(0, 2)).to.deep.equal([
        `POST ${loopback.emulator.myDomainUrl}/services/oauth2/token answered 400`,
        words,
      ]);
      expect(finding?.data).to.deep.include({ status: 400, causes, ruledOut });
      expect(finding?.fix).to.include(fix);
      expect(exit(result)).to.equal(1);
      expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(1);
    });
  }

  it('E5: host-clock alone fails, and login-accepted still shows the words', async () => {
    scenarios.E5(loopback.emulator);
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-clock': 'fail',
      'login-accepted': 'skip by host-clock',
      ...withoutLogin('login-accepted'),
    });
    expect(found(result, 'host-clock')?.detail).to.match(
      /^the clock of this machine is (1 h|59 min 5\d s) .*behind the clock/
    );
    expect(found(result, 'login-accepted')?.detail).to.include('invalid_grant: expired authorization code');
    expect(exit(result)).to.equal(1);
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(1);
  });

  it('E20: a page in place of an answer is one failure, and the host is not asked again', async () => {
    scenarios.E20(loopback.emulator);
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-org-id': 'skip by login-accepted',
      'login-accepted': 'fail',
      ...withoutLogin('login-accepted'),
    });
    expect(found(result, 'login-accepted')?.data).to.deep.include({
      status: 503,
      error: null,
      causes: ['maintenance', 'not-a-token-endpoint'],
    });
    expect(found(result, 'login-accepted')?.fix).to.include('status.salesforce.com');
    expect(loopback.emulator.calls).to.have.lengthOf(1);
  });

  it('E21: a passing 500 is one failure, and the login is not tried again', async () => {
    scenarios.E21(loopback.emulator);
    const result = await loopback.run();
    expect(found(result, 'login-accepted')).to.include({ status: 'fail' });
    expect(found(result, 'login-accepted')?.detail).to.include('answered 500\nHTTP 500, an empty answer');
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(1);
    expect(exit(await loopback.run())).to.equal(0);
  });
});
