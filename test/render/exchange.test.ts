import { expect } from 'chai';
import { exchangeWatcher, type SentRequest } from '../../src/render/exchange.ts';
import type { HttpAnswer } from '../../src/token/response.ts';

const url = 'https://acme.my.salesforce.com/services/oauth2/token';
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: '3MVG9app', sub: 'integration@acme.com', aud: 'https://acme.my.salesforce.com', exp: 1795168980 };
const assertion = `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

type Exchange = { form?: Record<string, string>; request?: Partial<SentRequest>; answer?: Partial<HttpAnswer> };

function told({ form, request, answer }: Exchange, columns = 80): string {
  let text = '';
  const watcher = exchangeWatcher((more) => (text += more), columns);
  watcher.request({ url, ...(form && { form: new URLSearchParams(form) }), ...request });
  if (answer) watcher.answer({ method: 'POST', url, status: 200, body: '', receivedAt: new Date(0), ...answer });
  return text;
}
const json = (body: object): Partial<HttpAnswer> => ({ body: JSON.stringify(body), contentType: 'application/json' });

describe('an exchange with an org, as text', () => {
  it('says what the request is for, where it goes, and what its assertion claims', () => {
    const lines = told({ form: { grant_type: jwtBearer, assertion } }).split('\n');
    expect(lines[0]).to.match(/^Step 1 {2}The app asks for a token with an assertion/);
    expect(lines.join(' ').replace(/\s+/g, ' ')).to.include('RFC 7523, section 2.1');
    expect(lines.slice(lines.indexOf(`> POST ${url}`))).to.deep.equal([
      `> POST ${url}`,
      `>   grant_type: ${jwtBearer}`,
      `>   assertion: [masked, ${String(assertion.length)} characters]`,
      '>     iss: 3MVG9app',
      '>     sub: integration@acme.com',
      '>     aud: https://acme.my.salesforce.com',
      '>     exp: 1795168980 (2026-11-20T10:03:00.000Z)',
      '',
    ]);
  });

  it('counts the steps, and says which of them an answer belongs to when several are on the way', () => {
    let text = '';
    const watcher = exchangeWatcher((more) => (text += more), 80);
    const [one, two] = ['userinfo', 'introspect'].map(
      (path) => `https://acme.my.salesforce.com/services/oauth2/${path}`
    );
    for (const address of [one!, two!]) watcher.request({ url: address, bearer: '00Dxx!AQ.token' });
    for (const address of [two!, one!]) {
      watcher.answer({ method: 'GET', url: address, status: 200, body: '{}', receivedAt: new Date(0) });
    }
    expect(text.match(/Step \d|step \d/g)).to.deep.equal(['Step 1', 'Step 2', 'step 2', 'step 1']);
    expect(text).to.match(/\n\nStep 2/);
  });

  const steps: Array<[what: string, form: Record<string, string>, says: string]> = [
    ['client credentials', { grant_type: 'client_credentials' }, 'RFC 6749, section 4.4'],
    ['a refresh token', { grant_type: 'refresh_token' }, 'RFC 6749, section 6'],
    ['a password', { grant_type: 'password' }, 'RFC 6749, section 4.3'],
    ['a code', { grant_type: 'authorization_code' }, 'RFC 7636, section 4.5'],
    ['the start of the device flow', { response_type: 'device_code' }, 'RFC 8628, section 3.1'],
    ['a question of the device flow', { grant_type: 'device' }, 'RFC 8628, section 3.4'],
    ['a SAML bearer assertion', { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer' }, 'RFC 7522'],
    ['a SAML response', { grant_type: 'assertion' }, 'SAML assertion flow'],
    ['an asset token', { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' }, 'asset token for the device'],
    [
      'a foreign token',
      { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', token_handler: 'Okta' },
      'another identity provider',
    ],
  ];
  for (const [what, form, says] of steps) {
    it(`explains ${what} by where it is defined`, () => {
      expect(told({ form }).replace(/\s+/g, ' ')).to.include(says);
    });
  }

  it('masks every field of an answer that is not known to be no secret, and counts what says little', () => {
    const text = told({
      answer: json({
        access_token: '00Dxx!AQsecret',
        scope: 'api',
        frontdoor_uri: 'https://x',
        name: 'Ada',
        zone: 'PST',
      }),
    });
    expect(text).to.include('< HTTP 200 in answer to step 1').and.to.include('<   scope: api');
    expect(text).to.include('<   access_token: [masked, 14 characters]').and.to.include('<   and 3 more fields');
    expect(text).not.to.match(/secret\b|Ada|https:\/\/x/);
  });

  it('masks a secret that the answer repeats', () => {
    const text = told({
      form: { grant_type: 'password', username: 'ada@acme.com', password: 'correct horse' },
      answer: json({ error: 'invalid_grant', error_description: 'no user has the password correct horse' }),
    });
    expect(text).to.include('no user has the password [masked]').and.not.include('correct horse');
  });

  it('masks Basic and Bearer', () => {
    const text = told({ request: { headers: { authorization: 'Basic M01WRzk6c2VjcmV0' }, bearer: '00Dxx!AQsecret' } });
    expect(text).to.include('Authorization: Basic [masked]').and.to.include('Authorization: Bearer [masked]');
    expect(text).not.to.match(/M01W|00Dxx/);
  });

  it('shows of a page that it is one, and nothing of its body', () => {
    const page = { status: 503, body: '<html>token 00Dxx!AQ</html>', contentType: 'text/html; charset=utf-8' };
    expect(told({ answer: page })).to.include('< HTTP 503 in answer to step 1, text/html, 27 characters');
    expect(told({ answer: page })).not.to.include('00Dxx');
    expect(told({ answer: { status: 200, body: '' } })).to.include('without a body');
  });

  it('lets nobody write on the terminal', () => {
    const text = told({ answer: json({ error: 'x', error_description: 'a\u001b[2Jb\nline\u202Eend' }) });
    expect(text.replaceAll('\n', '')).not.to.match(/[\p{Cc}\u202E]/u);
  });

  for (const columns of [60, 80]) {
    it(`fits ${String(columns)} columns, whatever is in it`, () => {
      const long = 'x'.repeat(500);
      const text = told(
        {
          form: { grant_type: jwtBearer, assertion, client_id: long, redirect_uri: long },
          answer: json({ error: 'x', error_description: `${long} ${long}`, instance_url: `https://${long}` }),
        },
        columns
      );
      const lines = text.split('\n').filter((line) => !line.startsWith('> POST'));
      expect(lines.filter((line) => line.length > columns && !line.includes('[masked'))).to.deep.equal([]);
      expect(text).to.include('…');
    });
  }
});
