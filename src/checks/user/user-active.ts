import { blocked, defineCheck, fail, pass } from '../define.ts';

const page = 'Setup > Users > Users > <username>';

export default defineCheck({
  id: 'user-active',
  title: 'user is active and not frozen',
  why: 'Salesforce gives no token to a user who is inactive or frozen, and its answer may name another reason.',
  fix: `${page} > Edit: select "Active"`,
  needs: ['userState'],
  reads: 'userState',
  judge: ({ userState }) => {
    if (userState === undefined) {
      return blocked(
        'login-accepted',
        "with --admin-org an administrator's login would show whether the user is active"
      );
    }
    const { active, frozen, seenBy } = userState;
    const data = { active, frozen: frozen ?? null };
    if (!active) return fail(frozen ? 'the user is inactive, and frozen too' : 'the user is inactive', { data });
    if (frozen) return fail('the user is frozen', { data, fix: `${page}: click "Unfreeze"` });
    if (frozen === undefined)
      return pass('active; whether the user is frozen is not shown to this administrator', { data });
    return pass(seenBy === 'login' ? 'Salesforce gave the user a token' : undefined, { data });
  },
});
