import { isSameKey } from '../cert/same-key.ts';
import { isIssuerAmong } from './inspect-certificate.ts';
import { finding, type InspectedPair, type Inspection } from './inspection.ts';

/** A truststore holds hundreds of certificates; beyond this many pairs only those that match are worth a line. */
const maximumPairs = 100;

/**
 * Which private key belongs to which certificate, over all files. Certificates that only issued others stand in no pair, unless a key
 * fits them.
 */
export function pairsOf(inspections: Inspection[]): InspectedPair[] {
  const all = inspections.flatMap(({ certificates }) => certificates);
  const certificates = all.map(({ certificate }) => certificate);
  const pairs = inspections
    .flatMap(({ keys }) => keys)
    .flatMap(({ name: key, publicKey }) =>
      all.flatMap(({ name, certificate }): InspectedPair[] => {
        const match = isSameKey(certificate.publicKey, publicKey);
        return match || !isIssuerAmong(certificate, certificates) ? [{ key, certificate: name, match }] : [];
      })
    );
  return pairs.length > maximumPairs ? pairs.filter(({ match }) => match) : pairs;
}

/** The same inspections, with a problem for each file whose certificate belongs to none of the keys that were given. */
export function withStrangers(inspections: Inspection[]): Inspection[] {
  const pairs = pairsOf(inspections);
  const keys = inspections.flatMap((inspection) => inspection.keys);
  return inspections.map((inspection) => {
    const { report, certificates } = inspection;
    const named = pairs.filter((pair) => certificates.some(({ name }) => name === pair.certificate));
    const isStranger = named.length > 0 && !named.some(({ match }) => match) && report.kind.startsWith('certificate');
    if (!isStranger) return inspection;
    const stranger = finding('CertificateOfOtherKey', [report.file, keys.map(({ name }) => name).join(', ')]);
    return { ...inspection, report: { ...report, problems: [...report.problems, stranger] } };
  });
}
