import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { isSignatureDocumented, uploadFile } from '../../src/cert/upload.ts';
import { certificateOf, chainFile } from './chains.ts';

function errorOf(name: string, source?: string): SfError {
  try {
    uploadFile(certificateOf(name), source);
  } catch (error) {
    if (error instanceof SfError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('uploadFile', () => {
  for (const name of ['leaf', 'leaf-sha384']) {
    it(`${name} is PEM with LF and nothing else`, () => {
      expect(uploadFile(certificateOf(name))).to.equal(chainFile(`${name}.crt`).toString());
    });
  }

  const refused: Array<[string, string, RegExp]> = [
    [
      'leaf-sha1',
      'CertificateSignatureUnsupported',
      /CN=AQUILA is signed with sha1WithRSAEncryption\. .*RSA with SHA-256/,
    ],
    ['leaf-pss', 'CertificateSignatureUnsupported', /signed with id-RSASSA-PSS/],
    ['leaf-ecdsa', 'CertificateSignatureUnsupported', /signed with 1\.2\.840\.10045\.4\.3\.2/],
    [
      'leaf-large',
      'CertificatePemTooLarge',
      /takes 4905 bytes as PEM, and Salesforce takes at most 4096\. As DER it has 3581\./,
    ],
    ['leaf-huge', 'CertificateDerTooLarge', /takes 5152 bytes even as DER, and Salesforce takes at most 4096/],
  ];
  for (const [name, code, message] of refused) {
    it(`${name} is ${code}`, () => {
      const error = errorOf(name);
      expect([error.name, error.exitCode]).to.deep.equal([code, 2]);
      expect(error.message).to.match(message);
      expect(error.actions).to.not.be.empty;
    });
  }

  it('gives the command that writes DER', () => {
    const command = /: (openssl .*)$/;
    expect(command.exec(errorOf('leaf-large', '/my ca/answer.crt').actions![0]!)?.[1]).to.equal(
      'openssl x509 -in "/my ca/answer.crt" -outform DER -out "/my ca/answer.upload.der"'
    );
    expect(command.exec(errorOf('leaf-large').actions![0]!)?.[1]).to.match(/^openssl x509 -in ALONE\.crt /);
  });
});

describe('isSignatureDocumented', () => {
  it('is true of SHA-256 alone', () => {
    expect(isSignatureDocumented('sha256WithRSAEncryption')).to.equal(true);
    expect(isSignatureDocumented('sha384WithRSAEncryption')).to.equal(false);
  });
});
