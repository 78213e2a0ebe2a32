import { describeAppFaults, type AppFault } from './app-setting.ts';

const lasts = (
  policy: 'Infinite' | 'Zero' | 'SpecificLifetime' | 'SpecificInactivity',
  period: number | undefined,
  unit: 'Days' | 'Hours' | 'Months',
  found: string
): AppFault => ({
  spoil: (app) => void (app.refreshToken = { policy, period, unit }),
  speaks: { 'app-refresh-token': 'fail' },
  found,
  wanted: 'expires after 365 days',
  fix: '',
  inSetup:
    'Manage > Edit Policies > OAuth Policies > Refresh Token Policy: choose "Expire refresh token after", 365 Day(s)',
});

const hours = lasts('SpecificLifetime', 365, 'Hours', 'expires after 365 hours');

describeAppFaults('refresh token', {
  'valid until revoked': lasts('Infinite', undefined, 'Days', 'valid until revoked'),
  'expires at once': lasts('Zero', undefined, 'Days', 'expires immediately'),
  'expires when not used': lasts('SpecificInactivity', 365, 'Days', 'expires if not used for 365 days'),
  'too few days': lasts('SpecificLifetime', 30, 'Days', 'expires after 30 days'),
  'the right number of another unit': hours,
  'the same, where the query tells the unit as a number': {
    ...hours,
    kinds: ['external-client-app'],
    spoil: (app, emulator) => {
      hours.spoil(app, emulator);
      emulator.switches.refreshTokenValidityUnitInQuery = 'number';
    },
  },
  'ended by a limit for idle tokens': {
    // Nothing tells of such a limit in the metadata of a connected app.
    kinds: ['external-client-app'],
    apiVersion: '67.0',
    spoil: (app) => void (app.otherMetadata = { ExtlClntAppGlobalOauthSettings: { isEnforceRefreshTokenTTL: 'true' } }),
    speaks: { 'app-refresh-token': 'warn' },
    found: 'expires after 365 days',
    wanted: 'expires after 365 days',
    says: 'A limit for idle tokens is on: one that is not used for 30 days ends before its time.',
    fix: '',
    inSetup: '',
  },
});
