import { defineCheck, fail, pass } from '../define.ts';
import { renewal } from './renewal.ts';

export default defineCheck({
  id: 'cert-in-validity',
  title: 'certificate is within its validity period',
  why: 'Nobody should count on Salesforce to accept a certificate before its first day or after its last.',
  fix: renewal,
  needs: ['certificate', 'now'],
  judge: ({ certificate: { certificate, facts }, now }) => {
    const { notBefore, notAfter } = facts;
    const data = { notBefore, notAfter };
    if (now < certificate.validFromDate) {
      return fail(`it becomes valid at ${notBefore} only, or the clock of this machine is behind`, { data });
    }
    // Reports differ on this, and no page of Salesforce settles it (docs/reference/salesforce-oauth.md §7).
    return now > certificate.validToDate
      ? fail(`it ended at ${notAfter}; whether Salesforce still accepts it is not certain`, { data })
      : pass(`until ${notAfter}`, { data });
  },
});
