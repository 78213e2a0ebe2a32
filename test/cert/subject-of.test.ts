import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createCertificate } from '../../src/cert/create.ts';
import { subjectOf } from '../../src/cert/subject-of.ts';
import { parseSubject } from '../../src/cert/subject.ts';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/keys/${name}`, import.meta.url), 'utf8');

describe('cert: the subject of a certificate for a new one', () => {
  const privateKey = createPrivateKey(fixture('rsa2048.key'));
  for (const text of [
    'C=PH,O=Acme,CN=AQUILA',
    'CN=AQUILA',
    'C=PH,ST=Cebu,L=Cebu City,O=Niños \\, Söhne,OU=SOC,OU=Night,CN=監視,emailAddress=soc@acme.com',
  ]) {
    it(`of "${text}" has the same attributes in the same order`, async () => {
      const subject = parseSubject(text);
      const now = new Date('2026-11-22T00:00:00Z');
      const made = await createCertificate({ privateKey, subject, days: 1, now, random: new Uint8Array(16) });
      expect(subjectOf(made.certificate)).to.deep.equal(subject);
    });
  }

  it('of one that OpenSSL made is read', () => {
    expect(subjectOf(new X509Certificate(fixture('rsa2048.crt')))).to.deep.equal([
      { key: 'C', value: 'PH' },
      { key: 'O', value: 'Acme' },
      { key: 'CN', value: 'AQUILA (rsa2048)' },
    ]);
  });

  it('leaves out attributes that a new certificate can not have, and reads other encodings', () => {
    expect(subjectOf(new X509Certificate(unusual))).to.deep.equal([
      { key: 'O', value: 'Acme' },
      { key: 'CN', value: 'ÄQUILA' },
    ]);
  });
});

/** By OpenSSL: `/DC=acme/O=Acme+serialNumber=7/CN=ÄQUILA`, CN as BMPString, and O in one set with the number; Ed25519, so that it is short. */
const unusual = `-----BEGIN CERTIFICATE-----
MIIBSDCB+wIUEL9rpcdFWE1Vh2pDl6z7c/rx6LwwBQYDK2VwMEYxFDASBgoJkiaJ
k/IsZAEZFgRhY21lMRcwCAYDVQQFEwE3MAsGA1UEChMEQWNtZTEVMBMGA1UEAx4M
AMQAUQBVAEkATABBMCAXDTI2MTEyMjA1NDE1N1oYDzIxMjYxMDI5MDU0MTU3WjBG
MRQwEgYKCZImiZPyLGQBGRYEYWNtZTEXMAgGA1UEBRMBNzALBgNVBAoTBEFjbWUx
FTATBgNVBAMeDADEAFEAVQBJAEwAQTAqMAUGAytlcAMhABgkvZqSOkIfM7zGIDwM
c7hRcIC4S7uQWz9c83jmV7SOMAUGAytlcANBAJHQSo2ogWKLuybvuGX8IkXBfvl8
zyzb9l413oJigOUTZZOFRWpkzlMVBPlrrSdq5aibkKyjBJHYy1DTfnEOfAE=
-----END CERTIFICATE-----`;
