import { describeAppFaults, type AppFault } from './app-setting.ts';

const lasts = (minutes: number | undefined, found: string): AppFault => ({
  spoil: (app) => void (app.sessionTimeoutInMinutes = minutes),
  speaks: { 'app-session-timeout': 'warn' },
  found,
  wanted: '1 to 5 minutes',
  fix: ' --session-timeout 5',
  inSetup: 'Manage > Edit Policies > Session Policies > Timeout Value: choose a time within 1 to 5 minutes',
});

describeAppFaults('session timeout', {
  'no timeout of its own': lasts(undefined, "none, so the org's session setting holds"),
  'none by the number 0': lasts(0, "none, so the org's session setting holds"),
  '15 minutes': lasts(15, '15 minutes'),
  '120 minutes': lasts(120, '120 minutes'),
});
