import { expect } from 'chai';
import { refusalLine } from '../../src/token/refusal.ts';
import { readTokenAnswer } from '../../src/token/response.ts';

const grant = {
  access_token: '00DxSECRET',
  scope: 'web openid api',
  instance_url: 'https://acme.my.salesforce.com/',
  id: 'https://login.salesforce.com/id/00Dxx0000000000EAA/005xx0000000000AAA',
  token_type: 'Bearer',
};
const answer = (status: number, body: unknown): ReturnType<typeof readTokenAnswer> =>
  readTokenAnswer({
    method: 'POST',
    url: 'https://acme.my.salesforce.com/services/oauth2/token',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAt: new Date(0),
  });
const refused = (
  status: number,
  body: unknown
): Extract<ReturnType<typeof answer>, { refused: unknown }>['refused'] => {
  const read = answer(status, body);
  if (!('refused' in read)) throw new Error('granted');
  return read.refused;
};

describe('readTokenAnswer', () => {
  it('reads the five documented keys, and drops the slash behind the instance URL', () => {
    expect(answer(200, grant)).to.deep.equal({
      granted: {
        accessToken: '00DxSECRET',
        instanceUrl: 'https://acme.my.salesforce.com',
        id: grant.id,
        orgId: '00Dxx0000000000EAA',
        userId: '005xx0000000000AAA',
        scopes: ['web', 'openid', 'api'],
      },
    });
  });

  it('does not care about keys that it does not know, nor miss those of other flows', () => {
    expect(answer(200, { ...grant, issued_at: '1', signature: 'x', token_format: 'jwt' })).to.have.property('granted');
  });

  for (const key of ['access_token', 'instance_url', 'id'] as const) {
    it(`takes a 200 without ${key} for a refusal`, () => {
      expect(answer(200, { ...grant, [key]: undefined })).to.have.property('refused');
    });
  }

  it('refuses an instance URL that is not https, since the token would go there', () => {
    const words = refused(200, { ...grant, instance_url: 'http://acme.my.salesforce.com/x?y' });
    expect(words.causes.map(({ id }) => id)).to.deep.equal(['instance-url-without-tls']);
    expect(words.causes[0]?.fix).to.include('My Domain');
    expect(refusalLine(words)).to.equal(
      'HTTP 200, with the instance URL http://acme.my.salesforce.com, which is not https'
    );
  });

  it('repeats nothing of an instance URL that is no address', () => {
    const words = refused(200, { ...grant, instance_url: '\u001b[2J 00DxSECRET' });
    expect(refusalLine(words)).to.equal('HTTP 200, with an instance URL that is not https');
  });

  it('refuses an identity URL that names no org', () => {
    expect(answer(200, { ...grant, id: 'https://login.salesforce.com/id/x/y' })).to.have.property('refused');
  });

  const rows: Array<[string, number, string, string | undefined, string | undefined, string[]]> = [
    [
      'E1',
      400,
      'invalid_grant',
      "user hasn't approved this consumer",
      'not-pre-authorised',
      ['wrong-host', 'not-replicated'],
    ],
    ['E2', 400, 'invalid_app_access', 'user is not admin approved to access this app', 'not-pre-authorised', []],
    ['E3', 400, 'invalid_grant', 'invalid assertion', 'key-mismatch', ['app-just-edited']],
    ['E4', 400, 'invalid_grant', 'audience is invalid', 'audience-mismatch', []],
    ['E4b', 400, 'invalid_grant', 'Audience validation failed', 'audience-mismatch', []],
    ['E5', 400, 'invalid_grant', 'expired authorization code', 'clock', []],
    ['E6', 400, 'invalid_client_id', 'client identifier invalid', 'wrong-client-id', ['wrong-host', 'not-replicated']],
    ['E7', 400, 'app_not_found', 'External client app is not installed in this org', 'wrong-host', ['app-disabled']],
    [
      'E8',
      400,
      'invalid_request',
      'refresh_token scope is required and the connected app should be installed and preauthorized.',
      'scope-missing',
      ['not-pre-authorised'],
    ],
    ['E9', 400, 'invalid_grant', 'ip restricted', 'ip-restricted', ['login-hours']],
    ['E9', 400, 'invalid_grant', 'ip restricted or invalid login hours', 'ip-restricted', ['login-hours']],
    ['E10', 400, 'invalid_grant', 'login rate exceeded', 'login-rate', []],
    ['E11', 400, 'invalid_grant', 'inactive user', 'user-inactive', []],
    ['E12', 400, 'inactive_user', undefined, 'user-inactive', []],
    ['E12', 400, 'inactive_org', undefined, 'org-inactive', []],
    ['E12', 400, 'rate_limit_exceeded', undefined, 'login-rate', []],
    ['E13', 400, 'invalid_grant', 'authentication failure', 'password-or-lock', ['wrong-username']],
    ['E14', 400, 'invalid_client', 'invalid client credentials', 'key-mismatch', ['client-secret']],
    ['E15', 400, 'invalid_client', 'app must be installed into org', 'app-not-installed', []],
    ['E16', 400, 'unsupported_grant_type', 'grant type not supported', 'not-a-token-endpoint', []],
    ['E17', 400, 'unknown_error', 'retry your request', 'transient', ['not-a-token-endpoint']],
    ['E18', 400, 'invalid_request', 'scope parameter not supported', 'scope-sent', []],
    ['E19', 400, 'invalid_grant', 'request not supported on this domain', 'wrong-host', []],
    ['E22', 400, 'invalid_grant', 'activation secret invalid', 'activation', []],
  ];
  for (const [row, status, error, description, first, more] of rows) {
    it(`${row}: ${error} / ${description ?? 'no description'} is led by ${first ?? ''}`, () => {
      const found = refused(status, { error, error_description: description });
      expect(found.row).to.equal(row);
      expect(found.causes[0]?.id).to.equal(first);
      expect(found.causes.map(({ id }) => id)).to.include.members(more);
      expect([found.error, found.errorDescription]).to.deep.equal([error, description]);
    });
  }

  it('matches descriptions whatever their case, because captures differ', () => {
    expect(refused(400, { error: 'invalid_grant', error_description: 'INVALID ASSERTION.' }).row).to.equal('E3');
  });

  it('E20: a page in place of an answer is named by its title, never by its content', () => {
    const found = refused(503, '<html><head><title>Data Not Available</title></head><body>00DxSECRET</body></html>');
    expect(found.row).to.equal('E20');
    expect(found.causes[0]?.id).to.equal('maintenance');
    expect(refusalLine(found)).to.equal('HTTP 503, Data Not Available');
    expect(JSON.stringify(found)).not.to.include('SECRET');
  });

  it('a page with a status of success or 4xx points to a wrong address first', () => {
    expect(refused(200, '<html><h1>Login</h1></html>').causes[0]?.id).to.equal('not-a-token-endpoint');
    expect(refused(404, '<html></html>').causes[0]?.id).to.equal('not-a-token-endpoint');
  });

  it('invents no cause for words that nobody has documented', () => {
    const found = refused(400, { error: 'invalid_grant', error_description: 'the moon is in the wrong house' });
    expect(found).to.deep.include({ row: undefined, causes: [] });
    expect(refusalLine(found)).to.equal('invalid_grant: the moon is in the wrong house');
  });

  it('lets nobody who answers in place of Salesforce write on the terminal', () => {
    const found = refused(400, {
      error: 'invalid_\u001b[31mgrant',
      error_description: 'clear\r\n\u001b[2J\u009b2J the screen',
    });
    expect(refusalLine(found)).to.equal('invalid_ [31mgrant: clear [2J 2J the screen');
    expect(refusalLine(refused(502, '<title>Bad\u001b[2J gate\u202Eway</title>'))).to.equal(
      'HTTP 502, Bad [2J gate way'
    );
  });

  it('keeps the words apart from an answer that has none', () => {
    expect(refusalLine(refused(500, '{}'))).to.equal('HTTP 500, without an error code');
    expect(refusalLine(refused(502, ''))).to.equal('HTTP 502, an empty answer');
  });
});
