import { describeVerifyFault } from './verify-scene.ts';

describeVerifyFault('few API requests are left', {
  set: ({ org }) => void (org.facts.limits['DailyApiRequests'] = { Max: 15_000, Remaining: 1_100 }),
  speaks: { 'data-api-limit': 'warn' },
  says: '1100 of 15000 requests',
  fix: 'API Requests, Last 24 Hours',
  mend: ({ emulator }) => void (emulator.org.facts.limits['DailyApiRequests'] = { Max: 100_000, Remaining: 99_000 }),
});
