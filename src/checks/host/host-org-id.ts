import { blocked, defineCheck, fail, pass, skip, unknown } from '../define.ts';
import { orgMatches } from './org-match.ts';

export default defineCheck({
  id: 'host-org-id',
  title: 'org that answers is the org of this login',
  why: 'A mistyped address can belong to somebody else, and a refreshed sandbox is a new org under its old address.',
  fix: 'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>',
  needs: ['host', 'login'],
  judge: ({ host, login }) => {
    const { http, orgId } = host;
    const data = { orgId: orgId ?? null, storedOrgId: login.orgId ?? null };
    if (orgId === undefined) {
      // After a login that failed without sense there was nothing more to ask; its own finding says so.
      if (http.method === 'POST') return blocked('login-accepted');
      return http.status === 404
        ? skip(`${host.url} does not say which org it serves; login.salesforce.com and test.salesforce.com never do`)
        : unknown(`GET ${http.url} answered ${http.status} and named no org`, { data });
    }
    const matches = orgMatches(host, login);
    if (matches === undefined) return skip('the stored login does not say which org it belongs to', { data });
    return matches
      ? pass(orgId, { data })
      : fail(`${host.url} is the org ${orgId}, but this login was stored for the org ${login.orgId ?? ''}`, { data });
  },
});
