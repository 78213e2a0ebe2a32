import { example, presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('the audit trail needs View Setup', {
  set: presets['setup-audit-trail-needs-view-setup'],
  speaks: { 'data-setup-audit-trail': 'fail' },
  says: 'the user lacks "View Setup and Configuration"',
  fix: 'integration@acme.com > System Permissions: select "View Setup and Configuration"',
  mend: ({ emulator }) => void (emulator.org.user(example.username)!.permissions.viewSetup = true),
});
