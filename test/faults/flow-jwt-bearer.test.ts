import { describeAuditFaults } from './audit-scene.ts';

const create = 'sf aquila app create --target-org admin --name AQUILA';

describeAuditFaults('JWT bearer', {
  'users approve the app themselves': {
    spoil: (_scene, app) => void (app.permittedUsers = 'self-authorize'),
    speaks: { 'flow-jwt-bearer': 'fail' },
    found: 'found      users approve the app in a browser, which the collector does not have',
    by: 'permitted users is self-authorize',
    fix: {
      'external-client-app': create,
      'connected-app':
        'Setup > App Manager > AQUILA > Manage > Edit Policies > OAuth Policies > Permitted Users: choose',
    },
    mend: async (scene, app, fix) => {
      if (app.kind === 'external-client-app') await scene.app.create(fix);
      else app.permittedUsers = 'admin-approved';
    },
  },
  'a scope of the guide is missing': {
    spoil: (_scene, app) => void (app.scopes = ['api', 'web']),
    speaks: { 'flow-jwt-bearer': 'fail' },
    found: 'found      scopes are missing: refresh_token',
    by: 'scopes is api, web',
    fix: {
      'external-client-app': create,
      'connected-app': 'Selected OAuth Scopes: add "Perform requests at any time (refresh_token, offline_access)"',
    },
    mend: async (scene, app, fix) => {
      if (app.kind === 'external-client-app') await scene.app.create(fix);
      else app.scopes = ['api', 'web', 'refresh_token'];
    },
  },
  'login IP ranges do not hold for the app': {
    spoil: (_scene, app) => void (app.ipRelaxation = 'Bypass'),
    speaks: { 'flow-jwt-bearer': 'warn' },
    found: 'found      login IP ranges do not hold for this app',
    by: 'IP relaxation is bypass',
    fix: 'IP Relaxation: choose "Enforce IP restrictions"',
    mend: (_scene, app) => void (app.ipRelaxation = 'Enforce'),
  },
  'the org does not return the certificate': {
    spoil: ({ emulator }) => void (emulator.switches.certificateOnRetrieve = 'omitted'),
    speaks: { 'flow-jwt-bearer': 'unknown' },
    found: 'found      the org shows no certificate of the app',
    by: 'certificate is not shown',
    fix: 'find out by a login: sf aquila login --username integration@acme.com',
    mend: ({ emulator }) => void (emulator.switches.certificateOnRetrieve = 'returned'),
  },
});
