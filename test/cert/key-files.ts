import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CertificateProblemCode } from '../../src/cert/certificate.ts';
import type { KeyProblemCode } from '../../src/cert/key-problem.ts';

const folder = fileURLToPath(new URL('../fixtures/key-files/', import.meta.url));

/** Where a file of test/fixtures/key-files lies. */
export const keyFilePath = (name: string): string => join(folder, name);

/** A file of test/fixtures/keys, such as `rsa2048.key`. */
export const keyPair = (name: string): Buffer => readFileSync(join(folder, '..', 'keys', name));

/** What each file is taken for where a private key is expected. */
export const keyDefects: Record<string, KeyProblemCode> = {
  'empty.pem': 'KeyFileEmpty',
  'blank.pem': 'KeyFileEmpty',
  'encrypted-pkcs8.pem': 'KeyFileEncrypted',
  'encrypted-pkcs8.der': 'KeyFileEncrypted',
  'certificate-then-encrypted.pem': 'KeyFileEncrypted',
  'encrypted-pkcs1.pem': 'KeyFileEncryptedPkcs1',
  'certificate.pem': 'KeyFileIsCertificate',
  'certificate.der': 'KeyFileIsCertificate',
  'chain.pem': 'KeyFileIsCertificate',
  'certificate-utf16.pem': 'KeyFileIsCertificate',
  'certificate-one-line.pem': 'KeyFileIsCertificate',
  'request.pem': 'KeyFileIsCsr',
  'request.der': 'KeyFileIsCsr',
  'public-key.pem': 'KeyFileIsPublicKey',
  'public-key.der': 'KeyFileIsPublicKey',
  'ssh-public-key.pub': 'KeyFileIsPublicKey',
  'ec.pem': 'KeyFileIsEc',
  'ec.der': 'KeyFileIsEc',
  'ec-sec1.pem': 'KeyFileIsEc',
  'ed25519.pem': 'KeyFileIsEd25519',
  'openssh-ed25519.pem': 'KeyFileIsEd25519',
  'rsa-pss.pem': 'KeyFileIsRsaPss',
  'x25519.pem': 'KeyFileOfOtherKind',
  'rsa1024.pem': 'KeyFileTooShort',
  'pkcs8.der': 'KeyFileIsDer',
  'pkcs1.der': 'KeyFileIsDer',
  'keystore.p12': 'KeyFileIsPkcs12',
  'keystore-legacy.p12': 'KeyFileIsPkcs12',
  'base64-keystore.p12': 'KeyFileIsPkcs12',
  'keystore.jks': 'KeyFileIsJks',
  'openssh.pem': 'KeyFileIsOpenSsh',
  'utf16-with-mark.pem': 'KeyFileUtf16',
  'utf16le.pem': 'KeyFileUtf16',
  'utf16be.pem': 'KeyFileUtf16',
  'quoted.pem': 'KeyFileQuoted',
  'literal-newlines.pem': 'KeyFileLiteralNewlines',
  'json.pem': 'KeyFileLiteralNewlines',
  'carriage-returns.pem': 'KeyFileLineEnds',
  'indented.pem': 'KeyFileIndented',
  'yaml.pem': 'KeyFileIndented',
  'assignment.pem': 'KeyFileIndented',
  'one-line.pem': 'KeyFileOneLine',
  'one-line-packed.pem': 'KeyFileOneLine',
  'base64.pem': 'KeyFileBase64',
  'base64-one-line.pem': 'KeyFileBase64',
  'without-markers.pem': 'KeyFileWithoutMarkers',
  'blank-lines.pem': 'KeyFileLayout',
  'headers.pem': 'KeyFileLayout',
  'truncated.pem': 'KeyFileTruncated',
  'first-line-missing.pem': 'KeyFileTruncated',
  'markers-differ.pem': 'KeyFileTruncated',
  'truncated.der': 'KeyFileDamaged',
  'line-missing.pem': 'KeyFileDamaged',
  'numbers-changed.pem': 'KeyFileDamaged',
  'masked.pem': 'KeyFileMasked',
  'masked-body.pem': 'KeyFileMasked',
  'page.html.pem': 'KeyFileIsHtml',
  'parameters.pem': 'KeyFileIsOtherPem',
  'bundle.p7b': 'KeyFileIsOtherPem',
  'bundle.der.p7b': 'KeyFileIsOtherPem',
  'words.txt': 'KeyFileUnrecognised',
};

/** What each file is taken for where a certificate is expected. */
export const certificateDefects: Record<string, CertificateProblemCode> = {
  'empty.pem': 'CertificateFileEmpty',
  'blank.pem': 'CertificateFileEmpty',
  'certificate-utf16.pem': 'CertificateFileWrapped',
  'certificate-one-line.pem': 'CertificateFileWrapped',
  'certificate-base64.pem': 'CertificateFileWrapped',
  'certificate-without-markers.pem': 'CertificateFileWrapped',
  'certificate-truncated.pem': 'CertificateFileDamaged',
  'truncated.der': 'CertificateFileDamaged',
  'pkcs1.pem': 'CertificateFileIsPrivateKey',
  'pkcs8.der': 'CertificateFileIsPrivateKey',
  'encrypted-pkcs8.pem': 'CertificateFileIsPrivateKey',
  'encrypted-pkcs8.der': 'CertificateFileIsPrivateKey',
  'openssh.pem': 'CertificateFileIsPrivateKey',
  'request.pem': 'CertificateFileIsCsr',
  'request.der': 'CertificateFileIsCsr',
  'public-key.pem': 'CertificateFileIsPublicKey',
  'public-key.der': 'CertificateFileIsPublicKey',
  'keystore.p12': 'CertificateFileIsPkcs12',
  'keystore.jks': 'CertificateFileIsJks',
  'bundle.p7b': 'CertificateFileIsPkcs7',
  'bundle.der.p7b': 'CertificateFileIsPkcs7',
  'page.html.pem': 'CertificateFileUnrecognised',
  'words.txt': 'CertificateFileUnrecognised',
};
