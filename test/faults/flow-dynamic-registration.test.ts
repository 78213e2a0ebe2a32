import { changeSettings } from '../emulator/metadata/store.ts';
import { describeAuditFaults, onlyExternal } from './audit-scene.ts';

describeAuditFaults('dynamic client registration', {
  'a connected app could hold an initial access token': {
    ...onlyExternal,
    spoil: ({ emulator: { org } }) => {
      org.addApp({ clientId: '3MVG9loopbackAcme.Gateway', name: 'Gateway', kind: 'connected-app' });
    },
    speaks: { 'flow-dynamic-registration': 'warn' },
    found: 'found      open to whoever has an initial access token of Gateway\n',
    by: '/services/oauth2/register',
    fix: 'API Access Control, which Salesforce Support switches on, keeps out what nobody has approved',
    mend: ({ emulator: { org } }) => {
      changeSettings(org, 'ConnectedApp', { enableAdminApprovedAppsOnly: 'true' });
    },
  },
});
