import { describeAuditFaults } from './audit-scene.ts';

describeAuditFaults('the device flow', {
  'on in the app': {
    kinds: ['external-client-app'],
    spoil: (_scene, app) => void (app.flows.device = true),
    speaks: { 'flow-device': 'warn' },
    found: 'found      on\nby         isDeviceFlowEnabled is true',
    fix: 'Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Flow Enablement > Enable Device Flow: clear it',
    mend: (_scene, app) => void (app.flows.device = false),
  },
});
