import { expect } from 'chai';
import { example, type App, type Emulator } from '../emulator/index.ts';
import { describeScene, kinds, type Kind } from './app-scene.ts';
import { speaking } from './app-setting.ts';

function approveByProfile(app: App, { org }: Emulator): void {
  Object.assign(app, { permissionSets: [], profiles: ['Standard User - Log Integration'] });
  org.user(example.username)!.permissionSets = [];
}

/** What differs from the guide, or from one org to another, and is all right. */
const variants: Record<string, { make: (app: App, emulator: Emulator) => void; kinds?: readonly Kind[] }> = {
  'as the guide has it': { make: () => undefined },
  'full in place of api and web': { make: (app) => void (app.scopes = ['full', 'refresh_token']) },
  'offline_access in place of refresh_token': { make: (app) => void (app.scopes = ['api', 'web', 'offline_access']) },
  'more callback URLs': { make: (app) => void app.callbackUrls.unshift('https://acme.com/oauth') },
  'the least session timeout': { make: (app) => void (app.sessionTimeoutInMinutes = 1) },
  'a user whose profile is selected': { make: approveByProfile },
  'a user whose profile is selected, in an org that lists no assignment for it': {
    make: (app, emulator) => {
      approveByProfile(app, emulator);
      emulator.switches.profileAssignmentRows = false;
    },
  },
  'a user with a permission set group that holds the permission set': {
    make: (_app, { org }) => {
      org.permissionSetGroups.set('SOC', [example.permissionSet]);
      org.user(example.username)!.permissionSets = ['SOC'];
    },
  },
  'objects that only the Tooling API has': {
    make: (_app, { switches }) => void (switches.appsInQuery = 'tooling'),
    kinds: ['external-client-app'],
  },
  'objects that only the REST API has': {
    make: (_app, { switches }) => void (switches.appsInQuery = 'rest'),
    kinds: ['external-client-app'],
  },
  'a unit of the refresh token that is a number': {
    make: (_app, { switches }) => void (switches.refreshTokenValidityUnitInQuery = 'number'),
    kinds: ['external-client-app'],
  },
  'a client id that the org does not return': {
    make: (_app, { switches }) => void (switches.consumerKeyOnRetrieve = 'omitted'),
  },
  'a list of metadata that shows no part of it': {
    make: (_app, { switches }) => void (switches.listMetadataEmpty = true),
    kinds: ['external-client-app'],
  },
};

describeScene('an app that is ready', (scene) => {
  for (const [name, { make, kinds: some = kinds }] of Object.entries(variants)) {
    for (const kind of some) {
      it(`${name}: nothing speaks (${kind.replaceAll('-', ' ')})`, async () => {
        make(scene().reset(kind), scene().emulator);
        const { checks, exitCode } = await scene().check();
        expect([speaking(checks, kind), exitCode]).to.deep.equal([{}, 0]);
        expect(checks.filter(({ status }) => status === 'skip')).to.deep.equal([]);
        expect(checks.find(({ id }) => id === 'app-refresh-token')?.data?.['found']).to.equal('expires after 365 days');
      });
    }
  }

  it('is told to migrate if it is a connected app, and nothing else', async () => {
    scene().reset('connected-app');
    const { checks } = await scene().check();
    const [kind, ...others] = checks.filter(({ status }) => status !== 'pass');
    expect([kind?.id, kind?.status, others]).to.deep.equal(['app-kind', 'warn', []]);
    expect(kind?.fix).to.equal(
      'Setup > App Manager > AQUILA > Migrate to External Client App: click the button, and check the new app again'
    );
  });

  it('without --username and --certificate-file: only what was not asked is left open', async () => {
    scene().reset('external-client-app');
    const { checks, exitCode } = await scene().check({ flags: ['--target-org', 'admin', '--name', 'aquila'] });
    expect(checks.filter(({ status }) => status !== 'pass').map(({ id, status }) => [id, status])).to.deep.equal([
      ['user-preauthorized', 'skip'],
    ]);
    expect(exitCode).to.equal(0);
  });

  it('is found by its client id', async () => {
    for (const kind of kinds) {
      scene().reset(kind);
      const { checks } = await scene().check({ flags: ['--target-org', 'admin', '--client-id', example.clientId] });
      expect(speaking(checks, kind)).to.deep.equal({});
    }
  });
});
