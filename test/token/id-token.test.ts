import { createHash, createPublicKey } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { expect } from 'chai';
import { idTokenProblem, readSigningKeys, type IdTokenMeasure } from '../../src/token/id-token.ts';
import { assertionOf, fixture, type Claims } from '../emulator/test-client.ts';

const now = new Date('2026-11-21T10:00:00Z');
const seconds = now.getTime() / 1000;
const keySet = (name: string): JSONWebKeySet => ({
  keys: [
    { ...createPublicKey(fixture(name)).export({ format: 'jwk' }), kty: 'RSA', kid: '1', alg: 'RS256', use: 'sig' },
  ],
});
const halfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

const measure: IdTokenMeasure = {
  keys: keySet('rsa2048.key'),
  issuer: 'https://acme.my.salesforce.com',
  clientId: '3MVG9aquila',
  nonce: 'n-1',
  accessToken: '00Dxx!token',
  isThroughBrowser: false,
  now,
};
const claims: Claims = {
  iss: measure.issuer,
  sub: 'https://login.salesforce.com/id/00Dxx/005xx',
  aud: measure.clientId,
  iat: seconds,
  exp: seconds + 120,
  nonce: 'n-1',
  at_hash: halfHash(measure.accessToken),
};

/** An ID token with other claims, where undefined takes one away. */
const token = (changes: Claims = {}, key = 'rsa2048.key', header: Claims = { alg: 'RS256', kid: '1' }): string =>
  assertionOf(
    Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined)),
    key,
    header
  );

describe('the keys that an org shows', () => {
  const { kty, n, e } = createPublicKey(fixture('rsa2048.key')).export({ format: 'jwk' });
  const rsa = { kty, n, e, kid: '1', alg: 'RS256', use: 'sig' };

  it('are its RSA keys, without those of other kinds and those that lack something', () => {
    const keys = [
      rsa,
      { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
      { kty: 'RSA', n },
      { kty: 'RSA', n: 1, e },
      'none',
      null,
    ];
    expect(readSigningKeys({ keys })).to.deep.equal({ keys: [rsa] });
  });

  for (const shown of [{}, { keys: [] }, { keys: 'none' }, { keys: { ...rsa } }, { keys: [null] }]) {
    it(`are none in ${JSON.stringify(shown).slice(0, 40)}`, () => expect(readSigningKeys(shown)).to.equal(undefined));
  }
});

describe('an ID token', () => {
  const good: Array<[string, Claims, Partial<IdTokenMeasure>]> = [
    ['signed by the org, for this app and this request', {}, {}],
    ['without at_hash, which only some flows have', { at_hash: undefined }, {}],
    ['without a nonce where none was sent', { nonce: undefined }, { nonce: undefined }],
    ['for several apps, issued to this one', { aud: [measure.clientId, 'other'], azp: measure.clientId }, {}],
    ['that expired less than a minute ago, by two clocks', { exp: seconds - 59 }, {}],
  ];
  for (const [what, changes, more] of good) {
    it(`${what} holds`, async () => {
      expect(await idTokenProblem(token(changes), { ...measure, ...more })).to.equal(undefined);
    });
  }

  const unsigned = (): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part(claims)}.`;
  };
  const bad: Array<[string, () => string, RegExp]> = [
    ['with the nonce of another request', () => token({ nonce: 'n-2' }), /nonce is not the one/],
    ['without the nonce that was sent', () => token({ nonce: undefined }), /nonce is not the one/],
    ['for another app', () => token({ aud: 'other' }), /for another app/],
    ['for several apps, issued to another one', () => token({ aud: [measure.clientId, 'other'] }), /several apps/],
    ['of another issuer', () => token({ iss: 'https://evil.example' }), /somebody else/],
    ['that expired a minute ago', () => token({ exp: seconds - 61 }), /expired/],
    ['for another access token', () => token({ at_hash: halfHash('other') }), /another access token/],
    ['without exp', () => token({ exp: undefined }), /"exp" is missing or wrong/],
    ['without sub', () => token({ sub: undefined }), /"sub" is missing or wrong/],
    ['signed by another key', () => token({}, 'other2048.key'), /signature/],
    [
      'signed by a key that the org does not name',
      () => token({}, 'rsa2048.key', { alg: 'RS256', kid: '2' }),
      /signature/,
    ],
    ['that nobody signed', unsigned, /signature/],
    ['signed by another algorithm than RS256', () => token({}, 'rsa2048.key', { alg: 'HS256', kid: '1' }), /signature/],
    ['that is none', () => 'x.y.z', /signature/],
  ];
  for (const [what, make, words] of bad) {
    it(`${what} is refused`, async () => {
      const problem = await idTokenProblem(make(), measure);
      expect(problem?.code).to.equal('IdTokenRefused');
      expect(problem?.message)
        .to.match(words)
        .and.include(measure.issuer)
        .and.include('The access token was thrown away');
    });
  }

  it('without at_hash is refused where it came through a browser, and holds there with it', async () => {
    const inBrowser = { ...measure, isThroughBrowser: true };
    const problem = await idTokenProblem(token({ at_hash: undefined }), inBrowser);
    expect(problem?.code).to.equal('IdTokenUnbound');
    expect(problem?.message).to.include('at_hash');
    expect(await idTokenProblem(token(), inBrowser)).to.equal(undefined);
  });
});
