import { expect } from 'chai';
import type { Call } from '../emulator/calls.ts';
import { leftToAdmin, LoopbackVerify, spoken } from './loopback-verify.ts';

/** The object of a query, the log file, or the path. */
const asked = ({ method, path, query }: Call): string =>
  `${method} ${/FROM (\w+)/.exec(query['q'] ?? '')?.[1] ?? /LogFile$/.exec(path)?.[0] ?? path}`;

describe('verify with nothing wrong', () => {
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
});
