import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { identifyBinary } from '../cert/binary.ts';
import { collectorTrouble } from '../cert/collector-pem.ts';
import { isAffordable, maximumRounds } from '../cert/derivation-limit.ts';
import { readPrivateKey } from '../cert/key-file.ts';
import { describeKey } from '../cert/key-facts.ts';
import { parseDerKey, parseKey, unfit } from '../cert/key-fitness.ts';
import { unwrap } from '../cert/key-wrapping.ts';
import { openSshPrivateKey, openSshPublicKey } from '../cert/open-ssh.ts';
import { decodeBase64, pemBlocks, type PemBlock } from '../cert/pem.ts';
import {
  finding,
  inspected,
  type InspectedKey,
  type InspectedProblem,
  type Inspection,
  type InspectionInput,
  type Verdict,
} from './inspection.ts';

type Part = Pick<Inspection, 'keys' | 'needs'> & {
  report: Pick<Inspection['report'], 'problems' | 'verdicts' | 'key'>;
};

/** The private key of a file, opened with the passphrase where it has one, and whether `sf` and the collector can sign with it. */
export function inspectKey({ bytes, file, passphrase }: InspectionInput): Part {
  const reading = readPrivateKey(bytes, file);
  const found = findKey(bytes, passphrase);
  const { publicKey, privateKey, format, encrypted } = found;
  const isEncryption = !reading.usable && reading.problem.code.startsWith('KeyFileEncrypted');
  const problems: InspectedProblem[] = [];
  if (!reading.usable && !(isEncryption && privateKey)) problems.push(inspected(reading.problem));
  if (found.isEndless) problems.push(finding('KeyFileIterationsTooMany', [file, maximumRounds]));
  else if (isEncryption && !privateKey && passphrase !== undefined) problems.push(finding('PassphraseWrong', [file]));
  const weakness = isEncryption && privateKey ? unfit(privateKey, file) : undefined;
  if (weakness) problems.push(inspected(weakness));
  if (reading.usable && reading.collector) problems.push(finding(collectorCodes[reading.collector], [file]));
  if (reading.usable && countKeys(bytes) > 1) problems.push(finding('KeyFileOfSeveral', [file]));
  const key: InspectedKey = { ...(publicKey && describeKey(publicKey)), format, encrypted };
  return {
    keys: publicKey ? [{ name: file, publicKey }] : [],
    ...(encrypted && !privateKey && !found.isEndless && format !== 'openssh' && { needs: 'passphrase' as const }),
    report: { problems, verdicts: verdictsOf(bytes, key, reading.usable, privateKey), key },
  };
}

const collectorCodes = {
  'key-not-first': 'KeyFileKeyNotFirst',
  'byte-order-mark': 'KeyFileByteOrderMark',
  'pem-not-found': 'KeyFilePemUnusual',
} as const;

type FoundKey = {
  privateKey?: KeyObject;
  publicKey?: KeyObject;
  format: InspectedKey['format'];
  encrypted: boolean;
  /** Whether it asks for more rounds of key derivation than are ever computed. */
  isEndless?: boolean;
};

function findKey(bytes: Uint8Array, passphrase: string | undefined): FoundKey {
  const { text } = unwrap(bytes);
  const block = pemBlocks(text).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block?.label === 'OPENSSH PRIVATE KEY') {
    const ssh = block.der && openSshPrivateKey(block.der);
    return {
      format: 'openssh',
      encrypted: ssh?.isEncrypted ?? false,
      ...(ssh?.publicKey && { publicKey: ssh.publicKey }),
    };
  }
  const der = identifyBinary(bytes) ? bytes : (block?.der ?? decodeBase64(text));
  const kind = der && identifyBinary(der);
  const encrypted = kind === 'encrypted-key' || block?.encrypted === true;
  const isEndless = der !== undefined && kind === 'encrypted-key' && !isAffordable(der);
  if (isEndless) return { format: 'pkcs8', encrypted, isEndless };
  const privateKey = encrypted ? opened(block, text, der, passphrase) : plainKey(text, der);
  const format = encrypted && kind === 'encrypted-key' ? 'pkcs8' : formatOf(kind, block);
  return { format, encrypted, ...(privateKey && { privateKey, publicKey: createPublicKey(privateKey) }) };
}

function plainKey(text: string, der: Uint8Array | undefined): KeyObject | undefined {
  const kind = der && identifyBinary(der);
  const isKey = kind === 'pkcs8' || kind === 'pkcs1' || kind === 'sec1';
  return parseKey(text) ?? (der && isKey ? parseDerKey(der, kind) : undefined);
}

function formatOf(kind: ReturnType<typeof identifyBinary>, block: PemBlock | undefined): InspectedKey['format'] {
  if (kind === 'pkcs8' || kind === 'pkcs1' || kind === 'sec1') return kind;
  if (block?.label === 'RSA PRIVATE KEY') return 'pkcs1';
  if (block?.label === 'EC PRIVATE KEY') return 'sec1';
  return block?.label === 'PRIVATE KEY' ? 'pkcs8' : 'unknown';
}

/** An encrypted key, as far as the passphrase opens it. */
function opened(
  block: PemBlock | undefined,
  text: string,
  der: Uint8Array | undefined,
  passphrase: string | undefined
): KeyObject | undefined {
  if (passphrase === undefined) return undefined;
  try {
    if (block?.encrypted) return createPrivateKey({ key: text, passphrase });
    if (!der) return undefined;
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8', passphrase });
  } catch {
    return undefined;
  }
}

function verdictsOf(
  bytes: Uint8Array,
  { type, bits = 0, encrypted }: InspectedKey,
  isUsable: boolean,
  privateKey: KeyObject | undefined
): Verdict[] {
  const both = (reason: Verdict['reason']): Verdict[] => [
    { by: 'sf', answer: 'no', reason },
    { by: 'collector', answer: 'no', reason },
  ];
  if (encrypted) return both('key-encrypted');
  if (type !== undefined && type !== 'rsa') return both('key-not-rsa');
  const sees = privateKey && collectorTrouble(bytes, privateKey) === undefined;
  if (isUsable) {
    const answer = sees
      ? ({ answer: 'yes', reason: 'key-first' } as const)
      : ({ answer: 'no', reason: 'key-not-found' } as const);
    return [
      { by: 'sf', answer: 'yes', reason: 'key-signs' },
      { by: 'collector', ...answer },
    ];
  }
  if (type === 'rsa' && bits < 2048) {
    return [
      { by: 'sf', answer: 'no', reason: 'key-too-short' },
      { by: 'collector', answer: 'unsure', reason: 'key-too-short' },
    ];
  }
  return both('key-not-usable');
}

/** How many different private keys can be read from the blocks of a text. */
function countKeys(bytes: Uint8Array): number {
  const blocks = pemBlocks(Buffer.from(bytes).toString('latin1')).filter(({ label }) => label.endsWith('PRIVATE KEY'));
  return new Set(blocks.map(({ body }) => body.replace(/\s+/g, ''))).size;
}

/** A public key in whatever form; undefined where it is damaged. */
export function findPublicKey(bytes: Uint8Array): { publicKey: KeyObject; format: InspectedKey['format'] } | undefined {
  const { text } = unwrap(bytes);
  const ssh = openSshPublicKey(text);
  if (ssh) return { publicKey: ssh, format: 'openssh' };
  const block = pemBlocks(text).find(({ label }) => label.endsWith('PUBLIC KEY'));
  const der = identifyBinary(bytes) ? bytes : (block?.der ?? decodeBase64(text));
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      if (der) return { publicKey: createPublicKey({ key: Buffer.from(der), format: 'der', type }), format: type };
    } catch {
      continue;
    }
  }
  return undefined;
}
