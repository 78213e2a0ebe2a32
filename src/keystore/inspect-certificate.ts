import type { X509Certificate } from 'node:crypto';
import { readBundle } from '../cert/bundle.ts';
import { describeCertificate, readCertificate, type CertificateFacts } from '../cert/certificate.ts';
import { profileOf } from '../cert/extensions.ts';
import { describeKey } from '../cert/key-facts.ts';
import { keyProblem } from '../cert/key-problem.ts';
import { encodePem } from '../cert/pem.ts';
import { uploadLimit } from '../cert/upload-limit.ts';
import { uploadFile } from '../cert/upload.ts';
import { problemOf } from '../errors.ts';
import {
  finding,
  inspected,
  type InspectedCertificate,
  type InspectedProblem,
  type Inspection,
  type InspectionInput,
  type Verdict,
} from './inspection.ts';

type Part = Pick<Inspection, 'certificates'> & {
  report: Pick<Inspection['report'], 'problems' | 'verdicts' | 'certificate' | 'entries'>;
};

/** All that the certificates of a file are, and what speaks against using the first of those that issued none of the others. */
export function inspectCertificates({ bytes, file, now }: InspectionInput, isPkcs7: boolean): Part {
  const reading = readBundle(bytes, file);
  if ('problem' in reading) {
    const verdicts: Verdict[] = [{ by: 'salesforce', answer: 'no', reason: 'certificate-unreadable' }];
    return { certificates: [], report: { problems: [inspected(reading.problem)], verdicts } };
  }
  const { certificates } = reading;
  const [first] = certificates;
  const single = certificates.length === 1;
  const wrapped = isPkcs7 ? undefined : readCertificate(bytes, file);
  const faults = wrapped && 'problem' in wrapped ? [inspected(wrapped.problem)] : [];
  const leaves = certificates.filter((one) => !isIssuerAmong(one, certificates));
  return {
    certificates: certificates.map((certificate, at) => ({
      name: single ? file : `${file} (${at + 1})`,
      certificate,
    })),
    report: {
      problems: [...faults, ...leaves.flatMap((one) => certificateProblems(one, file, now))],
      verdicts: verdictsOf(leaves[0] ?? first, {
        isAlone: single && !isPkcs7,
        isPkcs7,
        isRead: faults.length === 0,
        now,
      }),
      ...(first && { certificate: factsOf(first, now) }),
      ...(!single && {
        entries: certificates.map((one) => ({ kind: 'certificate' as const, certificate: factsOf(one, now) })),
      }),
    },
  };
}

/** Everything that is shown of a certificate at this time. */
export const factsOf = (certificate: X509Certificate, now: Date): InspectedCertificate => ({
  ...describeCertificate(certificate, now),
  ...profileOf(certificate),
  publicKey: describeKey(certificate.publicKey),
});

/** Whether another one of these names it as its issuer. */
export const isIssuerAmong = (certificate: X509Certificate, others: X509Certificate[]): boolean =>
  others.some((other) => other.fingerprint256 !== certificate.fingerprint256 && other.issuer === certificate.subject);

/** What speaks against using a certificate for a login: its dates, its key, its signature, its size. */
export function certificateProblems(certificate: X509Certificate, file: string, now: Date): InspectedProblem[] {
  const facts = describeCertificate(certificate, now);
  const isAuthority = profileOf(certificate).basicConstraints?.authority === true && !facts.selfSigned;
  return [...dateProblems(certificate, facts, now), ...(isAuthority ? [] : fitnessProblems(certificate, file))];
}

function dateProblems(certificate: X509Certificate, facts: CertificateFacts, now: Date): InspectedProblem[] {
  const title = `${facts.subject} (serial number ${facts.serialNumber})`;
  if (now > certificate.validToDate) {
    return [finding(facts.selfSigned ? 'CertificateSelfSignedExpired' : 'CertificateExpired', [title, facts.notAfter])];
  }
  return now < certificate.validFromDate ? [finding('CertificateNotYetValid', [title, facts.notBefore])] : [];
}

function fitnessProblems(certificate: X509Certificate, file: string): InspectedProblem[] {
  const { type, bits = 0 } = describeKey(certificate.publicKey);
  if (type === 'ec') return [inspected(keyProblem('KeyFileIsEc', file))];
  if (type === 'ed25519') return [inspected(keyProblem('KeyFileIsEd25519', file))];
  if (type === 'rsa-pss') return [inspected(keyProblem('KeyFileIsRsaPss', file))];
  if (type !== 'rsa') return [inspected(keyProblem('KeyFileOfOtherKind', file, type))];
  if (bits < 2048) return [inspected(keyProblem('KeyFileTooShort', file, bits))];
  try {
    uploadFile(certificate, file);
    return [];
  } catch (error) {
    return [inspected(problemOf(error))];
  }
}

/** What Salesforce documents of the certificate of an app: docs/reference/salesforce-oauth.md §7. */
function verdictsOf(
  certificate: X509Certificate | undefined,
  around: { isAlone: boolean; isPkcs7: boolean; isRead: boolean; now: Date }
): Verdict[] {
  if (!certificate) return [];
  const of = (answer: Verdict['answer'], reason: Verdict['reason']): Verdict[] => [
    { by: 'salesforce', answer, reason },
  ];
  const { signatureAlgorithm, selfSigned } = describeCertificate(certificate, around.now);
  const pemLength = encodePem('CERTIFICATE', certificate.raw).length;
  if (!around.isRead) return of('no', 'certificate-unreadable');
  if (profileOf(certificate).basicConstraints?.authority === true && !selfSigned) return []; // nobody would upload it
  if (around.isPkcs7) return of('unsure', 'pkcs7-import');
  if (describeKey(certificate.publicKey).type !== 'rsa') return of('no', 'key-not-rsa');
  if (certificate.raw.length > uploadLimit) return of('no', 'certificate-too-large');
  if (pemLength > uploadLimit) return of('no', 'certificate-as-der');
  if (!around.isAlone) return of('unsure', 'certificate-alone');
  if (/^sha(?:384|512)With/.test(signatureAlgorithm)) return of('unsure', 'certificate-hash-undocumented');
  if (signatureAlgorithm !== 'sha256WithRSAEncryption') return of('unsure', 'certificate-algorithm-undocumented');
  const isInDate = around.now >= certificate.validFromDate && around.now <= certificate.validToDate;
  return isInDate ? of('yes', 'certificate-documented') : of('unsure', 'certificate-out-of-date');
}
