import { aquilaError } from '../errors.ts';

/** OpenSSL's prompts take no fewer characters, and Node reads no passphrase of more bytes (docs/reference/keys-and-keystores.md §7.2). */
const minimumCharacters = 4;
const maximumBytes = 1024;

/**
 * The passphrase in the bytes of a file, of standard input or of a variable, less one line break at the end.
 *
 * @param source what to call the source in an error
 * @throws PassphraseNotText (UTF-16, a byte order mark, other encodings), PassphraseOfSeveralLines, PassphraseTooShort,
 *   PassphraseTooLong; none of them quotes it
 */
export function decodePassphrase(bytes: Uint8Array, source: string): string {
  const passphrase = decodePassword(bytes, source);
  if ([...passphrase].length < minimumCharacters) {
    throw aquilaError('PassphraseTooShort', [source, minimumCharacters]);
  }
  if (Buffer.byteLength(passphrase) > maximumBytes) throw aquilaError('PassphraseTooLong', [source, maximumBytes]);
  return passphrase;
}

/**
 * The same without a word on the length: a keystore that exists may have any password, and a new one has its own rules.
 *
 * @throws PassphraseNotText, PassphraseOfSeveralLines
 */
export function decodePassword(bytes: Uint8Array, source: string): string {
  const text = Buffer.from(bytes).toString('utf8');
  const password = text.replace(/\r?\n$/, '');
  if (!Buffer.from(text).equals(bytes) || /[\0\uFEFF]/.test(text)) throw aquilaError('PassphraseNotText', [source]);
  if (/[\r\n]/.test(password)) throw aquilaError('PassphraseOfSeveralLines', [source]);
  return password;
}
