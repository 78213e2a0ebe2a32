import { expect } from 'chai';
import { inactiveCauses, readIntrospection, type InactiveEvidence } from '../../src/token/introspection.ts';

const read = (status: number, body: unknown): ReturnType<typeof readIntrospection> =>
  readIntrospection({
    ...{ method: 'POST', url: 'https://acme.my.salesforce.com/services/oauth2/introspect', status },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAt: new Date('2026-11-22T10:00:00Z'),
  });

describe('the answer to an introspection', () => {
  it('keeps the documented members and leaves out the others', () => {
    const told = {
      ...{ active: true, scope: 'api web', client_id: '3MVG9', username: 'ann@acme.com' },
      ...{ sub: 'https://login.salesforce.com/id/00D/005', token_type: 'access_token', exp: 3, iat: 1, nbf: 2 },
    };
    expect(read(200, { ...told, secret: 'x' })).to.deep.equal({ introspection: told });
  });

  it('drops members of another type than the documented one', () => {
    expect(read(200, { active: false, scope: ['api'], exp: 'soon', username: null })).to.deep.equal({
      introspection: { active: false },
    });
  });

  for (const [what, status, body, said] of [
    ['a refusal', 400, { error: 'invalid_client', error_description: 'invalid client credentials' }, 'invalid_client'],
    ['an error with status 200', 200, { error: 'server_error' }, 'server_error'],
    ['a yes in words', 200, { active: 'true' }, undefined],
    ['a yes with an error status', 500, { active: true }, undefined],
    ['a list', 200, [], undefined],
    ['a page', 200, '<html><title>Login</title></html>', undefined],
  ] as const) {
    it(`${what} is no answer`, () => {
      const answer = read(status, body);
      expect('refused' in answer && [answer.refused.status, answer.refused.error]).to.deep.equal([status, said]);
    });
  }
});

describe('why a token is not active', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const seconds = now.getTime() / 1000;
  const known: InactiveEvidence = { kind: 'access', ofAnotherOrg: false, now };

  for (const [what, evidence, first] of [
    ['with nothing else known', {}, ['it expired: its session', 'it was revoked', 'newer logins']],
    [
      'of a refresh token',
      { kind: 'refresh' },
      ['it expired by the refresh token policy', 'it was revoked', 'newer logins'],
    ],
    [
      'that nobody but the app asked about',
      { clientId: 'A' },
      ['it expired', 'it was revoked', 'it is of another app'],
    ],
    ['that userinfo refused too', { clientId: 'A', accepted: false }, ['it expired', 'it was revoked', 'newer logins']],
    ['that userinfo took', { clientId: 'A', accepted: true }, ['it is of another app', 'it comes from the username']],
    [
      'that userinfo took, and that names another app',
      { clientId: 'A', accepted: true, claims: { client_id: 'B' } },
      ['it is of another app'],
    ],
    ['that names another org', { ofAnotherOrg: true }, ['it was issued by another org than']],
    ['whose own end is now', { claims: { exp: seconds } }, ['it expired: the time']],
    ['whose own end is ahead', { claims: { exp: seconds + 1 } }, ['it expired: its session', 'it was revoked']],
  ] as ReadonlyArray<[string, Partial<InactiveEvidence>, string[]]>) {
    it(`${what}: ${first.join(', ')}`, () => {
      const texts = inactiveCauses({ ...known, ...evidence }).map(({ text }) => text);
      expect(first.map((text, at) => texts[at]?.startsWith(text))).to.deep.equal(first.map(() => true));
      if (first.length < 3 && first.length !== 2) expect(texts).to.have.length(first.length);
    });
  }

  it('the way to a new token is that of the login where there is one', () => {
    const fixes = inactiveCauses({ ...known, newToken: 'log in again' }).map(({ fix }) => fix);
    expect(fixes.slice(0, 2)).to.deep.equal(['log in again', 'log in again']);
  });
});
