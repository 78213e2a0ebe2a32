import { identifyBinary } from '../../cert/binary.ts';
import { childrenOf, oidOf, readElement, tags, type DerElement } from '../../cert/der.ts';
import { problemOf } from '../../errors.ts';
import type { KeystoreProblem, KeystoreReading } from '../entry.ts';
import { keystoreError, keystoreProblem } from '../problem.ts';
import { readBags, safeBagsIn, type Bag } from './bags.ts';
import { toDer } from '../../cert/ber.ts';
import { decrypt, openingOf, type Opening } from './decrypt.ts';
import { childrenIn, integerIn, octetsIn, oidIn } from './elements.ts';
import { entriesOf } from './entries.ts';
import { verifyMac } from './mac.ts';
import { oids } from './oids.ts';

/**
 * Reads PKCS#12 (RFC 7292) in DER or BER, protected by PBES2, 3DES or RC2. The MAC is verified before anything is opened.
 *
 * @param bytes the whole file
 * @param password of any length and in any characters; without it the empty one is tried, which some programs write
 * @param file its name, for messages
 */
export async function readPkcs12(
  bytes: Uint8Array,
  password: string | undefined,
  file: string
): Promise<KeystoreReading> {
  const reading: KeystoreReading = { type: 'pkcs12', entries: [], problems: [], protection: [] };
  const opening = openingOf(file, password ?? '');
  const locked = keystoreProblem(password === undefined ? 'KeystorePasswordMissing' : 'KeystorePasswordWrong', file);
  try {
    const { content, macData, trailingBytes } = parsePfx(bytes, file);
    if (trailingBytes > 0) reading.problems.push(keystoreProblem('KeystoreTrailingBytes', file, trailingBytes));
    if (macData && !verifyMac(macData, content, opening)) {
      await readSafes(content, opening);
      reading.problems.push(opening.hasOpened ? keystoreProblem('KeystoreChecksumWrong', file) : locked);
    } else {
      const safes = await readSafes(content, opening);
      const isLocked = safes.locked > 0 || safes.bags.some(({ der }) => der === undefined);
      const isOpen = macData !== undefined || opening.hasOpened || !isLocked;
      if (!macData) reading.problems.push(keystoreProblem('KeystoreWithoutMac', file));
      if (isOpen) report(safes, reading, file);
      else reading.problems.push(locked);
    }
  } catch (error) {
    reading.problems.push(problemOf(error) as KeystoreProblem);
  }
  reading.protection.push(...opening.protection);
  return reading;
}

const pkcs7 = '1.2.840.113549.1.7.';

type Pfx = {
  /** AuthenticatedSafe: what the MAC is taken over. */
  content: Uint8Array;
  macData: DerElement | undefined;
  trailingBytes: number;
};

/** @throws what keeps the bytes from being PKCS#12 with all its parts */
function parsePfx(bytes: Uint8Array, file: string): Pfx {
  if (bytes.length === 0) throw keystoreError('KeystoreEmpty', file);
  const kind = identifyBinary(bytes);
  if (kind === 'jks') throw keystoreError('KeystoreIsJks', file);
  if (kind === 'jceks') throw keystoreError('KeystoreIsJceks', file);
  if (bytes[0] !== tags.sequence) throw keystoreError('KeystoreUnrecognised', file);
  const converted = toDer(bytes);
  if (typeof converted === 'string') {
    if (!beginsAsPfx(bytes)) throw keystoreError('KeystoreUnrecognised', file);
    throw keystoreError(converted === 'cut off' ? 'KeystoreTruncated' : 'KeystoreDamaged', file);
  }
  const [version, authSafe, macData] = childrenIn(readElement(converted.der), tags.sequence, file);
  if (version?.tag !== tags.integer || authSafe?.tag !== tags.sequence) {
    throw keystoreError('KeystoreUnrecognised', file);
  }
  const [type, wrapped] = childrenOf(authSafe);
  if (!oidOf(type)?.startsWith(pkcs7)) throw keystoreError('KeystoreUnrecognised', file);
  const number = integerIn(version, file);
  if (number !== 3) throw keystoreError('KeystoreVersionUnknown', file, 'PKCS#12', number);
  const oid = oidIn(type, file);
  if (oid !== oids.data) throw keystoreError('KeystoreEncryptionUnknown', file, oid);
  const content = octetsIn(childrenIn(wrapped, tags.context0, file)[0], file);
  return { content, macData, trailingBytes: bytes.length - converted.length };
}

/** SEQUENCE, a length of whatever form, INTEGER 3, SEQUENCE. */
function beginsAsPfx(bytes: Uint8Array): boolean {
  const size = bytes[1] ?? 0;
  const start = 2 + (size > 0x80 ? size & 0x7f : 0);
  return Buffer.from([...bytes.subarray(start, start + 4)]).toString('hex') === '02010330';
}

type Safes = {
  bags: Bag[];
  /** How many encrypted parts the password didn't open. */
  locked: number;
  /** What is wrong with parts of the file, while others can be read. */
  problems: KeystoreProblem[];
};

/** What stands in the parts of an AuthenticatedSafe; one bad part doesn't hide the others. */
async function readSafes(content: Uint8Array, opening: Opening): Promise<Safes> {
  const safes: Safes = { bags: [], locked: 0, problems: [] };
  const parts = safeBagsIn(content);
  for (const part of childrenIn(parts, tags.sequence, opening.file)) {
    try {
      const safeContents = await openPart(part, opening);
      if (safeContents) safes.bags.push(...(await readBags(safeContents, opening)));
      else safes.locked += 1;
    } catch (error) {
      safes.problems.push(problemOf(error) as KeystoreProblem);
    }
  }
  return safes;
}

/** The SafeContents of one part; undefined if the password doesn't open it. */
async function openPart(part: DerElement, opening: Opening): Promise<DerElement | undefined> {
  const { file } = opening;
  const [type, wrapped] = childrenIn(part, tags.sequence, file);
  const [value] = childrenIn(wrapped, tags.context0, file);
  const oid = oidIn(type, file);
  if (oid === oids.data) {
    const plain = safeBagsIn(octetsIn(value, file));
    if (!plain) throw keystoreError('KeystoreDamaged', file);
    return plain;
  }
  if (oid !== oids.encryptedData) throw keystoreError('KeystoreEncryptionUnknown', file, oid);
  const [, info] = childrenIn(value, tags.sequence, file);
  const [, algorithm, encrypted] = childrenIn(info, tags.sequence, file);
  const plain = await decrypt(algorithm, implicitOctets(encrypted, file), opening);
  const safeContents = plain && safeBagsIn(plain);
  if (safeContents) opening.hasOpened = true;
  return safeContents;
}

/** An OCTET STRING under the tag [0], in one piece or, in BER, in several. */
function implicitOctets(element: DerElement | undefined, file: string): Uint8Array {
  if (element?.tag === 0x80) return element.contents;
  return Buffer.concat(childrenIn(element, tags.context0, file).map((piece) => octetsIn(piece, file)));
}

function report({ bags, locked, problems }: Safes, reading: KeystoreReading, file: string): void {
  const found = entriesOf(bags, locked === 0 && problems.length === 0, file);
  reading.entries.push(...found.entries);
  reading.problems.push(...problems, ...found.problems);
  if (locked > 0) reading.problems.push(keystoreProblem('KeystoreOfTwoPasswords', file));
}
