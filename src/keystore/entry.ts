import type { KeyObject, X509Certificate } from 'node:crypto';
import { unfit } from '../cert/key-fitness.ts';
import type { KeyProblemCode } from '../cert/key-problem.ts';
import { aquilaError, type ErrorCode, type Problem } from '../errors.ts';
import { shownAlias } from './alias.ts';
import { keystoreProblem } from './problem.ts';

export type KeystoreProblem = Problem<Extract<ErrorCode, `Keystore${string}`> | KeyProblemCode>;

export type KeystoreEntry = {
  /** As the file has it; empty where PKCS#12 names none. */
  alias: string;
  kind: 'private-key' | 'certificate';
  /** When it was put into a JKS; PKCS#12 doesn't say. */
  date?: Date;
  /** Left out where it can't be had; a problem of the entry then says why. */
  privateKey?: KeyObject;
  /** The certificate of the key first, then as far as the file has them its issuers. */
  chain: X509Certificate[];
  /** What is wrong with this entry, in the eyes of Java or of Salesforce. */
  problems: KeystoreProblem[];
};

/** What a keystore holds. It is sound if neither it nor an entry has problems; it has no entries if it can't be opened. */
export type KeystoreReading = {
  type: 'jks' | 'pkcs12';
  entries: KeystoreEntry[];
  /** What is wrong with the file as a whole. */
  problems: KeystoreProblem[];
  /** How it is protected, in words such as `PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256, 10000 iterations`. */
  protection: string[];
};

/** All that is wrong with a keystore and its entries, the file first and each thing once. */
export function problemsOf({ problems, entries }: KeystoreReading): KeystoreProblem[] {
  const all = [...problems, ...entries.flatMap((entry) => entry.problems)];
  return [...new Map(all.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}

/** Whether Salesforce imports an RSA key of so many bits from a keystore (docs/reference/keys-and-keystores.md §10). */
export const isImportedLength = (bits: number): boolean => [2048, 3072, 4096].includes(bits);

/** What keeps an opened key from being used with the certificate beside it. */
export function keyEntryProblems(
  { alias, privateKey, chain }: { alias: string; privateKey: KeyObject; chain: X509Certificate[] },
  type: KeystoreReading['type'],
  file: string
): KeystoreProblem[] {
  const problems: KeystoreProblem[] = [];
  const shown = shownAlias(alias);
  const weakness = unfit(privateKey, file);
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (weakness?.code === 'KeyFileDamaged') problems.push(keystoreProblem('KeystoreKeyDamaged', file, shown));
  else if (weakness) problems.push(weakness);
  else if (type === 'jks' && !isImportedLength(bits)) problems.push(keystoreProblem('KeystoreKeyBits', file, bits));
  const [certificate] = chain;
  if (!certificate) problems.push(keystoreProblem('KeystoreKeyWithoutCertificate', file, shown));
  else if (!certificate.checkPrivateKey(privateKey)) problems.push(keystoreProblem('KeystoreKeyMismatch', file, shown));
  return problems;
}

/** @throws KeystoreChainMissing, KeystorePairMismatch: Java would write both without a word and stumble over them later */
export function requirePair(alias: string, privateKey: KeyObject, chain: X509Certificate[]): void {
  const [certificate] = chain;
  if (!certificate) throw aquilaError('KeystoreChainMissing', [shownAlias(alias)]);
  if (!certificate.checkPrivateKey(privateKey)) throw aquilaError('KeystorePairMismatch', [shownAlias(alias)]);
}

/**
 * The one entry with a private key, or the one of that alias (in any case, as Java looks it up); otherwise the problem that
 * stands in the way. Whether a certificate is with the key and fits it, the problems of the entry tell.
 */
export function keyEntryOf(
  { entries, problems }: KeystoreReading,
  file: string,
  alias?: string
): { entry: KeystoreEntry & { privateKey: KeyObject } } | { problem: KeystoreProblem } {
  const keys = entries.filter(({ kind }) => kind === 'private-key');
  const wanted = keys.filter((key) => alias === undefined || key.alias.toLowerCase() === alias.toLowerCase());
  const [entry, another] = wanted;
  const names = keys.map((key) => `"${shownAlias(key.alias)}"`).join(', ');
  if (another) return { problem: keystoreProblem('KeystoreSeveralKeys', file, names) };
  if (entry?.privateKey) return { entry: { ...entry, privateKey: entry.privateKey } };
  const [problem] = entry?.problems ?? (entries.length === 0 ? problems : []);
  if (problem) return { problem };
  if (keys.length === 0) return { problem: keystoreProblem('KeystoreWithoutKey', file) };
  return { problem: keystoreProblem('KeystoreAliasUnknown', file, shownAlias(alias ?? ''), names) };
}
