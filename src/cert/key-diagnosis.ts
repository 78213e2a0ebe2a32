import type { Problem } from '../errors.ts';
import { identifyBinary } from './binary.ts';
import { parseDerKey, parseKey, unfit } from './key-fitness.ts';
import {
  jksRepair,
  keyProblem,
  openSshRepair,
  opensslRepair,
  pkcs12Repair,
  type KeyProblemCode,
} from './key-problem.ts';
import { base64Filters, layoutBytes, layoutFilters, unwrap, type Unwrapped } from './key-wrapping.ts';
import { decodeBase64, pemBlocks, type PemBlock } from './pem.ts';

type KeyProblem = Problem<KeyProblemCode>;

/** Names the one defect that stands in the way of a file that `sf` can't use as a private key, outermost container first. */
export function diagnoseKeyFile(bytes: Uint8Array, file: string): KeyProblem {
  const binary = binaryProblem(bytes, file, []);
  if (binary) return binary;
  const unwrapped = unwrap(bytes);
  if (unwrapped.text.trim() === '') return keyProblem('KeyFileEmpty', file);
  const key = parseKey(unwrapped.text);
  const [wrapping] = unwrapped.wrappings;
  if (key && wrapping) {
    return unfit(key, file) ?? keyProblem(wrapping, file, undefined, opensslRepair(file, unwrapped.filters));
  }
  return textProblem(unwrapped, file);
}

/**
 * What stands in bytes that are no text, instead of a PEM key; undefined for a text.
 *
 * @param filters how a shell gets these bytes out of the file
 */
function binaryProblem(bytes: Uint8Array, file: string, filters: string[]): KeyProblem | undefined {
  const kind = identifyBinary(bytes);
  switch (kind) {
    case undefined:
      return undefined;
    case 'jks':
    case 'jceks':
      return keyProblem('KeyFileIsJks', file, kind.toUpperCase(), jksRepair(file));
    case 'pkcs12':
      return keyProblem('KeyFileIsPkcs12', file, undefined, pkcs12Repair(file, filters));
    case 'encrypted-key':
      return keyProblem('KeyFileEncrypted', file, undefined, opensslRepair(file, filters, ' -inform DER'));
    case 'certificate':
      return keyProblem('KeyFileIsCertificate', file);
    case 'csr':
      return keyProblem('KeyFileIsCsr', file);
    case 'public-key':
      return keyProblem('KeyFileIsPublicKey', file);
    case 'pkcs7':
      return keyProblem('KeyFileIsOtherPem', file, 'PKCS7');
    case 'damaged':
      return keyProblem('KeyFileDamaged', file);
    default:
      return derKeyProblem('KeyFileIsDer', bytes, kind, file, filters);
  }
}

/** A key in DER: `code` if nothing but its container is wrong. */
function derKeyProblem(
  code: KeyProblemCode,
  der: Uint8Array,
  type: 'pkcs8' | 'pkcs1' | 'sec1',
  file: string,
  filters: string[]
): KeyProblem {
  const key = parseDerKey(der, type);
  if (!key) return keyProblem('KeyFileDamaged', file);
  return unfit(key, file) ?? keyProblem(code, file, undefined, opensslRepair(file, filters, ' -inform DER'));
}

function textProblem(unwrapped: Unwrapped, file: string): KeyProblem {
  const { text } = unwrapped;
  const blocks = pemBlocks(text);
  const keyBlock = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  const [other] = blocks;
  if (keyBlock) return keyBlockProblem(keyBlock, unwrapped, file);
  if (other) return otherBlockProblem(other.label, file);
  if (mask.test(text)) return keyProblem('KeyFileMasked', file);
  if (/^\s*(?:ssh|ecdsa)-[\w-]+ AAAA/.test(text)) return keyProblem('KeyFileIsPublicKey', file);
  if (/^\s*<(?:!doctype|html|head|body|\?xml)/i.test(text)) return keyProblem('KeyFileIsHtml', file);
  if (/-----END [A-Z ]*PRIVATE KEY-----/.test(text)) return keyProblem('KeyFileTruncated', file);
  const bare = bareBase64Problem(text, file);
  return bare ?? keyProblem(/PRIVATE KEY/i.test(text) ? 'KeyFileDamaged' : 'KeyFileUnrecognised', file);
}

/** What CI systems print in place of a secret. */
const mask = /\*{3}/;

function keyBlockProblem(block: PemBlock, { text, filters }: Unwrapped, file: string): KeyProblem {
  if (mask.test(block.body)) return keyProblem('KeyFileMasked', file);
  if (!block.closed) return keyProblem('KeyFileTruncated', file);
  if (block.label === 'OPENSSH PRIVATE KEY') return openSshProblem(block, file);
  if (block.label === 'EC PRIVATE KEY') return keyProblem('KeyFileIsEc', file);
  const decrypt = opensslRepair(file, filters);
  if (block.encrypted) return keyProblem('KeyFileEncryptedPkcs1', file, undefined, decrypt);
  const kind = block.der && identifyBinary(block.der);
  if (kind === 'encrypted-key') return keyProblem('KeyFileEncrypted', file, undefined, decrypt);
  const der = layoutBytes(text);
  if (!der || (kind !== 'pkcs8' && kind !== 'pkcs1')) return keyProblem('KeyFileDamaged', file);
  return derKeyProblem('KeyFileLayout', der, kind, file, [...filters, ...layoutFilters]);
}

function openSshProblem(block: PemBlock, file: string): KeyProblem {
  const content = block.der?.toString('latin1') ?? '';
  if (content.includes('ssh-ed25519')) return keyProblem('KeyFileIsEd25519', file);
  if (content.includes('ecdsa-sha2')) return keyProblem('KeyFileIsEc', file);
  if (!content.includes('ssh-rsa')) return keyProblem('KeyFileDamaged', file);
  return keyProblem('KeyFileIsOpenSsh', file, undefined, openSshRepair(file));
}

function otherBlockProblem(label: string, file: string): KeyProblem {
  if (label.endsWith('CERTIFICATE REQUEST')) return keyProblem('KeyFileIsCsr', file);
  if (label.endsWith('CERTIFICATE')) return keyProblem('KeyFileIsCertificate', file);
  if (label.endsWith('PUBLIC KEY')) return keyProblem('KeyFileIsPublicKey', file);
  return keyProblem('KeyFileIsOtherPem', file, label.slice(0, 40));
}

/** Base64 without BEGIN and END lines: the body of a PEM file, or a binary container as CI variables hold it. */
function bareBase64Problem(text: string, file: string): KeyProblem | undefined {
  const der = decodeBase64(text);
  const kind = der && identifyBinary(der);
  if (!der || !kind || kind === 'damaged' || kind === 'jks' || kind === 'jceks') return undefined;
  if (kind !== 'pkcs8' && kind !== 'pkcs1') return binaryProblem(der, file, base64Filters);
  return derKeyProblem('KeyFileWithoutMarkers', der, kind, file, base64Filters);
}
