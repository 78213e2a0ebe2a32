import { example } from '../emulator/index.ts';
import { changePermissionSet } from '../emulator/metadata/store.ts';
import { describeAuditFaults } from './audit-scene.ts';

const toAnother =
  'a user who is "API Only User" and may do no more than read logs: sf aquila app create --target-org admin --name AQUILA --client-credentials-user USERNAME';
const fix = {
  'external-client-app': toAnother,
  'connected-app': 'Setup > App Manager > AQUILA > Manage > Edit Policies > Client Credentials Flow: Run As',
};
const runsAs = (clientCredentialsUser: string) => ({ clientCredentialsPolicy: true, clientCredentialsUser });
const grant = (name: string): string =>
  `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>\n`;

describeAuditFaults('client credentials', {
  'they run as an administrator': {
    spoil: (_scene, app) => void Object.assign(app.flows, runsAs(example.admin)),
    speaks: { 'flow-client-credentials': 'warn' },
    found: `found      runs as ${example.admin}, who has "Modify All Data", "View All Data"`,
    by: 'API Only User is false',
    fix,
    mend: async (scene, app, text) => {
      const line = /sf aquila app create .*$/m.exec(text)?.[0];
      if (app.kind === 'connected-app' || line === undefined) Object.assign(app.flows, runsAs(example.username));
      else await scene.app.create(line);
    },
  },
  'the org does not show the user that they run as': {
    spoil: (_scene, app) => void Object.assign(app.flows, runsAs('unseen@acme.com')),
    speaks: { 'flow-client-credentials': 'unknown' },
    found: 'found      the org does not show what unseen@acme.com may do',
    by: 'active is not shown',
    fix,
    mend: (_scene, app) => void Object.assign(app.flows, runsAs(example.username)),
  },
  'a permission set makes their user mighty': {
    spoil: ({ emulator: { org } }, app) => {
      Object.assign(app.flows, runsAs(example.username));
      changePermissionSet(org, 'Deployers', `<label>Deployers</label>\n${grant('AuthorApex')}`);
      org.user(example.username)?.permissionSets.push('Deployers');
    },
    speaks: { 'flow-client-credentials': 'warn' },
    found: `found      runs as ${example.username}, who has "Author Apex"\n`,
    by: 'permissions is "Author Apex" by permission set Deployers',
    fix,
    mend: ({ emulator: { org } }) => {
      org.user(example.username)?.permissionSets.pop();
    },
  },
});
