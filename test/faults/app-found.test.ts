import { expect } from 'chai';
import { example } from '../emulator/index.ts';
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

  it('and where the org shows no client ids: unknown, with what would show them, never a failure', async () => {
    for (const kind of kinds) {
      scene().reset(kind);
      scene().emulator.switches.consumerKeyOnRetrieve = 'omitted';
      const { checks, exitCode } = await scene().check({
        flags: ['--target-org', 'admin', '--client-id', example.clientId],
      });
      expect(speaking(checks, kind)).to.deep.equal({ 'app-found': 'unknown' });
      expect([exitCode, skipped(checks, 'app-found')]).to.deep.equal([1, checks.slice(1).map(({ id }) => id)]);
      const [found] = checks;
      expect(found?.detail).to.include('does not return the client id of AQUILA');
      expect(found?.fix)
        .to.include('"View External Client Apps Consumer Secrets in Metadata"')
        .and.include('sf aquila app check --target-org admin --name AQUILA');
      expect(JSON.stringify(checks)).not.to.include(example.clientId);
    }
  });

  it('and where REST shows the client ids that metadata do not: found', async () => {
    scene().reset('external-client-app');
    const { org, switches } = scene().emulator;
    switches.consumerKeyOnRetrieve = 'omitted';
    org.user(example.admin)!.permissions.viewClientSecret = true;
    org.facts.clientSecretInRestApi = true;
    const flags = ['--target-org', 'admin', '--client-id', example.clientId];
    const { checks, exitCode } = await scene().check({ flags });
    org.facts.clientSecretInRestApi = false;
    expect([speaking(checks, 'external-client-app'), exitCode]).to.deep.equal([{}, 0]);
  });

  it('and two apps of that label: app-found fails and names both', async () => {
    scene().reset('external-client-app').developerName = 'AQUILA_1';
    scene().emulator.org.addApp({ clientId: 'second', name: 'AQUILA', developerName: 'AQUILA_2' });
    const { checks, exitCode } = await scene().check();
    expect(speaking(checks, 'external-client-app')).to.deep.equal({ 'app-found': 'fail' });
    expect([exitCode, checks[0]?.data?.['code']]).to.deep.equal([1, 'AppNameAmbiguous']);
    expect(checks[0]?.detail).to.include('AQUILA_1').and.include('AQUILA_2');
    expect(checks[0]?.fix).to.include('--name AQUILA_1').and.include('--name AQUILA_2');
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
