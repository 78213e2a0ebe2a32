import { expect } from 'chai';
import type { Fault } from '../emulator/index.ts';
import { exit, found, LoopbackVerify, mended, spoken, withoutLogin } from './loopback-verify.ts';

const unreachable = {
  'host-reachable': 'fail',
  'host-org-id': 'skip by host-reachable',
  'host-clock': 'skip by host-reachable',
  'login-accepted': 'skip by host-reachable',
  ...withoutLogin('host-reachable'),
};

describe('faults: verify and the host', () => {
  let loopback: LoopbackVerify;
  beforeEach(async () => {
    loopback = await LoopbackVerify.start();
  });
  afterEach(() => loopback.stop());

  const broken: Array<[fact: string, fault: Fault, code: string]> = [
    ['a host that never answers', { kind: 'hang' }, 'RequestTimedOut'],
    ['a connection that is reset', { kind: 'reset' }, 'ConnectionLost'],
    ['an answer that breaks off', { kind: 'cutOff' }, 'ConnectionLost'],
    ['a redirect to another origin', { kind: 'redirect', to: 'https://evil.example.com' }, 'RedirectRefused'],
  ];
  for (const [fact, fault, code] of broken) {
    it(`${fact}: host-reachable alone fails with ${code}, and nothing more is sent`, async () => {
      loopback.emulator.faults.set(fault);
      const result = await loopback.run();
      expect(spoken(result)).to.deep.equal(unreachable);
      expect(found(result, 'host-reachable')?.data).to.deep.equal({ code });
      expect(found(result, 'host-reachable')?.fix).not.to.equal(undefined);
      expect(exit(result)).to.equal(1);
      expect(loopback.emulator.calls).to.have.lengthOf(1);
      await mended(loopback);
    });
  }

  it('an address of Lightning: host-url alone fails, and nothing is sent', async () => {
    loopback.login = { ...loopback.login, jwtAudience: 'https://acme.lightning.force.com' };
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-url': 'fail',
      'host-reachable': 'skip by host-url',
      'host-org-id': 'skip by host-url',
      'host-clock': 'skip by host-url',
      'login-accepted': 'skip by host-url',
      ...withoutLogin('host-url'),
    });
    expect(loopback.emulator.calls).to.have.lengthOf(0);
    await mended(loopback);
  });

  it('a login of another org that is granted: host-org-id alone fails', async () => {
    loopback.login = { ...loopback.login, orgId: '00D5g00000Other1EAB' };
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({ 'host-org-id': 'fail' });
    expect(exit(result)).to.equal(1);
    await mended(loopback);
  });

  it('a login of another org that is refused: host-org-id alone fails, and login-accepted still shows the words', async () => {
    loopback.login = { ...loopback.login, orgId: '00D5g00000Other1EAB' };
    loopback.emulator.faults.set({ kind: 'oauthError', row: 'E1' });
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-org-id': 'fail',
      'login-accepted': 'skip by host-org-id',
      ...withoutLogin('login-accepted'),
    });
    expect(found(result, 'login-accepted')?.detail).to.include("user hasn't approved this consumer");
  });

  it('a clock ten minutes behind: host-clock alone fails', async () => {
    loopback.emulator.faults.set({ kind: 'clockOffset', seconds: 600 });
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({
      'host-clock': 'fail',
      'login-accepted': 'skip by host-clock',
      ...withoutLogin('login-accepted'),
    });
    expect(loopback.emulator.calls.tokenRequests()).to.have.lengthOf(1);
  });

  it('a clock ten minutes ahead: host-clock warns, and the login is accepted', async () => {
    loopback.emulator.faults.set({ kind: 'clockOffset', seconds: -600 });
    const result = await loopback.run();
    expect(spoken(result)).to.deep.equal({ 'host-clock': 'warn' });
    expect(exit(result)).to.equal(0);
    await mended(loopback);
  });

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
