import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { appCertificateFingerprint, readAppCertificate } from '../../src/app/certificate.ts';

const fixture = (path: string): string => readFileSync(join(import.meta.dirname, '..', 'fixtures', path), 'utf8');
const pem = fixture('keys/rsa2048.crt');
const body = pem.replace(/-----[^-]+-----/g, '').trim();
const fingerprint = readAppCertificate(pem)!.fingerprint256;

describe('app: the certificate that an app holds', () => {
  const encodings: Array<[how: string, text: string]> = [
    ['PEM', pem],
    ['PEM with CRLF and blanks around it', ` \r\n${pem.replaceAll('\n', '\r\n')} `],
    ['PEM whose line ends became blanks', pem.replaceAll('\n', ' ')],
    ['the base64 body alone', body],
    ['the base64 body on one line', body.replace(/\s/g, '')],
    ['base64 of the whole PEM file', Buffer.from(pem).toString('base64')],
  ];
  for (const [how, text] of encodings) {
    it(`is read from ${how}`, () => {
      expect(appCertificateFingerprint(text)).to.equal(fingerprint);
    });
  }

  for (const text of [
    '',
    'My_Org_Certificate',
    'MIID',
    '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----',
  ]) {
    it(`is not read from ${JSON.stringify(text.slice(0, 30))}`, () => {
      expect(readAppCertificate(text)).to.be.undefined;
    });
  }
});
