import { dirname, join } from 'node:path';
import { layoutFilters } from '../cert/key-wrapping.ts';
import { pipeline, shellWord, siblingName } from '../cert/shell.ts';
import { problem, toError, type ErrorCode, type Problem } from '../errors.ts';

type KeystoreProblemCode = Extract<ErrorCode, `Keystore${string}`>;

/** The problem of a keystore file with its text; `details` are what the message says besides the file's name. */
export function keystoreProblem<Code extends KeystoreProblemCode>(
  code: Code,
  file: string,
  ...details: Array<string | number>
): Problem<Code> {
  const repair = repairs[code]?.(file, String(details[0] ?? ''));
  return problem(code, [file, ...details], repair === undefined ? [] : [repair]);
}

/** The same as an error, for the parsers. */
export function keystoreError(code: KeystoreProblemCode, file: string, ...details: Array<string | number>): Error {
  return toError(keystoreProblem(code, file, ...details));
}

/** What a person can do, for the problems that a program can mend: with this plugin where it can. The file itself stays. */
const repairs: Partial<Record<KeystoreProblemCode, (file: string, detail: string) => string>> = {
  KeystoreIsText: (file, form) => {
    const filters = form === 'PEM' ? layoutFilters.slice(0, 2) : layoutFilters.slice(1, 2);
    return pipeline(file, filters, `openssl base64 -d -A > ${shellWord(siblingName(file, '.binary'))}`);
  },
  KeystoreIsPkcs12: (file) => madeAgain(file, 'jks'),
  KeystoreIsJceks: (file) => {
    const output = shellWord(siblingName(file, '.converted.jks'));
    return `keytool -importkeystore -srckeystore ${shellWord(file)} -srcstoretype JCEKS -destkeystore ${output} -deststoretype JKS`;
  },
  KeystoreIsJks: (file) => madeAgain(file, 'p12'),
  KeystoreAliasUpperCase: (file) => madeAgain(file, 'jks'),
  KeystoreKeyPasswordDiffers: (file, alias) =>
    `keytool -keypasswd -keystore ${shellWord(file)} -alias ${shellWord(alias)}`,
  KeystoreOfTwoPasswords: (file) => rewritten(file),
  KeystoreWithoutMac: (file) => madeAgain(file, 'p12'),
  KeystoreSeveralKeys: (file) => `${madeAgain(file, 'p12')} --alias ALIAS`,
  KeystorePasswordNotReusable: (file, type) => {
    const plain = shellWord(siblingName(file, '.plain.pem'));
    if (type === 'PKCS#12') return `openssl pkcs12 -in ${shellWord(file)} -nodes -out ${plain}`;
    const store = shellWord(siblingName(file, '.plain.p12'));
    const convert = `keytool -importkeystore -srckeystore ${shellWord(file)} -destkeystore ${store} -deststoretype PKCS12`;
    return `${convert} && openssl pkcs12 -in ${store} -nodes -out ${plain}`;
  },
};

/** The key with its certificates in a new keystore, in a folder of its own: the file may have the very name of the new one. */
function madeAgain(file: string, type: 'jks' | 'p12'): string {
  const folder = shellWord(join(dirname(file), 'new-keystore'));
  return `sf aquila keystore create --key-file ${shellWord(file)} --type ${type} --output-dir ${folder}`;
}

/** OpenSSL takes everything out and puts it in again; the plain key lies in a file of mode 0600 meanwhile. */
function rewritten(file: string): string {
  const plain = shellWord(siblingName(file, '.plain.pem'));
  const output = shellWord(siblingName(file, '.rewritten.p12'));
  const take = `openssl pkcs12 -twopass -in ${shellWord(file)} -nodes -out ${plain}`;
  return `${take} && openssl pkcs12 -export -in ${plain} -out ${output} && rm ${plain}`;
}
