import { changeSettings } from '../emulator/metadata/store.ts';
import { closeInOrg, describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('user-agent', {
  'open in the org': {
    spoil: ({ emulator }) => {
      changeSettings(emulator.org, 'OauthOidc', { blockOAuthUsrAgtFlow: 'false' });
    },
    speaks: { 'flow-user-agent': 'warn' },
    found: 'found      open to apps\nby         OauthOidc.blockOAuthUsrAgtFlow is false',
    fix: 'sf aquila audit --target-org admin --name AQUILA --output-dir org-settings',
    mend: (scene, _app, fix) => closeInOrg(scene, fix),
  },
});
