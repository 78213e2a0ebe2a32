import { X509Certificate } from 'node:crypto';
import { problem, type ErrorCode, type Problem } from '../errors.ts';
import { readBer } from './ber.ts';
import { identifyBinary } from './binary.ts';
import { describeCertificate, readCertificate, type CertificateProblemCode } from './certificate.ts';
import { tags } from './der.ts';
import { unwrap } from './key-wrapping.ts';
import { decodeBase64, pemBlocks } from './pem.ts';
import { pkcs7Certificates } from './pkcs7.ts';

type BundleProblemCode = CertificateProblemCode | Extract<ErrorCode, `CertificateBundle${string}`>;

/** All certificates of a file in its order, at least one; or what stands in the way. */
export type BundleReading = { certificates: X509Certificate[] } | { problem: Problem<BundleProblemCode> };

/**
 * Reads every certificate of a file, however a certification authority sends it: PEM with any text around it, DER, or PKCS#7 in
 * either form. What a mail, a shell or a JSON field did to a PEM file on its way is undone first, since the file itself is not used
 * any further.
 *
 * @param bytes the whole file
 * @param file its name, for messages
 */
export function readBundle(bytes: Uint8Array, file: string): BundleReading {
  const damaged = problem('CertificateFileDamaged', [file]);
  const envelopes = envelopesOf(bytes);
  if (envelopes.length === 0) {
    const reading = readCertificate(bytes, file);
    return { problem: 'problem' in reading ? reading.problem : damaged };
  }
  const ders = envelopes.flatMap((envelope) => (envelope && pkcs7Certificates(envelope)) ?? [envelope]);
  if (ders.every((der) => der && isPkcs7(der))) return { problem: problem('CertificateBundleEmpty', [file]) };
  const certificates = ders.flatMap((der) => (der && parse(der)) ?? []);
  if (certificates.length === ders.length) return { certificates };
  const number = ders.findIndex((der) => !der || !parse(der)) + 1;
  return { problem: ders.length === 1 ? damaged : problem('CertificateBundleDamaged', [file, ders.length, number]) };
}

/** What may be a certificate or hold some, as bytes; undefined for a block that is no base64. */
function envelopesOf(bytes: Uint8Array): Array<Uint8Array | undefined> {
  if (isEnvelope(bytes)) return [bytes];
  const { text } = unwrap(bytes);
  const blocks = pemBlocks(text).filter(({ label }) => /(?:CERTIFICATE|PKCS7|PKCS #7 SIGNED DATA|CMS)$/.test(label));
  if (blocks.length > 0) return blocks.map(({ der }) => der);
  const bare = decodeBase64(text);
  return bare && isEnvelope(bare) ? [bare] : [];
}

const isEnvelope = (der: Uint8Array): boolean =>
  isPkcs7(der) || pkcs7Certificates(der) !== undefined || parse(der) !== undefined;

/** One of the kinds of PKCS#7; if certificates could be taken out, it is no longer among the bytes that are asked about. */
const isPkcs7 = (der: Uint8Array): boolean => identifyBinary(der) === 'pkcs7';

/** A certificate of which everything can be read that anybody asks later: Node parses some that it can't describe. */
function parse(der: Uint8Array): X509Certificate | undefined {
  const element = readBer(der);
  if (typeof element === 'string' || element.tag !== tags.sequence) return undefined;
  try {
    // without what follows, and never as PEM, of which Node would read the first block only
    const certificate = new X509Certificate(der.subarray(0, element.length));
    describeCertificate(certificate, new Date(0));
    return certificate;
  } catch {
    return undefined;
  }
}
