import { createPublicKey, type KeyObject } from 'node:crypto';

/** What stands at the beginning of a private key of OpenSSH, before its parts (PROTOCOL.key of OpenSSH). */
const magic = 'openssh-key-v1\0';

/** The public half that stands unencrypted in a private key of OpenSSH, and whether the rest is encrypted; undefined if it is damaged. */
export function openSshPrivateKey(
  bytes: Uint8Array
): { isEncrypted: boolean; publicKey: KeyObject | undefined } | undefined {
  const buffer = Buffer.from(bytes);
  if (buffer.toString('latin1', 0, magic.length) !== magic) return undefined;
  const [cipher, derivation, options] = stringsIn(buffer.subarray(magic.length));
  if (!cipher || !derivation || !options) return undefined;
  const at = magic.length + 12 + cipher.length + derivation.length + options.length + 4; // 4: the number of keys
  const [blob] = stringsIn(buffer.subarray(at));
  return { isEncrypted: cipher.toString() !== 'none', publicKey: blob && publicKeyOf(blob) };
}

/** The key in a line such as `ssh-rsa AAAA… ann@laptop` (RFC 4253 §6.6); undefined for other lines. */
export function openSshPublicKey(line: string): KeyObject | undefined {
  const [, base64] = /^\s*(?:ssh|ecdsa)-[\w-]+ (AAAA[A-Za-z0-9+/=]+)/.exec(line) ?? [];
  return base64 === undefined ? undefined : publicKeyOf(Buffer.from(base64, 'base64'));
}

const curves = new Map([
  ['nistp256', 'P-256'],
  ['nistp384', 'P-384'],
  ['nistp521', 'P-521'],
]);

/** RSA of RFC 4253 §6.6, Ed25519 of RFC 8709 §4, ECDSA of RFC 5656 §3.1. */
function publicKeyOf(blob: Buffer): KeyObject | undefined {
  const [type, first, second] = stringsIn(blob);
  if (!type || !first) return undefined;
  const half = ((second?.length ?? 0) - 1) / 2;
  const crv = curves.get(first.toString());
  const keys: Record<string, Record<string, string> | undefined> = {
    'ssh-rsa': second && { kty: 'RSA', e: url(first), n: url(unsigned(second)) },
    'ssh-ed25519': { kty: 'OKP', crv: 'Ed25519', x: url(first) },
  };
  const ec = crv &&
    second && { kty: 'EC', crv, x: url(second.subarray(1, 1 + half)), y: url(second.subarray(1 + half)) };
  const key = type.toString().startsWith('ecdsa-') ? ec : keys[type.toString()];
  try {
    return key ? createPublicKey({ key, format: 'jwk' }) : undefined;
  } catch {
    return undefined;
  }
}

const url = (bytes: Buffer): string => bytes.toString('base64url');

const unsigned = (bytes: Buffer): Buffer => (bytes[0] === 0 ? bytes.subarray(1) : bytes);

/** Strings with their length before them (RFC 4251 §5), as many as are whole. */
function stringsIn(bytes: Buffer): Buffer[] {
  const strings: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length && strings.length < 8;) {
    const size = bytes.readUInt32BE(at);
    if (at + 4 + size > bytes.length) break;
    strings.push(bytes.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return strings;
}
