import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeCertificate, readCertificate } from '../../src/cert/certificate.ts';
import { createCertificate } from '../../src/cert/create.ts';
import { certificateDefects, keyFilePath, keyPair } from './key-files.ts';

const certificate = new X509Certificate(keyPair('rsa2048.crt'));
const notAfter = new Date(certificate.validTo);
const before = (ms: number): Date => new Date(notAfter.getTime() - ms);
const day = 86_400_000;

describe('describeCertificate', () => {
  it('says what openssl says of the fixture', () => {
    const {
      notBefore,
      notAfter: end,
      daysLeft,
      serialNumber,
      fingerprint256,
      ...facts
    } = describeCertificate(certificate, before(day));
    expect(facts).to.deep.equal({
      subject: certificate.subject.replaceAll('\n', ', '),
      issuer: certificate.issuer.replaceAll('\n', ', '),
      keyBits: 2048,
      signatureAlgorithm: 'sha256WithRSAEncryption',
      selfSigned: true,
    });
    expect(Date.parse(notBefore)).to.equal(Date.parse(certificate.validFrom));
    expect(Date.parse(end)).to.equal(notAfter.getTime());
    expect(`${notBefore} ${end}`).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect([serialNumber, fingerprint256]).to.deep.equal([certificate.serialNumber, certificate.fingerprint256]);
    expect(daysLeft).to.equal(1);
  });

  it('shows what would turn the direction of a text as its bytes', async () => {
    const made = await createCertificate({
      ...{ privateKey: createPrivateKey(keyPair('rsa2048.key')), days: 1, now: notAfter, random: Buffer.alloc(16) },
      subject: [{ key: 'O', value: 'a\u202Eb\u0085c' }],
    });
    expect(describeCertificate(made.certificate, notAfter).subject).to.equal(String.raw`O=a\E2\80\AEb\C2\85c`);
  });

  const ages: Array<[string, Date, number]> = [
    ['a whole day before the end', before(day), 1],
    ['less than a second into the last day', new Date(before(day).getTime() + 999), 1],
    ['one second into the last day', before(day - 1000), 0],
    ['at the end', before(0), 0],
    ['one second after the end', before(-1000), -1],
    ['ten days after the end', before(-10 * day), -10],
  ];
  for (const [what, now, days] of ages) {
    it(`${what}, daysLeft is ${days}`, () => expect(describeCertificate(certificate, now).daysLeft).to.equal(days));
  }
});

describe('readCertificate', () => {
  const cases: Array<[string, number]> = [
    ['certificate.pem', 1],
    ['certificate.der', 1],
    ['key-then-certificate.pem', 1],
    ['certificate-then-key.pem', 1],
    ['chain.pem', 2],
  ];
  for (const [file, chainLength] of cases) {
    it(`reads ${file}, a chain of ${chainLength}`, () => {
      const reading = readCertificate(readFileSync(keyFilePath(file)), file);
      if ('problem' in reading) throw new Error(reading.problem.code);
      expect(reading.certificate.fingerprint256).to.equal(certificate.fingerprint256);
      expect(reading.pemBytes).to.equal(keyPair('rsa2048.crt').length);
      expect(reading.chainLength).to.equal(chainLength);
    });
  }

  for (const [file, code] of Object.entries(certificateDefects)) {
    it(`${file} is ${code}`, () => {
      const reading = readCertificate(readFileSync(keyFilePath(file)), file);
      if (!('problem' in reading)) throw new Error('readable');
      expect(reading.problem.code).to.equal(code);
      expect(reading.problem.message).to.include(file);
      expect(`${reading.problem.message} ${reading.problem.actions.join(' ')}`).to.not.include('%s');
    });
  }

  for (const file of ['bundle.p7b', 'bundle.der.p7b']) {
    it(`${file} is sent on to the command that imports it`, () => {
      const reading = readCertificate(readFileSync(keyFilePath(file)), file);
      if (!('problem' in reading)) throw new Error('readable');
      expect(reading.problem.actions[0]).to.include(`: sf aquila cert import --certificate-file ${file} --key-file`);
    });
  }
});
