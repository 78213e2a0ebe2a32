import { expect } from 'chai';
import { orgOfToken, readTokenClaims } from '../../src/token/token-claims.ts';

const jwt = (payload: unknown): string =>
  ['{"alg":"RS256"}', JSON.stringify(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

describe('what a token says of itself', () => {
  it('is nothing for an opaque token', async () => {
    expect(await readTokenClaims('00D5g00000Acme1!AQcAQH0dMHEXAMPLE.x.y')).to.deep.equal({ format: 'opaque' });
  });

  it('is the claims that are known, with scp as scope, and no other', async () => {
    const claims = { iss: 'https://acme', sub: 'uid:005', exp: 3, iat: 1, nbf: 2, client_id: '3MVG9' };
    expect(await readTokenClaims(jwt({ ...claims, scp: 'api web', jti: 'x', roles: [] }))).to.deep.equal({
      ...{ format: 'jwt', claims: { ...claims, scope: 'api web' } },
    });
  });

  for (const [what, token] of [
    ['two parts', 'eyJhIjoxfQ.eyJhIjoxfQ'],
    ['a payload that is no JSON', 'eyJhIjoxfQ.bm90IGpzb24.c2ln'],
    ['a payload that is a list', jwt([])],
  ] as const) {
    it(`is nothing for ${what}`, async () => {
      expect(await readTokenClaims(token)).to.deep.equal({ format: 'opaque' });
    });
  }

  it('is its org, where an opaque token begins with one', () => {
    expect(['00D5g00000Acme1!AQ', '00D5g00000Acme1EAB!AQ', jwt({}), '5Aep861'].map(orgOfToken)).to.deep.equal([
      ...['00D5g00000Acme1', '00D5g00000Acme1', undefined, undefined],
    ]);
  });
});
