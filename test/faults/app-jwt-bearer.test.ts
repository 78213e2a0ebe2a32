import { expect } from 'chai';
import { describeScene, fixtureCertificate, kinds } from './app-scene.ts';
import { describeAppFaults, skipped, speaking } from './app-setting.ts';

describeAppFaults('JWT bearer flow', {
  'no certificate was uploaded': {
    spoil: (app) => void (app.certificate = undefined),
    speaks: { 'app-jwt-bearer': 'unknown' },
    found: 'no certificate',
    wanted: 'the flow enabled, with a certificate',
    fix: ' --certificate-file server.crt',
    inSetup: 'Edit > API (Enable OAuth Settings) > Use digital signatures: select it, and upload the certificate',
    leaves: { certificate: fixtureCertificate('keys/rsa2048.crt') },
  },
});

describeScene('an org that does not return the certificate of an app', (scene) => {
  for (const kind of kinds) {
    it(`leaves the JWT bearer flow of the ${kind.replaceAll('-', ' ')} unknown, and names a login that tells`, async () => {
      scene().reset(kind);
      scene().emulator.switches.certificateOnRetrieve = 'omitted';
      const { checks, exitCode } = await scene().check();
      expect(speaking(checks, kind)).to.deep.equal({ 'app-jwt-bearer': 'unknown' });
      expect(skipped(checks, 'app-jwt-bearer')).to.deep.equal(['app-certificate']);
      expect(exitCode).to.equal(1);
      const finding = checks.find(({ id }) => id === 'app-jwt-bearer');
      expect(finding?.detail).to.include('The org may hold one all the same and not return it.');
      expect(finding?.fix).to.match(/^find out by a login: sf aquila login --username integration@acme.com /);
    });
  }
});
