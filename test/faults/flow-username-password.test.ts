import { example } from '../emulator/index.ts';
import { changeSettings } from '../emulator/metadata/store.ts';
import { closeInOrg, describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('username-password', {
  'open in the org, and nobody uses it': {
    spoil: ({ emulator }) => {
      changeSettings(emulator.org, 'OauthOidc', { blockOAuthUnPwFlow: 'false' });
    },
    speaks: { 'flow-username-password': 'warn' },
    found: 'found      open to apps\nby         OauthOidc.blockOAuthUnPwFlow is false',
    by: 'in use     no login in the last 30 days',
    fix: 'sf aquila audit --target-org admin --name AQUILA --output-dir org-settings',
    mend: (scene, _app, fix) => closeInOrg(scene, fix),
  },
  'open in the org, and an integration logs in this way': {
    spoil: ({ emulator: { org } }) => {
      changeSettings(org, 'OauthOidc', { blockOAuthUnPwFlow: 'false' });
      const attempt = { username: example.admin, application: 'Old ETL', loginUrl: 'acme', sourceIp: '203.0.113.9' };
      const loginSubType = 'OauthUsernamePassword';
      const at = org.now() - 60_000;
      org.loginHistory.push(
        { ...attempt, at, id: org.newId('0Ya'), status: 'Success', loginSubType },
        { ...attempt, at, id: org.newId('0Ya'), status: 'Success', loginSubType },
        { ...attempt, at, id: org.newId('0Ya'), status: 'Invalid Password', loginSubType },
        { ...attempt, at: at - 40 * 86_400_000, id: org.newId('0Ya'), status: 'Success', loginSubType }
      );
    },
    speaks: { 'flow-username-password': 'warn' },
    found: 'found      open to apps',
    by: 'in use     2 logins by 1 user in the last 30 days',
    fix: 'sf aquila audit --target-org admin --name AQUILA --output-dir org-settings',
    mend: (scene, _app, fix) => closeInOrg(scene, fix),
  },
});
