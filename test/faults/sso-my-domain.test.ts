import { presets } from '../emulator/index.ts';
import { closeInOrg, describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('the My Domain', {
  'the general login hosts are open': {
    spoil: ({ emulator }) => presets['login-host-open'](emulator),
    speaks: { 'sso-my-domain': 'warn' },
    found: 'people can also log in at the general login hosts, SOAP clients can also log in',
    by: 'by         MyDomain.canOnlyLoginWithMyDomainUrl is false',
    fix: 'sf aquila audit --target-org admin --name AQUILA --output-dir org-settings',
    mend: (scene, _app, fix) => closeInOrg(scene, fix),
  },
});
