import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Problem } from '../errors.ts';
import { keyProblem, type KeyProblemCode } from './key-problem.ts';

/** RS256 as `sf` signs it refuses shorter keys (docs/reference/salesforce-oauth.md §8). */
const minimumKeyBits = 2048;

/** A PEM text as `sf` parses it, which is as node:crypto does; undefined if it can't. */
export function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** An unencrypted key in DER; undefined if it isn't one. */
export function parseDerKey(der: Uint8Array, type: 'pkcs8' | 'pkcs1' | 'sec1'): KeyObject | undefined {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type });
  } catch {
    return undefined;
  }
}

/** What keeps a key that can be read from signing RS256; undefined if nothing does. */
export function unfit(key: KeyObject, file: string): Problem<KeyProblemCode> | undefined {
  const type = key.asymmetricKeyType;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (type === 'ec') return keyProblem('KeyFileIsEc', file);
  if (type === 'ed25519') return keyProblem('KeyFileIsEd25519', file);
  if (type === 'rsa-pss') return keyProblem('KeyFileIsRsaPss', file);
  if (type !== 'rsa') return keyProblem('KeyFileOfOtherKind', file, type ?? 'unknown');
  if (bits < minimumKeyBits) return keyProblem('KeyFileTooShort', file, bits);
  return signsRightly(key) ? undefined : keyProblem('KeyFileDamaged', file);
}

/** A flipped bit can leave a file that parses, with numbers that no longer belong together. */
function signsRightly(key: KeyObject): boolean {
  const probe = Buffer.from('sf aquila');
  try {
    return verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key));
  } catch {
    return false;
  }
}
