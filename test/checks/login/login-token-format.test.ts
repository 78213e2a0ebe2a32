import { expect } from 'chai';
import check from '../../../src/checks/login/login-token-format.ts';
import type { Facts } from '../../../src/checks/facts.ts';
import { describeCheck } from '../describe-check.ts';
import { granted, refused } from '../example-facts.ts';

const jwt = 'eyJ0bmsiOiJjb3JlIn0.eyJzdWIiOiJ1aWQifQ.c2lnbmF0dXJl';

describeCheck(check, [
  { fact: 'passes with an opaque token', given: { attempt: granted() }, status: 'pass', data: { format: 'opaque' } },
  {
    fact: 'warns with a token in JWT format',
    given: { attempt: granted({ access_token: jwt }) },
    status: 'warn',
    detail: 'JWT format',
    data: { format: 'jwt' },
  },
  {
    fact: 'leaves a refused login to login-accepted',
    given: { attempt: refused('invalid_grant', 'invalid assertion') },
    status: 'skip',
    blockedBy: 'login-accepted',
  },
]);

describe('login-token-format and the token', () => {
  it('login-token-format says nothing of the token itself', () => {
    const verdict = check.judge({ attempt: granted({ access_token: jwt }) } as Facts);
    expect(JSON.stringify(verdict)).not.to.match(/eyJ|c2lnbmF0dXJl/);
  });
});
