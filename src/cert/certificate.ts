import { X509Certificate } from 'node:crypto';
import { problem, type ErrorCode, type Problem } from '../errors.ts';
import { identifyBinary, type BinaryKind } from './binary.ts';
import { childrenOf, oidOf, readElement } from './der.ts';
import { base64Filters, unwrap } from './key-wrapping.ts';
import { decodeBase64, pemBlocks } from './pem.ts';
import { pipeline, shellWord, siblingName } from './shell.ts';

/** What the results of the commands say of a certificate. */
export type CertificateFacts = {
  /** Attributes in the order of the certificate, as in `C=PH, O=Acme, CN=AQUILA`; special characters escaped (RFC 4514). */
  subject: string;
  issuer: string;
  /** Upper-case hexadecimal. */
  serialNumber: string;
  /** ISO 8601, UTC, to the second. */
  notBefore: string;
  notAfter: string;
  /** Whole days until notAfter, rounded down; negative once it has passed. */
  daysLeft: number;
  /** SHA-256 of the DER, upper-case hexadecimal with colons. */
  fingerprint256: string;
  /** Modulus of an RSA key; 0 for other kinds of keys. */
  keyBits: number;
  /** Name of RFC 8017 such as `sha256WithRSAEncryption`, or the dotted OID where it is another one. */
  signatureAlgorithm: string;
  selfSigned: boolean;
};

/** The facts about a certificate at the time `now`. */
export function describeCertificate(certificate: X509Certificate, now: Date): CertificateFacts {
  const end = certificate.validToDate;
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    serialNumber: certificate.serialNumber,
    notBefore: toSecond(certificate.validFromDate),
    notAfter: toSecond(end),
    daysLeft: Math.floor((end.getTime() - Math.floor(now.getTime() / 1000) * 1000) / 86_400_000),
    fingerprint256: certificate.fingerprint256,
    keyBits: certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    signatureAlgorithm: signatureAlgorithmOf(certificate.raw),
    selfSigned: certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey),
  };
}

const toSecond = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Node escapes control characters of ASCII; those that turn the direction of text or move the cursor are ours to escape. */
function nameOf(lines: string | undefined): string {
  const oneLine = (lines ?? '').split('\n').join(', ');
  return oneLine.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    return `\\${Buffer.from(character, 'utf8').toString('hex').toUpperCase().match(/../g)?.join('\\') ?? ''}`;
  });
}

const rsaSignatures = new Map([
  ['1.2.840.113549.1.1.4', 'md5WithRSAEncryption'],
  ['1.2.840.113549.1.1.5', 'sha1WithRSAEncryption'],
  ['1.2.840.113549.1.1.10', 'id-RSASSA-PSS'],
  ['1.2.840.113549.1.1.11', 'sha256WithRSAEncryption'],
  ['1.2.840.113549.1.1.12', 'sha384WithRSAEncryption'],
  ['1.2.840.113549.1.1.13', 'sha512WithRSAEncryption'],
]);

/** From the DER (RFC 5280 §4.1.1.2), because Node 22 leaves `X509Certificate.signatureAlgorithm` undefined. */
function signatureAlgorithmOf(der: Uint8Array): string {
  const certificate = readElement(der);
  const algorithm = certificate && childrenOf(certificate)[1];
  const oid = algorithm && oidOf(childrenOf(algorithm)[0]);
  return rsaSignatures.get(oid ?? '') ?? oid ?? 'unknown';
}

/** All that can be wrong with a certificate file. */
export type CertificateProblemCode = Extract<ErrorCode, `CertificateFile${string}`>;

export type CertificateReading =
  | {
      certificate: X509Certificate;
      /** Bytes of this one certificate as PEM, which is what gets uploaded. */
      pemBytes: number;
      /** How many certificates the file holds; the first is the one that is read. */
      chainLength: number;
    }
  | { problem: Problem<CertificateProblemCode> };

/**
 * Reads the first X.509 certificate of a file, PEM or DER, or says what the file holds instead.
 *
 * @param bytes the whole file
 * @param file its name, for messages
 */
export function readCertificate(bytes: Uint8Array, file: string): CertificateReading {
  try {
    const certificate = new X509Certificate(bytes);
    const blocks = pemBlocks(Buffer.from(bytes).toString('latin1'));
    const chainLength = Math.max(1, blocks.filter(({ label }) => label.endsWith('CERTIFICATE')).length);
    return { certificate, pemBytes: Buffer.byteLength(certificate.toString()), chainLength };
  } catch {
    return { problem: diagnoseCertificateFile(bytes, file) };
  }
}

function diagnoseCertificateFile(bytes: Uint8Array, file: string): Problem<CertificateProblemCode> {
  const { text, wrappings, filters } = unwrap(bytes);
  const kind = identifyBinary(bytes);
  const [block] = pemBlocks(text);
  const output = shellWord(siblingName(file, '.plain.crt'));
  const repair = (command: string): string[] => [`${command} -out ${output}`];
  if (kind) return binaryProblem(kind, file, output);
  if (text.trim() === '') return problem('CertificateFileEmpty', [file]);
  if (wrappings.length > 0 && isCertificate(text)) {
    return problem('CertificateFileWrapped', [file], repair(pipeline(file, filters, 'openssl x509')));
  }
  if (isCertificate(decodeBase64(text) ?? '')) {
    const decode = pipeline(file, base64Filters, 'openssl x509 -inform DER');
    return problem('CertificateFileWrapped', [file], repair(decode));
  }
  if (block?.label.endsWith('PRIVATE KEY')) return problem('CertificateFileIsPrivateKey', [file], []);
  if (block?.label.endsWith('CERTIFICATE REQUEST')) return problem('CertificateFileIsCsr', [file], []);
  if (block?.label.endsWith('PUBLIC KEY')) return problem('CertificateFileIsPublicKey', [file], []);
  if (block && /^(?:PKCS7|PKCS #7 SIGNED DATA|CMS)$/.test(block.label)) return pkcs7Problem(file);
  if (block?.label.endsWith('CERTIFICATE')) return problem('CertificateFileDamaged', [file], []);
  return problem('CertificateFileUnrecognised', [file], []);
}

const pkcs7Problem = (file: string): Problem<CertificateProblemCode> =>
  problem(
    'CertificateFileIsPkcs7',
    [file],
    [`sf aquila cert import --certificate-file ${shellWord(file)} --key-file server.key`]
  );

function binaryProblem(kind: BinaryKind, file: string, output: string): Problem<CertificateProblemCode> {
  const input = shellWord(file);
  switch (kind) {
    case 'pkcs12':
      return problem(
        'CertificateFileIsPkcs12',
        [file],
        [`openssl pkcs12 -in ${input} -clcerts -nokeys -out ${output}`]
      );
    case 'jks':
    case 'jceks': {
      const list = `keytool -list -keystore ${input}`;
      return problem(
        'CertificateFileIsJks',
        [file, kind.toUpperCase()],
        [list, `keytool -exportcert -rfc -keystore ${input} -alias ALIAS -file ${output}`]
      );
    }
    case 'pkcs7':
      return pkcs7Problem(file);
    case 'csr':
      return problem('CertificateFileIsCsr', [file], []);
    case 'public-key':
      return problem('CertificateFileIsPublicKey', [file], []);
    case 'certificate':
    case 'damaged':
      return problem('CertificateFileDamaged', [file], []);
    default:
      return problem('CertificateFileIsPrivateKey', [file], []);
  }
}

function isCertificate(text: string | Uint8Array): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}
