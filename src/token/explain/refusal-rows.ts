import { browserCauses } from '../browser-causes.ts';
import type { Cause, CauseId } from '../cause.ts';
import { grantCauses } from '../grant-causes.ts';
import { refusalRows as documented, type RefusalRow, type RowId } from '../refusal-rows.ts';
import type { ExplainRow } from './row.ts';

/** The check that can tell whether a cause is the one; login-accepted, which repeats the login, stands before them all. */
const checksOfCause: Readonly<Record<CauseId, readonly string[]>> = {
  'not-pre-authorised': ['user-preauthorized', 'app-permitted-users'],
  'not-replicated': [],
  'wrong-host': ['host-url', 'host-org-id'],
  'wrong-username': ['user-active'],
  'approvals-gone': ['host-org-id'],
  'key-mismatch': ['app-certificate', 'cert-matches-key'],
  'app-just-edited': [],
  'audience-mismatch': ['host-url'],
  clock: ['host-clock'],
  'wrong-client-id': ['app-found'],
  'app-disabled': ['app-enabled'],
  'scope-missing': ['app-scopes'],
  'ip-restricted': [],
  'login-hours': [],
  'login-rate': ['login-token-format'],
  'user-inactive': ['user-active'],
  'org-inactive': [],
  'password-or-lock': ['user-active'],
  'client-secret': [],
  'app-not-installed': ['app-found'],
  'not-a-token-endpoint': ['host-url', 'host-reachable'],
  transient: [],
  'scope-sent': [],
  maintenance: ['host-reachable'],
  activation: [],
  'instance-url-without-tls': ['host-url'],
  'flow-off': ['app-client-credentials'],
  'run-as-user-missing': ['app-client-credentials'],
  'no-usable-scope': ['app-scopes'],
  'app-secret': [],
  'run-as-user-not-admitted': ['app-client-credentials', 'app-permitted-users'],
  'refresh-token-ended': ['app-refresh-token'],
  'refresh-token-of-another-app': [],
  password: [],
  'external-app-without-password': ['app-kind'],
  'subject-token': [],
  'actor-token': [],
  'token-handler': [],
  'consent-denied': [],
  'scope-beyond-app': ['app-scopes'],
  'code-spent': [],
  'user-agent-off': [],
  'device-code-spent': [],
  'digital-signatures-off': ['app-jwt-bearer', 'app-certificate'],
  'kind-of-app': ['app-kind'],
  'saml-provider': [],
  'saml-recipient': [],
  'saml-response-spent': [],
  'saml-user': [],
};

/**
 * Words for the same refusals that the table of the token endpoint does not need: descriptions of rows that it knows by their code, since
 * sf drops the code, and what the authorize page says in their place (docs/reference/salesforce-oauth.md §1.4).
 */
const otherWords: Partial<Record<RowId, readonly string[]>> = {
  E2: ['oauth_app_access_denied'],
  E6: ['client identifier invalid'],
  E7: ['external client app is not installed in this org', 'oauth_ec_app_not_found'],
  E15: ['oauth_approval_error_generic', "we can't authorize you because of an oauth error"],
  E16: ['grant type not supported'],
  E17: ['retry your request'],
  E20: ['data not available', 'error_http_500', 'error_http_502', 'error_http_503'],
};

/** What each refusal says, in a sentence; the causes come from the table. */
const meanings: Partial<Record<RowId, string>> = {
  E1: 'Salesforce finds no approval of this user for this app',
  E2: 'the app admits only users that an admin approved, and this user is not among them',
  E3: 'Salesforce did not accept the signature or the form of the assertion',
  E4: 'Salesforce does not accept the audience of the assertion; in a list of errors of sf it usually stands beside the real one',
  E4b: 'Salesforce does not accept the audience of the assertion',
  E5: 'the assertion had expired when Salesforce read it; the words speak of a code, but the time is meant',
  E6: 'no app with this client id is known where the login was sent',
  E7: 'this external client app is not known where the login was sent',
  E8: 'the app lacks the refresh_token scope, or is not installed and pre-authorised; Salesforce has one text for both',
  E9: 'the login came from an address or at an hour that the org does not allow',
  E10: 'the user logged in too often, so Salesforce takes no more logins for a while',
  E11: 'the user is not active',
  E13: 'Salesforce could not authenticate the user; after a login by JWT the words are documented, but were never captured',
  E14: 'Salesforce did not accept how the app identified itself',
  E15: 'the org blocks apps that are not installed in it',
  E16: 'the answer does not come from a token endpoint that knows this flow',
  E17: 'Salesforce failed without naming a reason',
  E18: 'the request named a scope, which this flow does not take',
  E19: 'this flow works only at the My Domain of the org',
  E20: 'a page came where an answer to a login was expected: maintenance, or an org that is not ready',
  E22: 'Salesforce wants the user or the device activated first; one report is all that is known',
};

const codeMeanings: Readonly<Record<string, string>> = {
  inactive_user: 'the user is not active',
  inactive_org: 'the org is not active',
  rate_limit_exceeded: 'Salesforce takes no more logins for a while',
};

/** What the same words mean after another grant, which a text that somebody pasted need not tell. */
const afterOtherGrants: Partial<Record<RowId, { grant: string; causes: readonly Cause[] }>> = {
  E5: { grant: 'web-server', causes: [browserCauses.codeSpent] },
  E13: {
    grant: 'username-password',
    causes: [grantCauses.password, grantCauses.passwordFlowOff, grantCauses.externalAppWithoutPassword],
  },
};

const causesOf = ({ id, causes }: RefusalRow): readonly Cause[] => {
  const { grant, causes: others } = afterOtherGrants[id] ?? { grant: '', causes: [] };
  return [
    ...causes,
    ...others.map((cause) => ({ ...cause, text: `if the grant was ${grant}: ${cause.text}`, sure: false })),
  ];
};

/** Rows of the family, which say nothing beside an exact one. */
const families = ['invalid-grant', 'invalid-client', 'invalid-request'];

function rowOf(row: RefusalRow): ExplainRow {
  const { id, error, description } = row;
  const causes = causesOf(row);
  // Without a description the code itself is unmistakable; with one, the code alone is a family.
  const own = description ?? error;
  const words = [...(own === undefined ? [] : [own]), ...(otherWords[id] ?? [])];
  return {
    id: own === error && error !== undefined ? `${id} ${error}` : id,
    rank: 'exact',
    words,
    meaning: codeMeanings[error ?? ''] ?? meanings[id] ?? `Salesforce refused the login: ${words[0] ?? id}`,
    causes,
    checks: [...new Set(['login-accepted', ...causes.flatMap((cause) => checksOfCause[cause.id])])],
    hides: families,
  };
}

/** The page of E20 with status 5xx and the other one differ by the status, which a text need not have. */
const once = documented.filter(({ page, statuses }) => page === undefined || statuses !== undefined);

/** Every refusal of the token endpoint that has words of its own, from the table that the login itself uses. */
export const refusalRows: readonly ExplainRow[] = once.map(rowOf);

const readBody = 'repeat the login and read what Salesforce says in full: sf aquila verify --target-org <org>';

/** Codes of OAuth without a description that any source explains: no cause is invented for them. */
export const familyRows: readonly ExplainRow[] = [
  {
    id: 'invalid-grant',
    rank: 'wide',
    words: ['invalid_grant'],
    meaning: 'Salesforce refused the assertion or the grant; the description that belongs to this code would say why',
    causes: [],
    fix: readBody,
    checks: ['login-accepted'],
  },
  {
    id: 'invalid-client',
    rank: 'wide',
    words: ['invalid_client'],
    meaning: 'Salesforce did not accept the app; the description that belongs to this code would say why',
    causes: [],
    fix: readBody,
    checks: ['login-accepted', 'app-found'],
  },
  {
    id: 'invalid-request',
    rank: 'wide',
    words: ['invalid_request'],
    meaning: 'Salesforce did not accept the request as it is; the description that belongs to this code would say why',
    causes: [],
    fix: readBody,
    checks: ['login-accepted'],
  },
];
