import check from '../../../src/checks/host/host-clock.ts';
import { describeCheck } from '../describe-check.ts';
import { host, http, now } from '../example-facts.ts';

/** This machine's clock is ahead of the host's by so many seconds. */
const ahead = (seconds: number) => ({
  host: host({ http: http({ date: now, receivedAt: new Date(now.getTime() + seconds * 1000) }) }),
});

describeCheck(check, [
  { fact: 'passes within 60 seconds ahead', given: ahead(60), status: 'pass', data: { skewSeconds: 60 } },
  { fact: 'passes within 60 seconds behind', given: ahead(-60), status: 'pass', data: { skewSeconds: -60 } },
  {
    fact: 'warns 61 seconds ahead',
    given: ahead(61),
    status: 'warn',
    detail: '1 min 1 s ahead of the clock of the host',
  },
  {
    fact: 'warns 180 seconds behind',
    given: ahead(-180),
    status: 'warn',
    detail: '3 min behind the clock of the host',
  },
  {
    fact: 'fails 181 seconds behind, because a login has ended before it is sent',
    given: ahead(-181),
    status: 'fail',
    detail: '3 min 1 s behind the clock of the host, and a login lives only 180 s',
    data: { skewSeconds: -181 },
  },
  {
    fact: 'only warns two hours ahead, since no login is known to have been refused for that',
    given: ahead(7200),
    status: 'warn',
    detail: '2 h ahead of',
  },
  { fact: 'is skipped without a date', given: { host: host({ http: http({ date: undefined }) }) }, status: 'skip' },
]);
