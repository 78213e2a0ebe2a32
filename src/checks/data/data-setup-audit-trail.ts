import { defineCheck, fail, pass } from '../define.ts';
import { cause, isDenied, refusalData, refusedLine } from '../user/api-refusal.ts';
import { grantPermission } from '../user/grant-permission.ts';
import { rightsOf } from '../user/rights.ts';

export default defineCheck({
  id: 'data-setup-audit-trail',
  title: 'Setup Audit Trail can be read',
  why: 'Changes in Setup, such as a new administrator, are collected from SetupAuditTrail.',
  fix: 'open Setup > View Setup Audit Trail as the integration user, to see whether Salesforce shows it',
  needs: ['setupAuditTrail', 'userRights'],
  reads: 'setupAuditTrail',
  judge: ({ setupAuditTrail, userRights }) => {
    if ('rows' in setupAuditTrail) {
      const { rows } = setupAuditTrail;
      const none = 'Salesforce answered, but with no entry of the last 7 days; there may have been no change';
      return pass(rows > 0 ? 'the org has entries of the last 7 days' : none, { data: { anyRows: rows > 0 } });
    }
    const { refused } = setupAuditTrail;
    const data = refusalData(refused);
    // Which permission it needs is not documented (docs/reference/aquila-collector.md §5.2).
    const lacks = isDenied(refused) && rightsOf(userRights)?.viewSetup !== true;
    const why = cause('possibly', 'the user lacks "View Setup and Configuration"');
    return lacks
      ? fail([refusedLine(refused), why].join('\n'), { data, fix: grantPermission('View Setup and Configuration') })
      : fail(refusedLine(refused), { data });
  },
});
