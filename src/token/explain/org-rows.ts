import { causes } from '../causes.ts';
import { possibly, sure, type ExplainRow } from './row.ts';

const permission = (name: string): string =>
  `Setup > Permission Sets > the permission set > System Permissions: ${name}`;
const app = 'sf aquila app create --target-org <admin> --name <app>';
const expired = 'session-expired';

/** What an org says to a request that carries a token (docs/reference/salesforce-oauth.md §5). */
export const orgRows: readonly ExplainRow[] = [
  {
    id: 'session-not-for-rest',
    rank: 'exact',
    words: ['this session is not valid for use with the rest api', 'connected app is not attached to agent'],
    meaning: 'the token is good, but not for the API; a new login changes nothing',
    causes: [
      sure('the app lacks the scope api', app),
      sure('the org admits approved apps only (API Access Control)', 'Setup > API Access Control: approve the app'),
      sure('the address that uses the token is not the one that the org allows', causes.ip.fix),
    ],
    checks: ['login-scopes', 'app-scopes', 'user-api-enabled'],
    hides: [expired],
  },
  {
    id: expired,
    rank: 'wide',
    words: [
      'invalid_session_id',
      'session expired or invalid',
      'invalid session id found in sessionheader',
      'bad_oauth_token',
    ],
    meaning: 'the token is no longer valid',
    causes: [
      sure(
        'the session ended by its timeout',
        'log in again: sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>'
      ),
      possibly(
        'a newer login of the same user and app pushed the oldest token out',
        `give each collector an app of its own: ${app}`
      ),
      possibly('this is the log of a collector that logs in only once', 'update the collector; until then restart it'),
    ],
    checks: ['login-accepted', 'app-session-timeout', 'data-session-lifetime'],
  },
  {
    id: 'authorization-header',
    rank: 'exact',
    words: ['invalid_auth_header', 'missing_oauth_token'],
    meaning: 'the request carried no token that could be read',
    causes: [
      possibly('the header was lost or changed on the way', 'look for a gateway or proxy that rewrites requests'),
    ],
    checks: ['login-accepted'],
  },
  {
    id: 'jwt-access-token',
    rank: 'exact',
    words: ['invalid_jwt_format'],
    meaning: 'possibly a token in JWT format went to an API that does not take it',
    causes: [
      possibly(
        'the app issues access tokens in JWT format, which SOAP takes only from API version 68 on',
        'Setup > External Client App Manager > the app > Settings > OAuth Settings: switch JWT-based access tokens off'
      ),
    ],
    checks: ['login-token-format'],
  },
  {
    id: 'api-disabled',
    rank: 'exact',
    words: ['api_disabled_for_org', 'the rest api is not enabled for this organization'],
    meaning: 'the org lets this user use no API',
    causes: [
      sure('the user lacks the permission API Enabled', permission('API Enabled')),
      possibly('the edition of the org has no API', 'ask Salesforce which edition has it, or have it added'),
    ],
    checks: ['user-api-enabled'],
  },
  {
    id: 'request-limit',
    rank: 'exact',
    words: ['request_limit_exceeded'],
    meaning: 'the org has used up its API requests for today',
    causes: [
      sure(
        'some client asks too often',
        'Setup > Company Information > API Requests, Last 24 Hours; see which client it is'
      ),
    ],
    checks: ['data-api-limit'],
  },
  {
    id: 'insufficient-access',
    rank: 'wide',
    words: ['insufficient_access'],
    meaning: 'the user may not do what was asked of the org',
    causes: [sure('a permission is missing', permission('View Event Log Files, and what else the words name'))],
    checks: ['user-event-log-files', 'user-real-time-events', 'data-event-log-files'],
  },
  {
    id: 'events-not-available',
    rank: 'exact',
    words: [
      "sobject type 'loginevent' is not supported",
      "sobject type 'logoutevent' is not supported",
      'invalid_type … loginevent',
      'invalid_type … logoutevent',
      'loginevent … invalid_type',
      'logoutevent … invalid_type',
    ],
    meaning: 'the org does not show stored real-time events to this user',
    causes: [
      sure(
        'the user lacks the permission View Real-Time Event Monitoring Data',
        permission('View Real-Time Event Monitoring Data')
      ),
      sure('the add-on Event Monitoring or Shield is missing', 'Setup > Company Information: look for the licence'),
      sure('the storage of the event is off', 'Setup > Event Manager > the event: Enable Storage'),
    ],
    checks: ['data-login-events', 'data-logout-events', 'user-real-time-events'],
    hides: ['query-refused'],
  },
  {
    id: 'query-refused',
    rank: 'wide',
    words: ['malformed_query', 'invalid_field', 'invalid_type'],
    meaning: 'the org does not know what a query names, or does not show it to this user',
    causes: [
      possibly(
        'the user lacks the permission that shows the object or field',
        permission('View Event Log Files and View Real-Time Event Monitoring Data')
      ),
      possibly(
        'the add-on that the object belongs to is missing',
        'Setup > Company Information: look for Event Monitoring or Shield'
      ),
    ],
    checks: ['data-event-log-files', 'data-login-events', 'data-logout-events', 'user-event-log-files'],
  },
  {
    id: 'wrong-org',
    rank: 'exact',
    words: ['wrong_org', 'bad_id'],
    meaning: 'the token belongs to another org or user than the address',
    causes: [sure('address and login are from two orgs', 'use the My Domain address of the org (Setup > My Domain)')],
    checks: ['host-org-id', 'login-instance-url'],
  },
  {
    id: 'invalid-scope',
    rank: 'exact',
    words: ['invalid_scope'],
    meaning: 'possibly the app lacks a scope that this page or request needs',
    causes: [possibly('the scope web is missing', app)],
    checks: ['login-scopes', 'app-scopes'],
  },
  {
    id: 'high-assurance',
    rank: 'exact',
    words: ['high-assurance session', 'high assurance session'],
    meaning: 'the org wants a session of high assurance, and a login by JWT has the standard level',
    causes: [
      possibly(
        'a session security policy of the org or the profile applies to the integration user',
        'Setup > Profiles > the profile of the user > Session Settings: require the standard level for this user'
      ),
    ],
    checks: ['login-accepted'],
  },
];
