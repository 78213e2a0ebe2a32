import { identifyBinary } from '../cert/binary.ts';
import { describeKey } from '../cert/key-facts.ts';
import { createPublicKey } from 'node:crypto';
import { shownAlias } from './alias.ts';
import { problemsOf, type KeystoreEntry, type KeystoreReading } from './entry.ts';
import { certificateProblems, factsOf } from './inspect-certificate.ts';
import {
  inspected,
  type InspectedEntry,
  type InspectedKind,
  type InspectedProblem,
  type Inspection,
  type InspectionInput,
  type Verdict,
} from './inspection.ts';
import { keystoreInText, readKeystore } from './read.ts';

type Part = Pick<Inspection, 'keys' | 'certificates' | 'needs'> & {
  report: Pick<Inspection['report'], 'kind' | 'problems' | 'verdicts' | 'entries'>;
};

const keystores: ReadonlyMap<string, InspectedKind> = new Map([
  ['jks', 'jks'],
  ['jceks', 'jceks'],
  ['pkcs12', 'pkcs12'],
] as const);

/** The keystore in a file, with all entries that the password opens; undefined if it is something else. */
export async function inspectKeystore(input: InspectionInput): Promise<Part | undefined> {
  const { bytes, file, keystorePassword, now } = input;
  const shape = identifyBinary(keystoreInText(bytes)?.binary ?? bytes) ?? '';
  if (!keystores.has(shape) && shape !== 'damaged') return undefined;
  const reading = await readKeystore(bytes, keystorePassword, file);
  const problems = problemsOf(reading);
  if (problems.some(({ code }) => code === 'KeystoreUnrecognised')) return undefined;
  const kind = keystores.get(shape) ?? reading.type;
  const { entries } = reading;
  const dated = entries.flatMap(({ chain: [certificate] }) =>
    certificate ? certificateProblems(certificate, file, now).filter(({ code }) => isAboutDates(code)) : []
  );
  const nameOf = ({ alias }: KeystoreEntry): string => (alias === '' ? file : `${file} (${shownAlias(alias)})`);
  const isLocked = problems.some(({ code }) => code === 'KeystorePasswordMissing');
  return {
    ...(isLocked && { needs: 'keystore-password' as const }),
    keys: entries.flatMap((entry) =>
      entry.privateKey ? [{ name: nameOf(entry), publicKey: createPublicKey(entry.privateKey) }] : []
    ),
    certificates: entries.flatMap((entry) => {
      const [certificate] = entry.chain;
      return certificate ? [{ name: nameOf(entry), certificate }] : [];
    }),
    report: {
      kind,
      problems: [...problems.map(inspected), ...dated],
      verdicts: verdictsOf(kind, reading, problems.map(inspected), isLocked),
      entries: entries.map((entry) => entryOf(entry, now)),
    },
  };
}

const isAboutDates = (code: string): boolean => /^Certificate(?:SelfSignedExpired|Expired|NotYetValid)$/.test(code);

function entryOf({ alias, kind, privateKey, chain }: KeystoreEntry, now: Date): InspectedEntry {
  const [certificate] = chain;
  const key = { ...(privateKey && describeKey(privateKey)), format: 'pkcs8', encrypted: true } as const;
  return {
    kind,
    alias: shownAlias(alias),
    ...(kind === 'private-key' && { key }),
    ...(certificate && { certificate: factsOf(certificate, now) }),
    ...(kind === 'private-key' && { chainLength: chain.length }),
  };
}

/** What Salesforce imports is documented: docs/reference/keys-and-keystores.md §10. sf and the collector read PEM only. */
function verdictsOf(
  kind: InspectedKind,
  { entries }: KeystoreReading,
  problems: InspectedProblem[],
  isLocked: boolean
): Verdict[] {
  const salesforce = (answer: Verdict['answer'], reason: Verdict['reason']): Verdict[] => [
    { by: 'salesforce', answer, reason },
    { by: 'sf', answer: 'no', reason: 'keystore-not-read' },
    { by: 'collector', answer: 'no', reason: 'keystore-not-read' },
  ];
  if (kind !== 'jks') return salesforce('no', 'keystore-wrong-type');
  if (isLocked) return salesforce('unsure', 'keystore-locked');
  const hasKey = entries.some((entry) => entry.privateKey);
  return problems.length === 0 && hasKey ? salesforce('yes', 'keystore-imports') : salesforce('no', 'keystore-faulty');
}
