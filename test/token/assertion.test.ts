import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { assertionForm, signAssertion } from '../../src/token/assertion.ts';

const key = createPrivateKey(readFileSync(new URL('../fixtures/keys/rsa2048.key', import.meta.url)));
const claims = { clientId: '3MVG9', username: 'integration@acme.com', audience: 'https://acme.my.salesforce.com' };
const decode = (part: string | undefined): unknown => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

describe('signAssertion', () => {
  it('holds exactly iss, sub, aud and exp, three minutes ahead in whole seconds', async () => {
    const [header, payload] = (await signAssertion(claims, key, new Date('2026-11-21T10:00:00.999Z'))).split('.');
    expect(decode(header)).to.deep.equal({ alg: 'RS256' });
    expect(decode(payload)).to.deep.equal({
      iss: '3MVG9',
      sub: 'integration@acme.com',
      aud: 'https://acme.my.salesforce.com',
      exp: Date.UTC(2026, 10, 21, 10, 3, 0) / 1000,
    });
  });

  it('is signed with RSASSA-PKCS1-v1_5 and SHA-256 by the key', async () => {
    const [header, payload, signature] = (await signAssertion(claims, key, new Date(0))).split('.');
    const signed = Buffer.from(`${header ?? ''}.${payload ?? ''}`);
    expect(verify('sha256', signed, createPublicKey(key), Buffer.from(signature ?? '', 'base64url'))).to.equal(true);
  });

  it('goes into a form with two fields and nothing else', () => {
    expect(assertionForm('a.b.c').toString()).to.equal(
      'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b.c'
    );
  });
});
