import check from '../../../src/checks/host/host-org-id.ts';
import { describeCheck } from '../describe-check.ts';
import { discovery, host, http, login, orgId } from '../example-facts.ts';

const other = '00D5g00000Other1EAB';

describeCheck(check, [
  { fact: 'passes when the ids agree', given: { host: host(), login: login() }, status: 'pass', data: { orgId } },
  {
    fact: 'passes when one id has 15 characters and the other 18',
    given: { host: host(), login: login({ orgId: orgId.slice(0, 15) }) },
    status: 'pass',
  },
  {
    fact: 'fails with another org, and names both',
    given: { host: host({ orgId: other }), login: login() },
    status: 'fail',
    detail: `is the org ${other}, but this login was stored for the org ${orgId}`,
    data: { orgId: other, storedOrgId: orgId },
  },
  {
    fact: 'is skipped at a host that names no org',
    given: { host: host({ orgId: undefined, http: discovery({ status: 404 }) }), login: login() },
    status: 'skip',
    detail: 'does not say which org it serves',
  },
  {
    fact: 'is unknown when the host answers something else',
    given: { host: host({ orgId: undefined, http: discovery({ status: 503 }) }), login: login() },
    status: 'unknown',
    detail: 'answered 503 and named no org',
  },
  {
    fact: 'leaves a host that answers logins with a page to login-accepted',
    given: { host: host({ orgId: undefined, http: http({ status: 503 }) }), login: login() },
    status: 'skip',
    blockedBy: 'login-accepted',
  },
  {
    fact: 'is skipped when the stored login names no org',
    given: { host: host(), login: login({ orgId: undefined }) },
    status: 'skip',
  },
]);
