import { childrenOf, oidOf, readElement, tags } from './der.ts';

/** What a file that is no text holds. `damaged` looks like DER but is cut off or broken. */
export type BinaryKind =
  | 'jks'
  | 'jceks'
  | 'pkcs12'
  | 'pkcs7'
  | 'encrypted-key'
  | 'pkcs8'
  | 'pkcs1'
  | 'sec1'
  | 'certificate'
  | 'csr'
  | 'public-key'
  | 'damaged';

const pkcs7 = '1.2.840.113549.1.7.';

/**
 * Names the container by its first bytes and its shape, without decrypting anything; undefined if it is no known binary.
 * Magic numbers and shapes: docs/reference/keys-and-keystores.md §9.2 and §10, RFC 7292 §4, RFC 5208 §5 and §6, RFC 8017 A.1,
 * RFC 5915 §3, RFC 5280 §4.1, RFC 2986 §4.
 */
export function identifyBinary(bytes: Uint8Array): BinaryKind | undefined {
  const magic = Buffer.from(bytes.subarray(0, 5)).toString('hex');
  if (magic.startsWith('feedfeed')) return 'jks';
  if (magic.startsWith('cececece')) return 'jceks';
  if (magic === '3080020103') return 'pkcs12'; // BER of indefinite length, as some exports write it
  if (bytes[0] !== tags.sequence) return undefined;
  const whole = readElement(bytes);
  if (whole) return shapeOf(childrenOf(whole)) ?? (isText(bytes) ? undefined : 'damaged');
  return isText(bytes) ? undefined : 'damaged';
}

/** The digit 0 is the tag of a SEQUENCE as well, so a text may begin with it. */
const isText = (bytes: Uint8Array): boolean => !bytes.some((byte) => byte === 0 || byte > 0x7e);

function shapeOf(children: Array<NonNullable<ReturnType<typeof readElement>>>): BinaryKind | undefined {
  const [first, second, third] = children;
  const shape = children.map(({ tag }) => letters.get(tag) ?? '?').join('');
  if (first?.tag === tags.oid && oidOf(first)?.startsWith(pkcs7)) return 'pkcs7';
  if (first?.tag === tags.integer && second?.tag === tags.sequence) {
    if (first.contents[0] === 3 && oidOf(childrenOf(second)[0])?.startsWith(pkcs7)) return 'pkcs12';
    if (third?.tag === tags.octetString) return 'pkcs8';
  }
  if (shape === 'SO') return 'encrypted-key';
  if (shape === 'SB' || shape === 'II') return 'public-key';
  if (shape.startsWith('IO')) return 'sec1';
  if (/^I{9}/.test(shape)) return 'pkcs1';
  if (shape === 'SSB' && first) return childrenOf(first).length <= 4 ? 'csr' : 'certificate';
  return undefined;
}

const letters = new Map<number, string>([
  [tags.sequence, 'S'],
  [tags.integer, 'I'],
  [tags.octetString, 'O'],
  [tags.bitString, 'B'],
]);
