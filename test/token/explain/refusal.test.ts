import { expect } from 'chai';
import { refusalRows as documented } from '../../../src/token/refusal-rows.ts';
import { explain, explains } from './explaining.ts';

/** The body of a refusal as the token endpoint sends it. */
const body = (error: string, description: string): string => JSON.stringify({ error, error_description: description });

describe('explain: refusals of the token endpoint', () => {
  explains([
    [
      body('invalid_grant', "user hasn't approved this consumer"),
      /no approval of this user/,
      'user-preauthorized',
      '!!!???',
    ],
    [
      body('invalid_app_access', 'user is not admin approved to access this app'),
      /only users that an admin approved/,
      'user-preauthorized',
      '!',
    ],
    [body('invalid_grant', 'invalid assertion'), /signature or the form/, 'app-certificate', '!!'],
    [body('invalid_client', 'invalid client credentials'), /how the app identified itself/, 'app-certificate', '??'],
    [body('invalid_grant', 'audience is invalid'), /does not accept the audience/, 'host-url', '!'],
    [body('invalid_grant', 'Audience validation failed'), /does not accept the audience/, 'host-url', '!'],
    [body('invalid_grant', 'expired authorization code'), /had expired when Salesforce read it/, 'host-clock', '!?'],
    [body('invalid_client_id', 'client identifier invalid'), /no app with this client id/, 'app-found', '!!!'],
    [
      body('app_not_found', 'External client app is not installed in this org'),
      /external client app is not known/,
      'host-url',
      '!!???',
    ],
    [
      body(
        'invalid_request',
        'refresh_token scope is required and the connected app should be installed and preauthorized.'
      ),
      /refresh_token scope, or is not installed and pre-authorised/,
      'app-scopes',
      '!!',
    ],
    [body('invalid_grant', 'ip restricted'), /address or at an hour/, 'login-accepted', '!?'],
    [body('invalid_grant', 'ip restricted or invalid login hours'), /address or at an hour/, 'login-accepted', '!?'],
    [body('invalid_grant', 'login rate exceeded'), /too often/, 'login-accepted', '!'],
    [body('invalid_grant', 'inactive user'), /user is not active/, 'user-active', '?'],
    [body('inactive_user', ''), /user is not active/, 'user-active', '!'],
    [body('inactive_org', ''), /org is not active/, 'login-accepted', '!'],
    [body('rate_limit_exceeded', ''), /no more logins for a while/, 'login-accepted', '!'],
    [body('invalid_grant', 'authentication failure'), /could not authenticate/, 'user-active', '?????'],
    [body('invalid_client', 'app must be installed into org'), /blocks apps that are not installed/, 'app-found', '!'],
    [
      body('unsupported_grant_type', 'grant type not supported'),
      /token endpoint that knows this flow/,
      'host-url',
      '!',
    ],
    [body('unknown_error', 'retry your request'), /without naming a reason/, 'login-accepted', '!!'],
    [body('invalid_request', 'scope parameter not supported'), /named a scope/, 'login-accepted', '?'],
    [body('invalid_grant', 'request not supported on this domain'), /only at the My Domain/, 'host-url', '!'],
    [body('invalid_grant', 'activation secret invalid'), /activated first/, 'login-accepted', '?'],
    ['<html><head><title>Data Not Available</title></head></html>', /a page came/, 'host-reachable', '!!'],
    ['ERROR_HTTP_503', /a page came/, 'host-reachable', '!!'],
    ['OAUTH_APP_ACCESS_DENIED', /only users that an admin approved/, 'user-preauthorized', '!'],
    ['OAUTH_EC_APP_NOT_FOUND', /external client app is not known/, 'host-url', '!!???'],
    ['OAUTH_APPROVAL_ERROR_GENERIC', /blocks apps that are not installed/, 'app-found', '!'],
    ["We can't authorize you because of an OAuth error", /blocks apps that are not installed/, 'app-found', '!'],
    ['client identifier invalid', /no app with this client id/, 'app-found', '!!!'],
    ['External client app is not installed in this org', /external client app is not known/, 'host-url', '!!???'],
  ]);

  it('every row of the table that the login itself uses is found, with its causes first and in their order', () => {
    for (const { error, description, causes, page } of documented) {
      if (page) continue;
      const [first] = explain(body(error ?? '', description ?? ''));
      expect(
        first?.causes.slice(0, causes.length).map(({ text }) => text),
        description ?? error
      ).to.deep.equal(causes.map(({ text }) => text));
    }
  });

  it('a code with words that nobody has documented gets no invented cause, and the way to see more', () => {
    for (const error of ['invalid_grant', 'invalid_client', 'invalid_request']) {
      const [only, ...others] = explain(body(error, 'the moon is in the wrong phase'));
      expect([only?.causes, others]).to.deep.equal([[], []]);
      expect(only?.fix).to.include('sf aquila verify --target-org ORG');
    }
  });
});
