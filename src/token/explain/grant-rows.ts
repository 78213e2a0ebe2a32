import { browserCauses } from '../browser-causes.ts';
import { possibly, sure, type ExplainRow } from './row.ts';

const app = 'sf aquila app create --target-org <admin> --name <app>';

/** What the endpoints for tokens say to other flows and to a revocation (docs/reference/salesforce-oauth.md §4, §5.2). */
export const grantRows: readonly ExplainRow[] = [
  {
    id: 'client-credentials-user',
    rank: 'exact',
    words: ['no client credentials user enabled'],
    meaning: 'the client credentials flow is on, but no user is named that it runs as',
    causes: [sure('the app has no run-as user', `${app} --client-credentials-user <username>`)],
    checks: ['app-client-credentials'],
    hides: ['invalid-grant'],
  },
  {
    id: 'client-credentials-off',
    rank: 'exact',
    words: ['client credentials flow not enabled'],
    meaning: 'the app does not allow the client credentials flow; AQUILA does not use it',
    causes: [sure('the flow is switched off', `${app} --client-credentials-user <username>`)],
    checks: ['app-client-credentials'],
    hides: ['invalid-grant'],
  },
  {
    id: 'no-valid-scopes',
    rank: 'exact',
    words: ['no valid scopes defined'],
    meaning: 'the app has no scope that the client credentials flow can use',
    causes: [
      sure('no usable scope is selected', app),
      possibly('only the scope full is selected, which is not enough', app),
    ],
    checks: ['app-scopes'],
    hides: ['invalid-grant'],
  },
  {
    id: 'refresh-token-expired',
    rank: 'exact',
    words: ['expired access/refresh token'],
    meaning: 'a refresh token is expired or was revoked; the login by JWT has none',
    causes: [
      sure(
        'the refresh token policy of the app, or a newer login',
        'log in again: sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>'
      ),
    ],
    checks: ['app-refresh-token'],
    hides: ['invalid-grant'],
  },
  {
    id: 'callback',
    rank: 'exact',
    words: ['redirect_uri must match configuration', 'redirect_uri_mismatch'],
    meaning: 'a login by browser named a callback URL that the app does not have',
    causes: [
      sure(
        'the callback URL differs, be it by a slash or the port',
        `${app} --callback-url http://localhost:1717/OauthRedirect`
      ),
    ],
    checks: ['app-callback-url'],
  },
  {
    id: 'app-blocked',
    rank: 'exact',
    words: ['oauth_app_blocked', 'this app is blocked by admin'],
    meaning: 'an administrator blocked the app in this org',
    causes: [sure('the app is blocked', 'Setup > Connected Apps OAuth Usage: unblock the app')],
    checks: ['app-enabled'],
  },
  {
    id: 'revoke-unknown',
    rank: 'wide',
    words: ['invalid_token'],
    meaning: 'the org does not know this token, or knows it no more',
    causes: [
      sure('it expired, or was revoked before', 'get a new token by a login; a revocation has nothing left to do'),
      possibly('it was issued by another org', 'use the address of the org that issued it (Setup > My Domain)'),
    ],
    checks: [],
  },
  {
    id: 'revoke-unsupported',
    rank: 'exact',
    words: ['unsupported_token_type'],
    meaning: 'what was to be revoked is no token that this endpoint ends',
    causes: [
      possibly(
        'it is the session of a browser, an ID token, or a part of a token',
        'give the whole access or refresh token; sessions end in Setup > Session Management'
      ),
    ],
    checks: [],
  },
  {
    id: 'code-spent',
    rank: 'exact',
    words: ['invalid authorization code'],
    meaning: 'the org does not know the code that a login by browser brought',
    causes: [browserCauses.codeSpent],
    checks: [],
    hides: ['invalid-grant'],
  },
  {
    id: 'code-challenge',
    rank: 'exact',
    words: ['missing required code challenge'],
    meaning: 'the app wants proof that whoever uses a code asked for it (PKCE), and a login by browser sent none',
    causes: [
      sure(
        'the client does not know PKCE, which the app requires',
        'log in with a client that sends it: sf aquila token request --grant web-server --target-org <org>'
      ),
    ],
    checks: [],
    hides: ['invalid-request'],
  },
  {
    id: 'code-verifier',
    rank: 'exact',
    words: ['invalid code verifier'],
    meaning: 'the proof of PKCE does not fit the code: somebody else asked for it, or another login was under way',
    causes: [possibly('two logins by browser were mixed up', 'log in once more')],
    checks: [],
    hides: ['invalid-grant'],
  },
  {
    id: 'device-pending',
    rank: 'exact',
    words: ['authorization_pending'],
    meaning: 'nobody has entered the code of the device flow yet; the client goes on asking',
    causes: [sure('the code still waits for a person', 'enter the code in the browser, and choose Allow')],
    checks: [],
  },
  {
    id: 'device-code-spent',
    rank: 'exact',
    words: ['expired_token'],
    meaning: 'the code of the device flow is too old',
    causes: [browserCauses.deviceCodeSpent],
    checks: [],
  },
  {
    id: 'consent-denied',
    rank: 'exact',
    words: ['end-user denied authorization', 'access_denied'],
    meaning: 'the person at the browser did not allow the app to act for them',
    causes: [browserCauses.denied],
    checks: [],
  },
  {
    id: 'response-type',
    rank: 'exact',
    words: ['unsupported_response_type'],
    meaning: 'the org does not take this kind of login by browser',
    causes: [browserCauses.userAgentOff],
    checks: [],
  },
];
