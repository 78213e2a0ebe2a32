import { expect } from 'chai';
import { explain, explains } from './explaining.ts';

describe('explain: answers of an org, and Login History', () => {
  explains([
    [
      '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
      /no longer valid/,
      'login-accepted',
      '!??',
    ],
    [
      '[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]',
      /not for the API; a new login changes nothing/,
      'app-scopes',
      '!!!',
    ],
    [
      '<faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session</faultstring>',
      /no longer valid/,
      'login-accepted',
      '!??',
    ],
    ['Bad_OAuth_Token', /no longer valid/, 'login-accepted', '!??'],
    ['INVALID_AUTH_HEADER', /no token that could be read/, 'login-accepted', '?'],
    ['Missing_OAuth_Token', /no token that could be read/, 'login-accepted', '?'],
    ['{"error":"invalid_token"}', /knows it no more/, undefined, '!?'],
    ['error=unsupported_token_type', /no token that this endpoint ends/, undefined, '?'],
    ['INVALID_JWT_FORMAT', /^possibly/, 'login-token-format', '?'],
    [
      '[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]',
      /lets this user use no API/,
      'user-api-enabled',
      '!?',
    ],
    ['REQUEST_LIMIT_EXCEEDED', /used up its API requests/, 'data-api-limit', '!'],
    ['INSUFFICIENT_ACCESS', /may not do what was asked/, 'user-event-log-files', '!'],
    [
      `[{"message":"sObject type 'LoginEvent' is not supported.","errorCode":"INVALID_TYPE"}]`,
      /stored real-time events/,
      'user-real-time-events',
      '!!!',
    ],
    ['MALFORMED_QUERY', /what a query names/, 'data-event-log-files', '??'],
    ['Wrong_Org', /another org or user/, 'host-org-id', '!'],
    ['Bad_Id', /another org or user/, 'host-org-id', '!'],
    ['403 Invalid_Scope', /^possibly/, 'app-scopes', '?'],
    ['high-assurance session required', /standard level/, 'login-accepted', '?'],
    [
      '{"error":"invalid_grant","error_description":"no client credentials user enabled"}',
      /no user is named/,
      'app-client-credentials',
      '!',
    ],
    [
      '{"error":"invalid_grant","error_description":"client credentials flow not enabled"}',
      /AQUILA does not use it/,
      'app-client-credentials',
      '!',
    ],
    [
      '{"error":"invalid_grant","error_description":"no valid scopes defined"}',
      /no scope that the client credentials flow/,
      'app-scopes',
      '!?',
    ],
    [
      '{"error":"invalid_grant","error_description":"expired access/refresh token"}',
      /refresh token is expired/,
      'app-refresh-token',
      '!',
    ],
    [
      '{"error":"redirect_uri_mismatch","error_description":"redirect_uri must match configuration"}',
      /callback URL/,
      'app-callback-url',
      '!',
    ],
    ['OAUTH_APP_BLOCKED: this app is blocked by admin', /blocked the app/, 'app-enabled', '!'],
    ['LOGIN_OAUTH_INVALID_DSIG', /signature.*does not fit the certificate/, 'app-certificate', '!'],
    ['Failed: Signature Invalid', /signature.*does not fit the certificate/, 'app-certificate', '!'],
    ['Failed: IP Address Not Allowed', /address that is not allowed/, 'login-accepted', '!'],
    ['Failed: Invalid Timestamp', /clock/, 'host-clock', '!'],
    ['Failed: Get Access Token Limit Exceeded', /too many access tokens/, 'login-token-format', '!'],
    ['Failed: Missing Consumer Key Parameter', /no client id/, 'app-found', '!'],
    ['Failed: OAuth API access disabled', /may not use the API/, 'user-api-enabled', '?'],
    ['Failed: Consumer Deleted', /was deleted/, 'app-found', '!'],
    ['Package for this consumer is not installed in your organization', /not installed in this org/, 'app-found', '!'],
    ['LOGIN_ERROR_USER_INACTIVE', /user is inactive/, 'user-active', '!'],
    ['LOGIN_ERROR_USER_FROZEN', /user is frozen/, 'user-active', '!'],
    ['Failed: Not approved for access', /possibly not pre-authorised/, 'user-preauthorized', '?'],
  ]);

  it('a licence that is missing is told apart from a permission', () => {
    const [found] = explain("INVALID_TYPE: sObject type 'LoginEvent' is not supported.");
    expect(found?.causes.map(({ text }) => /permission|add-on|storage/.exec(text)?.[0])).to.deep.equal([
      'permission',
      'add-on',
      'storage',
    ]);
  });
});
