import check from '../../../src/checks/user/user-active.ts';
import { describeCheck } from '../describe-check.ts';

const seen = (active: boolean, frozen: boolean | undefined) => ({
  userState: { active, frozen, seenBy: 'administrator' as const },
});

describeCheck(check, [
  {
    fact: 'passes when Salesforce gave a token',
    given: { userState: { active: true, frozen: false, seenBy: 'login' } },
    status: 'pass',
    detail: 'Salesforce gave the user a token',
  },
  { fact: 'passes when an administrator sees an active user', given: seen(true, false), status: 'pass' },
  {
    fact: 'passes when only the frozen state is hidden, and says so',
    given: seen(true, undefined),
    status: 'pass',
    detail: 'whether the user is frozen is not shown',
    data: { frozen: null },
  },
  { fact: 'fails with an inactive user', given: seen(false, false), status: 'fail', detail: 'the user is inactive' },
  {
    fact: 'fails with a frozen user, and says where to unfreeze',
    given: seen(true, true),
    status: 'fail',
    detail: 'the user is frozen',
    fix: 'Setup > Users > Users > <username>: click "Unfreeze"',
  },
  {
    fact: 'fails with a user who is inactive and frozen, and names both',
    given: seen(false, true),
    status: 'fail',
    detail: 'inactive, and frozen too',
  },
  {
    fact: 'is left to login-accepted after a refused login, and says what would show it',
    given: { userState: undefined },
    status: 'skip',
    blockedBy: 'login-accepted',
    detail: 'with --admin-org',
  },
]);
