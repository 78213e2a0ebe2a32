import { createPrivateKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { identifyBinary } from '../../cert/binary.ts';
import { problemOf } from '../../errors.ts';
import { shownAlias } from '../alias.ts';
import { readCertificates } from '../certificates.ts';
import { keyEntryProblems, type KeystoreEntry, type KeystoreProblem, type KeystoreReading } from '../entry.ts';
import { keystoreError, keystoreProblem } from '../problem.ts';
import { Cursor } from './cursor.ts';
import { decodeModifiedUtf8 } from './modified-utf8.ts';
import { openKey, storeDigest } from './protection.ts';

const digestLength = 20;

/** An entry as it lies in the file. */
type StoredEntry = { alias: string; date: Date | undefined; sealedKey?: Buffer; chain: Buffer[] };

type Stored = {
  version: number;
  entries: StoredEntry[];
  /** All that the digest is taken over. */
  body: Buffer;
  digest: Buffer;
  trailingBytes: number;
};

/**
 * Reads a Java keystore of version 1 or 2 (docs/reference/keys-and-keystores.md §9.2), as keytool and others write it.
 *
 * @param bytes the whole file
 * @param password of any length and in any characters; without it only certificates can be read, and the digest isn't checked
 * @param file its name, for messages
 */
export function readJks(bytes: Uint8Array, password: string | undefined, file: string): KeystoreReading {
  const reading: KeystoreReading = { type: 'jks', entries: [], problems: [], protection: [] };
  try {
    const stored = parse(bytes, file);
    reading.protection.push(`JKS version ${stored.version}, SHA-1 without key derivation`);
    reading.problems.push(...integrityProblems(stored, password, file));
    const isRead = !reading.problems.some(
      ({ code }) => code === 'KeystorePasswordWrong' || code === 'KeystoreChecksumWrong'
    );
    if (isRead) reading.entries.push(...stored.entries.map((entry) => readEntry(entry, password, file)));
    reportAliases(reading.entries, file);
  } catch (error) {
    reading.problems.push(problemOf(error) as KeystoreProblem);
  }
  return reading;
}

/** @throws what keeps the bytes from being a Java keystore with all its parts */
function parse(bytes: Uint8Array, file: string): Stored {
  requireMagic(bytes, file);
  const cursor = new Cursor(bytes, file);
  cursor.take(4);
  const version = cursor.u32();
  if (version !== 1 && version !== 2) throw keystoreError('KeystoreVersionUnknown', file, 'JKS', version);
  const count = cursor.u32();
  const entries: StoredEntry[] = [];
  while (entries.length < count) entries.push(parseEntry(cursor, version, file));
  const body = Buffer.from(bytes.subarray(0, cursor.at));
  return { version, entries, body, digest: cursor.take(digestLength), trailingBytes: cursor.left };
}

function requireMagic(bytes: Uint8Array, file: string): void {
  if (bytes.length === 0) throw keystoreError('KeystoreEmpty', file);
  const kind = identifyBinary(bytes);
  if (kind === 'jceks') throw keystoreError('KeystoreIsJceks', file);
  if (kind === 'pkcs12') throw keystoreError('KeystoreIsPkcs12', file);
  if (kind !== 'jks') throw keystoreError('KeystoreUnrecognised', file);
}

function parseEntry(cursor: Cursor, version: number, file: string): StoredEntry {
  const kind = cursor.u32();
  if (kind !== 1 && kind !== 2) throw keystoreError('KeystoreDamaged', file);
  const alias = parseText(cursor, file);
  const date = toDate(cursor.i64());
  if (kind === 2) return { alias, date, chain: [parseCertificate(cursor, version, file)] };
  const sealedKey = cursor.block();
  const length = cursor.u32();
  const chain: Buffer[] = [];
  while (chain.length < length) chain.push(parseCertificate(cursor, version, file));
  return { alias, date, sealedKey, chain };
}

function parseCertificate(cursor: Cursor, version: number, file: string): Buffer {
  if (version === 2 && parseText(cursor, file) !== 'X.509') throw keystoreError('KeystoreDamaged', file);
  return cursor.block();
}

function parseText(cursor: Cursor, file: string): string {
  const text = decodeModifiedUtf8(cursor.take(cursor.u16()));
  if (text === undefined) throw keystoreError('KeystoreDamaged', file);
  return text;
}

/** Undefined beyond what a Date can hold. */
function toDate(milliseconds: bigint): Date | undefined {
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * A digest that doesn't fit is a wrong password or a changed file. A key has a digest of its own: where it opens, the password is at least
 * that of the key.
 */
function integrityProblems(stored: Stored, password: string | undefined, file: string): KeystoreProblem[] {
  const problems: KeystoreProblem[] = [];
  if (stored.trailingBytes > 0) problems.push(keystoreProblem('KeystoreTrailingBytes', file, stored.trailingBytes));
  if (password === undefined) problems.push(keystoreProblem('KeystorePasswordMissing', file));
  else if (!timingSafeEqual(storeDigest(password, stored.body), stored.digest)) {
    const opened = stored.entries.some(({ sealedKey }) => sealedKey && Buffer.isBuffer(openKey(sealedKey, password)));
    problems.push(keystoreProblem(opened ? 'KeystoreChecksumWrong' : 'KeystorePasswordWrong', file));
  }
  return problems;
}

function readEntry(stored: StoredEntry, password: string | undefined, file: string): KeystoreEntry {
  const { alias, date, sealedKey } = stored;
  const shown = shownAlias(alias);
  const { certificates: chain, unreadable } = readCertificates(stored.chain);
  const problems: KeystoreProblem[] = [];
  if (unreadable > 0) problems.push(keystoreProblem('KeystoreCertificateDamaged', file, shown));
  const entry = { alias, ...(date && { date }), chain, problems };
  if (!sealedKey) return { ...entry, kind: 'certificate' };
  if (password === undefined) {
    problems.push(keystoreProblem('KeystorePasswordMissing', file));
    return { ...entry, kind: 'private-key' };
  }
  const opened = readKey(sealedKey, password);
  if (typeof opened === 'string') {
    problems.push(keystoreProblem(opened, file, shown));
    return { ...entry, kind: 'private-key' };
  }
  // a chain with a hole is no ground to say that the key has no certificate, or another one's
  if (unreadable === 0) problems.push(...keyEntryProblems({ alias, privateKey: opened, chain }, 'jks', file));
  return { ...entry, kind: 'private-key', privateKey: opened };
}

type KeyFault = 'KeystoreKeyPasswordDiffers' | 'KeystoreKeyDamaged' | 'KeystoreKeyNotPkcs8';

function readKey(sealed: Buffer, password: string): KeyObject | KeyFault {
  const plain = openKey(sealed, password);
  if (plain === 'locked') return 'KeystoreKeyPasswordDiffers';
  if (plain === 'malformed') return 'KeystoreKeyDamaged';
  const kind = identifyBinary(plain);
  try {
    if (kind === 'pkcs8') return createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
    const isKey = kind === 'pkcs1' || kind === 'sec1' || plain.includes('-----BEGIN ');
    return isKey ? 'KeystoreKeyNotPkcs8' : 'KeystoreKeyDamaged';
  } catch {
    return 'KeystoreKeyDamaged';
  } finally {
    plain.fill(0);
  }
}

/** Java looks an alias up in lower case, and of two that are alike it keeps the last without a word. */
function reportAliases(entries: KeystoreEntry[], file: string): void {
  const seen = new Set<string>();
  for (const { alias, problems } of entries) {
    const lower = alias.toLowerCase();
    if (alias !== lower) problems.push(keystoreProblem('KeystoreAliasUpperCase', file, shownAlias(alias)));
    if (seen.has(lower)) problems.push(keystoreProblem('KeystoreAliasRepeated', file, shownAlias(alias)));
    seen.add(lower);
  }
}
