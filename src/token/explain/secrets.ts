/** What stands in the place of a secret. */
const mask = '[hidden]';

/**
 * Access and refresh tokens, assertions and other JWTs, PEM blocks, and whatever stands behind the name of a secret. Every repetition has
 * one way to match, so that no text is slow.
 */
const secrets: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  /\b00D\w{12,15}![\w.]*/g,
  /\b5Aep861[\w.]*/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g,
  /(?<=\b(?:access_token|refresh_token|id_token|client_secret|assertion|password|passphrase|sid)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"'&,;}]+/gi,
  /(?<=\b(?:Bearer|OAuth) )[\w.!~+/=-]{16,}/g,
  /[A-Za-z0-9+/]{40,}={0,2}/g,
];

/** Longer than this, a run of letters may be a secret of any form; with a digit in it, half as long. */
const longestWord = 32;
/** What is longer than this helps nobody to find the place. */
const longestGap = 80;

/** What stood between known words, if it is short and holds nothing that may be a secret; else that something stood there. */
export function maskGap(text: string): string {
  if (text.length > longestGap) return ' … ';
  return maskSecrets(text).replace(/[^\s/\\:,;'"()[\]{}]+/g, (run) =>
    run.length >= longestWord || (run.length >= longestWord / 2 && /\d/.test(run)) ? mask : run
  );
}

/** A text with every secret that can be told by its form or its name replaced. */
export const maskSecrets = (text: string): string =>
  secrets.reduce((masked, secret) => masked.replace(secret, mask), text);

/** Whether a text holds a secret that it should not have been copied with. */
export const holdsSecret = (text: string): boolean => secrets.slice(0, -1).some((secret) => text.search(secret) !== -1);
