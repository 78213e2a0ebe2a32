import { blocked, defineCheck, fail, pass, unknown, warn } from '../define.ts';

export default defineCheck({
  id: 'login-scopes',
  title: 'token carries the scopes of the guide',
  why: 'Without the scope api the token opens no API, so nothing can be collected.',
  fix: 'Setup > External Client App Manager > the app > Settings > OAuth Settings > OAuth Scopes: select "Manage user data via APIs (api)" and "Manage user data via Web browsers (web)"',
  needs: ['attempt'],
  judge: ({ attempt: { answer } }) => {
    if ('refused' in answer) return blocked('login-accepted');
    const { scopes } = answer.granted;
    if (scopes === undefined) return unknown('the answer names no scopes');
    const data = { scopes };
    const has = (scope: string): boolean => scopes.includes(scope) || scopes.includes('full');
    const named = `the token has ${scopes.length === 0 ? 'no scope' : scopes.join(', ')}`;
    if (!has('api')) return fail(`${named}; api is missing`, { data });
    // refresh_token is not looked for: this flow need not name it, and Salesforce refuses the login of an app without it
    // (docs/reference/salesforce-oauth.md §1.3, §1.4 E8).
    return has('web')
      ? pass(named, { data })
      : warn(`${named}; the guide asks for web too, which the collector itself is not known to need`, { data });
  },
});
