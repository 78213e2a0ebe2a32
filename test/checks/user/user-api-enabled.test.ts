import check from '../../../src/checks/user/user-api-enabled.ts';
import { describeCheck } from '../describe-check.ts';
import { granted, refusal, userRights } from '../example-facts.ts';

const attempt = granted();
const disabled = refusal('API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.', 403);
const noSession = refusal('INVALID_SESSION_ID', 'This session is not valid for use with the REST API', 401);

describeCheck(check, [
  { fact: 'passes with API Enabled', given: { userRights: userRights(), attempt }, status: 'pass' },
  { fact: 'passes when the org shows no rights', given: { userRights: undefined, attempt }, status: 'pass' },
  {
    fact: 'passes when the rights are refused, since the refusal came through the API',
    given: { userRights: refusal(), attempt },
    status: 'pass',
    data: { errorCode: 'INVALID_TYPE' },
  },
  {
    fact: 'warns when the API answers a user who should not have it',
    given: { userRights: userRights({ apiEnabled: false }), attempt },
    status: 'warn',
    detail: 'lacks "API Enabled"',
  },
  {
    fact: 'fails when the API is disabled, in the words of the org, with both causes in order',
    given: { userRights: disabled, attempt },
    status: 'fail',
    detail:
      'Salesforce answered 403 API_DISABLED_FOR_ORG: The REST API is not enabled for this Organization.\n' +
      'likely      the user lacks the permission "API Enabled"\n' +
      'or          the edition of the org has no API',
  },
  {
    fact: 'fails when the token is refused though it has the scope',
    given: { userRights: noSession, attempt },
    status: 'fail',
    detail: 'likely      API Access Control admits other apps only',
    fix: 'Setup > API Access Control: admit the app',
  },
  {
    fact: 'fails when the token of an app with the scope full is refused',
    given: { userRights: noSession, attempt: granted({ scope: 'full' }) },
    status: 'fail',
  },
  {
    fact: 'fails when the token is refused and its scopes are not named',
    given: { userRights: noSession, attempt: granted({ scope: undefined }) },
    status: 'fail',
  },
  {
    fact: 'leaves a token without the scope api to login-scopes',
    given: { userRights: noSession, attempt: granted({ scope: 'web' }) },
    status: 'skip',
    blockedBy: 'login-scopes',
    detail: 'INVALID_SESSION_ID',
  },
]);
