import { presets } from '../emulator/index.ts';
import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('no API requests are left', {
  set: presets['api-limit-exhausted'],
  speaks: { 'data-api-limit': 'fail' },
  says: 'REQUEST_LIMIT_EXCEEDED',
  fix: 'API Requests, Last 24 Hours',
  mend: ({ emulator }) => void (emulator.org.facts.limits['DailyApiRequests'] = { Max: 100_000, Remaining: 99_000 }),
});
