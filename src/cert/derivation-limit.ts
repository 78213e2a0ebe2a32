import { childrenOf, readElement, tags, type DerElement } from './der.ts';

/** What opening one file may cost: some seconds. OpenSSL writes 2,048 rounds for a key, the JDK 10,000, this plugin 600,000. */
export const maximumRounds = 5_000_000;

/** Whether the numbers in the algorithm of an encrypted key (RFC 5958 §3) keep to `maximumRounds`, so that it may be opened. */
export function isAffordable(encryptedKey: Uint8Array): boolean {
  const whole = readElement(encryptedKey);
  const algorithm = whole && childrenOf(whole)[0];
  return algorithm !== undefined && numbersIn(algorithm, 0).every((rounds) => rounds <= maximumRounds);
}

/** PBKDF2 has rounds and the length of the key, scrypt its costs, PBES1 rounds. */
function numbersIn(element: DerElement, depth: number): number[] {
  if (element.tag === tags.integer) {
    const { contents } = element;
    return [contents.length > 6 ? Infinity : Number(`0x${Buffer.from(contents).toString('hex') || '0'}`)];
  }
  if (element.tag !== tags.sequence) return [];
  return depth > 8 ? [Infinity] : childrenOf(element).flatMap((child) => numbersIn(child, depth + 1));
}
