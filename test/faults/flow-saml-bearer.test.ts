import { example } from '../emulator/index.ts';
import { describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('SAML bearer', {
  'the profile of the administrators is pre-authorised': {
    spoil: (_scene, app) => void (app.profiles = ['System Administrator']),
    speaks: { 'flow-saml-bearer': 'warn' },
    found: `found      1 other user can be named: ${example.admin}\n`,
    by: 'permission set AQUILA, profile System Administrator\n',
    fix: 'keep one permission set alone, which only the integration user has',
    mend: (_scene, app) => void (app.profiles = []),
  },
  'somebody else has the permission set of the app': {
    spoil: ({ emulator: { org } }) => void org.user(example.admin)?.permissionSets.push(example.permissionSet),
    speaks: { 'flow-saml-bearer': 'warn' },
    found: `found      1 other user can be named: ${example.admin}\n`,
    by: 'users is 2',
    fix: 'keep one permission set alone, which only the integration user has',
    mend: ({ emulator: { org } }) => void org.user(example.admin)?.permissionSets.pop(),
  },
});
