import { expect } from 'chai';
import { describeScene, kinds } from './app-scene.ts';
import { skipped, speaking } from './app-setting.ts';

describeScene('fault of an app: it is not there', (scene) => {
  for (const kind of kinds) {
    it(`under this name: app-found fails with the names that are near, and nothing else speaks (${kind})`, async () => {
      scene().reset(kind).name = 'Aquilla';
      scene().app.developerName = 'Aquilla';
      const { checks, exitCode } = await scene().check();
      expect(speaking(checks, 'external-client-app')).to.deep.equal({ 'app-found': 'fail' });
      expect(exitCode).to.equal(1);
      expect(skipped(checks, 'app-found')).to.have.length(checks.length - 1);
      const [found] = checks;
      expect(found?.detail).to.include('no app called "AQUILA"');
      expect(found?.fix).to.include('Did you mean "Aquilla"?').and.include('sf aquila app create --target-org admin');
    });
  }

  it('with this client id: app-found fails, and the client id is nowhere in what is said', async () => {
    scene().reset('external-client-app');
    const clientId = '3MVG9ofAnotherOrg';
    const { checks, exitCode } = await scene().check({ flags: ['--target-org', 'admin', '--client-id', clientId] });
    expect(speaking(checks, 'external-client-app')).to.deep.equal({ 'app-found': 'fail' });
    expect(exitCode).to.equal(1);
    expect(JSON.stringify(checks)).not.to.include(clientId);
  });

  it('and is made by the command that the fix of another setting would name', async () => {
    scene().reset('external-client-app');
    scene().emulator.org.apps.length = 0;
    const run = await scene().create(
      `sf aquila app create --target-org admin --name AQUILA --contact-email CONTACT_EMAIL --certificate-file "${scene().folder}/server.crt" --permission-set PERMISSION_SET`
    );
    expect(run.error?.message).to.equal(undefined);
    const { checks, exitCode } = await scene().check();
    expect([checks.filter(({ status }) => status !== 'pass'), exitCode]).to.deep.equal([[], 0]);
  });
});
