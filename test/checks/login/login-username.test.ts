import check from '../../../src/checks/login/login-username.ts';
import { describeCheck } from '../describe-check.ts';
import { identity, login } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with the stored username', given: { identity: identity(), login: login() }, status: 'pass' },
  {
    fact: 'passes in other letters, as Salesforce does',
    given: { identity: identity({ username: 'Integration@ACME.com' }), login: login() },
    status: 'pass',
  },
  {
    fact: 'fails with another user, and names both',
    given: { identity: identity({ username: 'admin@acme.com' }), login: login() },
    status: 'fail',
    detail: 'gave the token of admin@acme.com, but integration@acme.com was asked for',
    data: { username: 'admin@acme.com', storedUsername: 'integration@acme.com' },
  },
]);
