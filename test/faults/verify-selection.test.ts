import { expect } from 'chai';
import { exit, LoopbackVerify, spoken, withoutLogin } from './loopback-verify.ts';

describe('verify with --only and --skip', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  it('--only host asks the host once, without a login', async () => {
    const result = await loopback.run(['host']);
    expect(result.checks.map(({ id, status }) => `${id} ${status}`)).to.deep.equal([
      'host-url pass',
      'host-reachable pass',
      'host-org-id pass',
      'host-clock pass',
    ]);
    expect(loopback.emulator.calls.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      'GET /.well-known/auth-configuration',
    ]);
  });

  it('--skip login-accepted attempts no login, and passes with what is left', async () => {
    const result = await loopback.run([], ['login-accepted']);
    expect(spoken(result)).to.deep.equal({ 'login-accepted': 'skip', ...withoutLogin('login-accepted') });
    expect(exit(result)).to.equal(0);
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(0);
  });
});
