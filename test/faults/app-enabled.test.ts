import { expect } from 'chai';
import { describeScene } from './app-scene.ts';
import { describeAppFaults, skipped, speaking } from './app-setting.ts';

const wanted = { 'external-client-app': 'app enabled, OAuth on', 'connected-app': 'OAuth on' };
const inSetup = 'Edit > API (Enable OAuth Settings) > Enable OAuth Settings: select it';

describeAppFaults('enabled', {
  'switched off': {
    // A connected app has no such switch.
    kinds: ['external-client-app'],
    spoil: (app) => void (app.enabled = false),
    speaks: { 'app-enabled': 'fail' },
    found: 'app disabled, OAuth on',
    wanted,
    fix: '',
    inSetup,
  },
  'OAuth is off': {
    spoil: (app) => void (app.oauthEnabled = false),
    speaks: { 'app-enabled': 'fail' },
    found: { 'external-client-app': 'app enabled, OAuth off', 'connected-app': 'OAuth off' },
    wanted,
    // Without OAuth settings the app has no certificate either.
    fix: ' --certificate-file server.crt',
    inSetup,
  },
});

describeScene('an app that nobody has given OAuth settings', (scene) => {
  it('fails app-enabled alone, and gets them by the command', async () => {
    Object.assign(scene().reset('external-client-app').parts, {
      global: undefined,
      oauth: undefined,
      oauthPolicy: undefined,
    });
    const { checks, exitCode } = await scene().check();
    expect([speaking(checks, 'external-client-app'), exitCode]).to.deep.equal([{ 'app-enabled': 'fail' }, 1]);
    expect(skipped(checks, 'app-enabled')).to.include.members(['app-scopes', 'app-jwt-bearer', 'app-permitted-users']);

    const asked = scene().emulator.calls.filter(({ query }) => query['q']?.includes('FROM ExtlClntAppPlcyCnfg'));
    expect(asked).to.have.length(1);

    const fix = checks.find(({ id }) => id === 'app-enabled')?.fix ?? '';
    const mended = await scene().create(fix);
    expect(mended.error?.message).to.equal(undefined);
    const again = await scene().check();
    expect([speaking(again.checks, 'external-client-app'), again.exitCode]).to.deep.equal([{}, 0]);
  });
});
