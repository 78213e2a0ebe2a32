import check from '../../../src/checks/login/login-instance-url.ts';
import { describeCheck } from '../describe-check.ts';
import { granted, login, refused } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with the stored URL', given: { attempt: granted(), login: login() }, status: 'pass' },
  {
    fact: 'passes when the stored URL differs by a slash at its end, which is not handed over',
    given: { attempt: granted(), login: login({ instanceUrl: 'https://acme.my.salesforce.com/' }) },
    status: 'pass',
  },
  {
    fact: 'fails with another URL, and names both',
    given: { attempt: granted({ instance_url: 'https://acme2.my.salesforce.com' }), login: login() },
    status: 'fail',
    detail: 'names https://acme2.my.salesforce.com, but https://acme.my.salesforce.com is stored',
  },
  {
    fact: 'leaves a refused login to login-accepted',
    given: { attempt: refused('invalid_grant', 'invalid assertion'), login: login() },
    status: 'skip',
    blockedBy: 'login-accepted',
  },
  {
    fact: 'leaves a missing instance URL to handover-complete',
    given: { attempt: granted(), login: login({ instanceUrl: undefined }) },
    status: 'skip',
    blockedBy: 'handover-complete',
  },
]);
