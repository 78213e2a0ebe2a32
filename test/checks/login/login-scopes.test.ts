import check from '../../../src/checks/login/login-scopes.ts';
import { describeCheck } from '../describe-check.ts';
import { granted, refused } from '../example-facts.ts';

const scope = (names: string | undefined) => ({ attempt: granted({ scope: names }) });

describeCheck(check, [
  { fact: 'passes with api and web', given: scope('web api'), status: 'pass', data: { scopes: ['web', 'api'] } },
  { fact: 'passes with api, web and refresh_token', given: scope('api web refresh_token'), status: 'pass' },
  { fact: 'passes with full, which includes both', given: scope('full openid'), status: 'pass' },
  {
    fact: 'fails without api, and names what there is',
    given: scope('web openid'),
    status: 'fail',
    detail: 'the token has web, openid; api is missing',
  },
  {
    fact: 'warns without web, which the collector is not known to need',
    given: scope('api'),
    status: 'warn',
    detail: 'the guide asks for web too',
  },
  {
    fact: 'is unknown when the answer names none',
    given: scope(undefined),
    status: 'unknown',
    detail: 'names no scopes',
  },
  {
    fact: 'leaves a refused login to login-accepted',
    given: { attempt: refused('invalid_grant', 'invalid assertion') },
    status: 'skip',
    blockedBy: 'login-accepted',
  },
]);
