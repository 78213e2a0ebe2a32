import { identifyBinary } from '../cert/binary.ts';
import { keyProblem } from '../cert/key-problem.ts';
import { readPrivateKey } from '../cert/key-file.ts';
import { describeKey } from '../cert/key-facts.ts';
import { unwrap } from '../cert/key-wrapping.ts';
import { decodeBase64, pemBlocks } from '../cert/pem.ts';
import { pkcs7Certificates } from '../cert/pkcs7.ts';
import { readRequest } from '../cert/request.ts';
import { problem, type ErrorCode } from '../errors.ts';
import { inspectCertificates } from './inspect-certificate.ts';
import { encodingOf, wrappingsOf } from './inspect-encoding.ts';
import { findPublicKey, inspectKey } from './inspect-key.ts';
import { inspectKeystore } from './inspect-store.ts';
import { inspected, finding, type InspectedKind, type Inspection, type InspectionInput } from './inspection.ts';

/**
 * Says what a file is, whatever its name promises: private and public keys, certificates, requests, PKCS#7, PKCS#12 and Java keystores, in
 * any encoding and spoilt in any way that the diagnosis of `readPrivateKey`, `readBundle` and `readKeystore` knows. Whoever logs in,
 * verifies or makes keystores gets the same diagnosis.
 */
export async function inspect(input: InspectionInput): Promise<Inspection> {
  const { bytes, file } = input;
  const frame = { file, encoding: encodingOf(bytes), wrappings: wrappingsOf(bytes) };
  const nothing = { keys: [], certificates: [] };
  const store = await inspectKeystore(input);
  if (store) return { ...store, report: { ...frame, ...store.report } };
  const kind = kindOf(bytes, file);
  switch (kind) {
    case 'private-key': {
      const { report, ...part } = inspectKey(input);
      const beside = holdsCertificate(bytes) ? inspectCertificates(input, false) : undefined;
      const problems = [...report.problems, ...(beside?.report.problems ?? []).filter(isAboutCertificate)];
      return {
        ...part,
        certificates: beside?.certificates ?? [],
        report: {
          ...frame,
          kind,
          ...report,
          problems,
          ...(beside?.report.certificate && { certificate: beside.report.certificate }),
        },
      };
    }
    case 'certificate':
    case 'pkcs7': {
      const { report, certificates } = inspectCertificates(input, kind === 'pkcs7');
      const isChain = kind === 'certificate' && certificates.length > 1;
      return { keys: [], certificates, report: { ...frame, kind: isChain ? 'certificate-chain' : kind, ...report } };
    }
    case 'certificate-request':
      return { ...nothing, report: { ...frame, kind, ...requestPart(bytes, file) } };
    case 'public-key':
      return { ...nothing, report: { ...frame, kind, ...publicKeyPart(bytes, file) } };
    default:
      return { ...nothing, report: { ...frame, kind, problems: [otherProblem(kind, bytes, file)], verdicts: [] } };
  }
}

/** The kind of a file that is no keystore. */
function kindOf(bytes: Uint8Array, file: string): InspectedKind {
  if (identifyBinary(bytes) === 'damaged' && pkcs7Certificates(bytes) === undefined) return 'damaged';
  const { text } = unwrap(bytes);
  const blocks = pemBlocks(text);
  const whole = identifyBinary(bytes) ? bytes : blocks.length === 0 ? decodeBase64(text) : undefined;
  const isMessage = blocks.some(({ label, der }) => pkcs7Labels.test(label) || (der && isPkcs7(der)));
  const hasKey = blocks.some(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!hasKey && (isMessage || (whole && isPkcs7(whole)))) return 'pkcs7';
  const reading = readPrivateKey(bytes, file);
  return reading.usable ? 'private-key' : (kinds[reading.problem.code] ?? 'private-key');
}

const pkcs7Labels = /^(?:PKCS7|PKCS #7 SIGNED DATA|CMS)$/;

const isPkcs7 = (der: Uint8Array): boolean => identifyBinary(der) === 'pkcs7' || pkcs7Certificates(der) !== undefined;

/** What is no private key, by the diagnosis of a private key. A damaged one with its label is still a private key. */
const kinds: Partial<Record<ErrorCode, InspectedKind>> = {
  KeyFileIsCertificate: 'certificate',
  KeyFileIsCsr: 'certificate-request',
  KeyFileIsPublicKey: 'public-key',
  KeyFileIsOtherPem: 'other-pem',
  KeyFileEmpty: 'empty',
  KeyFileMasked: 'masked',
  KeyFileIsHtml: 'html',
  KeyFileUnrecognised: 'unknown',
};

const holdsCertificate = (bytes: Uint8Array): boolean =>
  pemBlocks(unwrap(bytes).text).some(({ label }) => label.endsWith('CERTIFICATE'));

/** The way in which the whole file was spoilt is told of the key already. */
const isAboutCertificate = ({ code }: { code: ErrorCode }): boolean =>
  !code.startsWith('CertificateFile') && !code.startsWith('KeyFile');

function requestPart(bytes: Uint8Array, file: string): Pick<Inspection['report'], 'problems' | 'verdicts' | 'csr'> {
  const { text } = unwrap(bytes);
  const block = pemBlocks(text).find(({ label }) => label.endsWith('CERTIFICATE REQUEST'));
  const der = identifyBinary(bytes) ? bytes : (block?.der ?? decodeBase64(text));
  const request = der && readRequest(der);
  const verdicts = [{ by: 'salesforce', answer: 'no', reason: 'request-for-authority' }] as const;
  if (!request) return { problems: [finding('CertificateRequestDamaged', [file])], verdicts: [...verdicts] };
  const publicKey = describeKey(request.publicKey);
  const { subject, signatureAlgorithm } = request;
  return {
    problems: weakness(publicKey, file),
    verdicts: [...verdicts],
    csr: { subject, signatureAlgorithm, publicKey },
  };
}

/** A request for a key that Salesforce will not take is not worth its fee. */
function weakness({ type, bits = 0 }: ReturnType<typeof describeKey>, file: string): Inspection['report']['problems'] {
  if (type === 'ec') return [inspected(keyProblem('KeyFileIsEc', file))];
  if (type === 'rsa') return bits < 2048 ? [inspected(keyProblem('KeyFileTooShort', file, bits))] : [];
  return [inspected(keyProblem('KeyFileOfOtherKind', file, type))];
}

function publicKeyPart(bytes: Uint8Array, file: string): Pick<Inspection['report'], 'problems' | 'verdicts' | 'key'> {
  const found = findPublicKey(bytes);
  if (!found) return { problems: [finding('KeyFileDamaged', [file])], verdicts: [] };
  const verdict = { answer: 'no', reason: 'public-key-no-use' } as const;
  return {
    problems: [],
    verdicts: [
      { by: 'sf', ...verdict },
      { by: 'salesforce', ...verdict },
    ],
    key: { ...describeKey(found.publicKey), format: found.format, encrypted: false },
  };
}

/** What a file of this name should have held. */
function otherProblem(kind: InspectedKind, bytes: Uint8Array, file: string): Inspection['report']['problems'][number] {
  const isFor = /\.(?:crt|cer|cert|p7b|p7c)$/i.test(file)
    ? 'certificate'
    : /\.(?:p12|pfx|jks|jceks)$/i.test(file)
      ? 'keystore'
      : 'key';
  const codes: Record<string, ErrorCode> = {
    'empty certificate': 'CertificateFileEmpty',
    'empty keystore': 'KeystoreEmpty',
    'unknown certificate': 'CertificateFileUnrecognised',
    'unknown keystore': 'KeystoreUnrecognised',
    'damaged certificate': 'CertificateFileDamaged',
    'damaged keystore': 'KeystoreDamaged',
  };
  const code = codes[`${kind} ${isFor}`];
  if (code !== undefined) return finding(code, [file]);
  const reading = readPrivateKey(bytes, file);
  return inspected(reading.usable ? problem('KeyFileUnrecognised', [file]) : reading.problem);
}
