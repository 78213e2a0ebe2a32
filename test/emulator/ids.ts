const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a 15-character Salesforce id: each block of five characters gives one suffix character, whose bits say
 * which of the five are upper-case letters.
 */
export function to18(id15: string): string {
  if (!/^[0-9A-Za-z]{15}$/.test(id15)) throw new Error(`not a 15-character id: ${id15}`);
  const suffix = [0, 5, 10].map((start) => {
    const bits = Array.from({ length: 5 }, (_, i) => (/[A-Z]/.test(id15.charAt(start + i)) ? 1 << i : 0));
    return suffixAlphabet.charAt(bits.reduce((sum, bit) => sum + bit));
  });
  return id15 + suffix.join('');
}

/** Equal as ids, whether either has 15 or 18 characters. */
export function sameId(a: string, b: string): boolean {
  return a.slice(0, 15) === b.slice(0, 15);
}

/** Hands out ids of one org: key prefix (three characters), a fixed instance part, a counter. */
export class IdMint {
  #next = 1;

  next(prefix: string): string {
    let rest = this.#next++;
    let counter = '';
    for (let i = 0; i < 7; i++) {
      counter = base62.charAt(rest % 62) + counter;
      rest = Math.floor(rest / 62);
    }
    return to18(`${prefix}5g000${counter}`);
  }
}
