import { causes } from '../causes.ts';
import type { Candidate, ExplainRow } from './row.ts';

type Status = {
  code: string;
  label?: string;
  meaning: string;
  causes: readonly Candidate[];
  checks: readonly string[];
};

const apiDisabled: Candidate = {
  text: 'the user lacks the permission API Enabled, or the edition of the org has no API',
  fix: 'Setup > Permission Sets > the permission set > System Permissions: API Enabled',
  sure: false,
};

/** States of logins in Setup > Login History and in log files, which name what the token endpoint hides (docs/reference/salesforce-oauth.md §5.7). */
const statuses: readonly Status[] = [
  {
    code: 'login_oauth_invalid_dsig',
    label: 'failed: signature invalid',
    meaning: 'Login History: the signature of the assertion does not fit the certificate of the app',
    causes: [causes.keyMismatch],
    checks: ['app-certificate', 'cert-matches-key'],
  },
  {
    code: 'login_oauth_invalid_ip',
    label: 'failed: ip address not allowed',
    meaning: 'Login History: the login came from an address that is not allowed',
    causes: [causes.ip],
    checks: ['login-accepted'],
  },
  {
    code: 'login_oauth_invalid_timestamp',
    label: 'failed: invalid timestamp',
    meaning: 'Login History: the times in the assertion do not fit the clock of Salesforce',
    causes: [causes.clock],
    checks: ['host-clock'],
  },
  {
    code: 'login_oauth_exceed_get_at_lmt',
    label: 'failed: get access token limit exceeded',
    meaning: 'Login History: too many access tokens were asked for',
    causes: [causes.rate],
    checks: ['login-token-format'],
  },
  {
    code: 'login_oauth_no_consumer',
    label: 'missing consumer key parameter',
    meaning: 'Login History: the login named no client id that Salesforce knows',
    causes: [causes.clientId],
    checks: ['app-found'],
  },
  {
    code: 'login_oauth_api_disabled',
    label: 'failed: oauth api access disabled',
    meaning: 'Login History: the org or the user may not use the API by OAuth',
    causes: [apiDisabled],
    checks: ['user-api-enabled'],
  },
  {
    code: 'login_oauth_consumer_deleted',
    label: 'failed: consumer deleted',
    meaning: 'Login History: the app of this client id was deleted',
    causes: [{ ...causes.clientId, text: 'the app was deleted, or another one was made in its place' }],
    checks: ['app-found'],
  },
  {
    code: 'login_oauth_package_missing',
    label: 'package for this consumer is not installed in your organization',
    meaning: 'Login History: the app is not installed in this org',
    causes: [causes.notInstalled],
    checks: ['app-found'],
  },
  {
    code: 'login_error_user_inactive',
    meaning: 'Login History: the user is inactive',
    causes: [{ ...causes.inactive, text: 'the user is inactive', sure: true }],
    checks: ['user-active'],
  },
  {
    code: 'login_error_user_frozen',
    meaning: 'Login History: the user is frozen',
    causes: [{ ...causes.inactive, text: 'the user is frozen', sure: true }],
    checks: ['user-active'],
  },
  {
    code: 'failed: not approved for access',
    meaning: 'Login History: the user is possibly not pre-authorised for the app',
    causes: [{ ...causes.notPreAuthorised, sure: false }],
    checks: ['user-preauthorized', 'app-permitted-users'],
  },
];

export const historyRows: readonly ExplainRow[] = statuses.map(({ code, label, meaning, causes: known, checks }) => ({
  id: code,
  rank: 'exact',
  words: label === undefined ? [code] : [code, label],
  meaning,
  causes: known,
  checks,
}));
