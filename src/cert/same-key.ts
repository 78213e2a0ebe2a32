import type { KeyObject } from 'node:crypto';

/**
 * Whether two public keys are the same key, by the bytes of their SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
 *
 * Not `KeyObject.equals`: for keys of different types it leaves an error in OpenSSL's queue (Node 22.23.3), and the next call that parses
 * a key, of a good file even, throws that error in place of its own.
 */
export const isSameKey = (one: KeyObject, other: KeyObject): boolean => spki(one).equals(spki(other));

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
