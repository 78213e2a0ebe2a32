import { problem, type Problem } from '../errors.ts';
import { pipeline, shellWord, siblingName } from './shell.ts';

/** All that can be wrong with a private key file, each with its own message and fix in messages/errors.md. */
export const keyProblemCodes = [
  'KeyFileEmpty',
  'KeyFileEncrypted',
  'KeyFileEncryptedPkcs1',
  'KeyFileIsCertificate',
  'KeyFileIsCsr',
  'KeyFileIsPublicKey',
  'KeyFileIsEc',
  'KeyFileIsEd25519',
  'KeyFileIsRsaPss',
  'KeyFileOfOtherKind',
  'KeyFileTooShort',
  'KeyFileIsDer',
  'KeyFileIsPkcs12',
  'KeyFileIsJks',
  'KeyFileIsOpenSsh',
  'KeyFileUtf16',
  'KeyFileQuoted',
  'KeyFileLiteralNewlines',
  'KeyFileLineEnds',
  'KeyFileIndented',
  'KeyFileOneLine',
  'KeyFileBase64',
  'KeyFileWithoutMarkers',
  'KeyFileLayout',
  'KeyFileTruncated',
  'KeyFileDamaged',
  'KeyFileMasked',
  'KeyFileIsHtml',
  'KeyFileIsOtherPem',
  'KeyFileUnrecognised',
] as const;

export type KeyProblemCode = (typeof keyProblemCodes)[number];

/**
 * The problem with its text.
 *
 * @param detail what the message says besides the file's name
 * @param repair the command that mends the file, for the codes that have one
 */
export function keyProblem(
  code: KeyProblemCode,
  file: string,
  detail?: string | number,
  repair?: string
): Problem<KeyProblemCode> {
  return problem(code, detail === undefined ? [file] : [file, detail], repair === undefined ? [] : [repair]);
}

/** The pipe that unwraps a file and lets OpenSSL write the key anew: as PKCS#8 PEM, readable by its owner only. */
export function opensslRepair(file: string, filters: string[], options = ''): string {
  return pipeline(file, filters, `openssl pkey${options}${inputOf(file, filters)} -out ${repaired(file)}`);
}

/** `-nodes` and not `-noenc`: OpenSSL 1.1 knows only the first, 3.x both. */
export function pkcs12Repair(file: string, filters: string[]): string {
  return pipeline(file, filters, `openssl pkcs12${inputOf(file, filters)} -nocerts -nodes -out ${repaired(file)}`);
}

export function jksRepair(file: string): string {
  const store = shellWord(siblingName(file, '.plain.p12'));
  const convert = `keytool -importkeystore -srckeystore ${shellWord(file)} -destkeystore ${store} -deststoretype pkcs12`;
  return `${convert} && openssl pkcs12 -in ${store} -nocerts -nodes -out ${repaired(file)}`;
}

/** ssh-keygen rewrites in place, and only a file that nobody else can read: hence a copy with mode 0600. */
export function openSshRepair(file: string): string {
  return `install -m 600 ${shellWord(file)} ${repaired(file)} && ssh-keygen -p -N "" -m PKCS8 -f ${repaired(file)}`;
}

/** `server.key` is repaired into `server.plain.pem` beside it; the original stays. */
const repaired = (file: string): string => shellWord(siblingName(file, '.plain.pem'));

const inputOf = (file: string, filters: string[]): string => (filters.length === 0 ? ` -in ${shellWord(file)}` : '');
