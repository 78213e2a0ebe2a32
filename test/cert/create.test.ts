import { X509Certificate, createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createCertificate, type NewCertificateInput } from '../../src/cert/create.ts';
import { describeCertificate } from '../../src/cert/certificate.ts';
import { childrenOf, oidOf, readElement, type DerElement } from '../../src/cert/der.ts';
import { parseSubject } from '../../src/cert/subject.ts';
import { keyFilePath, keyPair } from './key-files.ts';
import { refusalOf } from './refusal.ts';

const privateKey = createPrivateKey(keyPair('rsa2048.key'));
const now = new Date('2026-11-21T10:20:30.456Z');
const input = (changes: Partial<NewCertificateInput> = {}): NewCertificateInput => ({
  privateKey,
  subject: parseSubject('C=PH,ST=Metro Manila,L=Makati,O=Acme Ü 鍵 😀,OU=a@b_c,CN=AQUILA,emailAddress=admin@acme.com'),
  days: 365,
  now,
  random: Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
  ...changes,
});

function tree(pem: string): DerElement {
  const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
  const whole = readElement(der);
  if (whole?.length !== der.length) throw new Error('bytes behind the end');
  return whole;
}

const at = (element: DerElement, ...path: number[]): DerElement =>
  path.reduce((parent, index) => childrenOf(parent)[index]!, element);

describe('createCertificate', () => {
  it('the same input gives the same bytes', async () => {
    const [one, two] = [await createCertificate(input()), await createCertificate(input())];
    expect(one.certificatePem).to.equal(two.certificatePem);
    expect(one.csrPem).to.equal(two.csrPem);
  });

  it('is self-signed with SHA-256 by the key, and says so', async () => {
    const { certificate } = await createCertificate(input());
    expect(describeCertificate(certificate, now)).to.deep.include({
      subject: 'C=PH, ST=Metro Manila, L=Makati, O=Acme Ü 鍵 😀, OU=a@b_c, CN=AQUILA, emailAddress=admin@acme.com',
      issuer: certificate.subject.replaceAll('\n', ', '),
      notBefore: '2026-11-21T10:15:30Z',
      notAfter: '2027-11-21T10:20:30Z',
      daysLeft: 365,
      keyBits: 2048,
      signatureAlgorithm: 'sha256WithRSAEncryption',
      selfSigned: true,
    });
    expect(certificate.checkPrivateKey(privateKey)).to.be.true;
    expect(certificate.ca).to.be.false;
  });

  it('is version 3 with basicConstraints (critical, no CA), SKI and AKI, and nothing else', async () => {
    const { certificatePem } = await createCertificate(input());
    const certificate = tree(certificatePem);
    expect(Buffer.from(at(certificate, 0, 0, 0).contents).toString('hex')).to.equal('02');
    const extensions = childrenOf(at(certificate, 0, 7, 0));
    expect(extensions.map((extension) => oidOf(childrenOf(extension)[0]))).to.deep.equal([
      '2.5.29.19',
      '2.5.29.14',
      '2.5.29.35',
    ]);
    expect(extensions.map((extension) => childrenOf(extension).length)).to.deep.equal([3, 2, 2]);
    expect(Buffer.from(extensions[0]!.contents).toString('hex')).to.equal('0603551d130101ff04023000');
  });

  it('writes C as PrintableString, the address as IA5String, all else as UTF8String', async () => {
    const { certificatePem, csrPem } = await createCertificate(input());
    for (const name of [at(tree(certificatePem), 0, 5), at(tree(certificatePem), 0, 3), at(tree(csrPem), 0, 1)]) {
      const types = childrenOf(name).map((rdn) => at(rdn, 0, 1).tag);
      expect(types).to.deep.equal([0x13, 0x0c, 0x0c, 0x0c, 0x0c, 0x0c, 0x16]);
    }
  });

  const serials: Array<[string, string]> = [
    ['00112233445566778899aabbccddeeff', '01112233445566778899AABBCCDDEEFF'],
    ['80112233445566778899aabbccddeeff', '01112233445566778899AABBCCDDEEFF'],
    ['ff112233445566778899aabbccddeeff', '7F112233445566778899AABBCCDDEEFF'],
    ['7e000000000000000000000000000000', '7E000000000000000000000000000000'],
  ];
  for (const [random, serialNumber] of serials) {
    it(`${random} gives the positive serial ${serialNumber}`, async () => {
      const { certificate, certificatePem } = await createCertificate(input({ random: Buffer.from(random, 'hex') }));
      expect(certificate.serialNumber).to.equal(serialNumber);
      expect(at(tree(certificatePem), 0, 1).contents).to.have.length(16);
    });
  }

  const ends: Array<[string, number, number]> = [
    ['2049-12-31T23:59:59Z', 1, 0x18], // a day later is in 2050
    ['2049-12-30T23:59:59Z', 1, 0x17],
    ['2049-12-31T00:00:00Z', 1, 0x18],
    ['2050-06-01T00:00:00Z', 1, 0x18],
    ['2026-11-21T00:00:00Z', 36_500, 0x18],
  ];
  for (const [from, days, tag] of ends) {
    it(`${days} days from ${from} end in ${tag === 0x17 ? 'UTCTime' : 'GeneralizedTime'}`, async () => {
      const start = new Date(from);
      const { certificate, certificatePem } = await createCertificate(input({ now: start, days }));
      expect(at(tree(certificatePem), 0, 4, 1).tag).to.equal(tag);
      expect(Date.parse(certificate.validTo)).to.equal(start.getTime() + days * 86_400_000);
      expect(describeCertificate(certificate, start).daysLeft).to.equal(days);
    });
  }

  it('the request holds the same subject and key, is signed with SHA-256, and has no attributes', async () => {
    const { csrPem, certificatePem } = await createCertificate(input());
    const csr = tree(csrPem);
    expect(at(csr, 0, 1).contents).to.deep.equal(at(tree(certificatePem), 0, 5).contents);
    expect(oidOf(at(csr, 1, 0))).to.equal('1.2.840.113549.1.1.11');
    expect([at(csr, 0, 3).tag, at(csr, 0, 3).length]).to.deep.equal([0xa0, 2]);
    const der = Buffer.from(csrPem.replace(/-----.*-----/g, ''), 'base64');
    const info = der.subarray(4, 4 + at(csr, 0).length);
    expect(verify('sha256', info, createPublicKey(privateKey), at(csr, 2).contents.subarray(1))).to.be.true;
  });

  it('PEM lines end in LF and have at most 64 characters', async () => {
    const { csrPem, certificatePem } = await createCertificate(input());
    for (const pem of [csrPem, certificatePem]) {
      expect(pem).to.not.include('\r');
      expect(pem.endsWith('-----\n')).to.be.true;
      expect(Math.max(...pem.split('\n').map((line) => line.length))).to.equal(64);
    }
  });

  it('the longest ASCII subject fits, the longest in four-byte characters is refused', async () => {
    const longest = (letter: string): string =>
      `C=PH,${['ST', 'L'].map((key) => `${key}=${letter.repeat(128)}`).join(',')},` +
      `${['O', 'OU', 'CN'].map((key) => `${key}=${letter.repeat(64)}`).join(',')},emailAddress=${'a'.repeat(255)}`;
    const { certificatePem } = await createCertificate(input({ subject: parseSubject(longest('x')) }));
    expect(certificatePem.length).to.be.below(4096);
    const tooLong = { subject: parseSubject(longest('😀')) };
    expect(await refusalOf(() => createCertificate(input(tooLong)))).to.equal('CertificateTooLarge');
  });

  it('is refused if it does not hold: a key whose numbers were changed', async () => {
    const broken = createPrivateKey(readFileSync(keyFilePath('numbers-changed.pem')));
    expect(await refusalOf(() => createCertificate(input({ privateKey: broken })))).to.equal('CertificateBroken');
  });

  it('can be read from what was returned', async () => {
    const { certificatePem, certificate } = await createCertificate(input());
    expect(new X509Certificate(certificatePem).fingerprint256).to.equal(certificate.fingerprint256);
  });
});
