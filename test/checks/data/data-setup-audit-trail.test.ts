import check from '../../../src/checks/data/data-setup-audit-trail.ts';
import { describeCheck } from '../describe-check.ts';
import { refusal, userRights } from '../example-facts.ts';

const permission = 'possibly    the user lacks "View Setup and Configuration"';

describeCheck(check, [
  { fact: 'passes with an entry', given: { setupAuditTrail: { rows: 1 }, userRights: userRights() }, status: 'pass' },
  {
    fact: 'passes without one, since nothing need have changed, and says so',
    given: { setupAuditTrail: { rows: 0 }, userRights: userRights() },
    status: 'pass',
    detail: 'there may have been no change',
    data: { anyRows: false },
  },
  {
    fact: 'fails when refused to a user who may not see Setup, which is possibly the reason',
    given: { setupAuditTrail: refusal(), userRights: userRights() },
    status: 'fail',
    detail: permission,
    fix: 'select "View Setup and Configuration"',
  },
  {
    fact: 'fails with the same guess when the rights are hidden',
    given: { setupAuditTrail: refusal('FUNCTIONALITY_NOT_ENABLED', 'no', 403), userRights: undefined },
    status: 'fail',
    detail: permission,
  },
  {
    fact: 'fails without a guess when the user may see Setup',
    given: { setupAuditTrail: refusal(), userRights: userRights({ viewSetup: true }) },
    status: 'fail',
    detail: /^Salesforce answered 400 INVALID_TYPE: sObject type is not supported\.$/,
  },
  {
    fact: 'fails without a guess when the refusal is not about access',
    given: { setupAuditTrail: refusal('UNKNOWN_EXCEPTION', 'later', 500), userRights: userRights() },
    status: 'fail',
    detail: /UNKNOWN_EXCEPTION: later$/,
  },
]);
