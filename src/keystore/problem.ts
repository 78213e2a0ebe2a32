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

/** What a person can do without this plugin, for the problems that a program can mend. The file itself stays. */
const repairs: Partial<Record<KeystoreProblemCode, (file: string, detail: string) => string>> = {
  KeystoreIsText: (file, form) => {
    const filters = form === 'PEM' ? layoutFilters.slice(0, 2) : layoutFilters.slice(1, 2);
    return pipeline(file, filters, `openssl base64 -d -A > ${shellWord(siblingName(file, '.binary'))}`);
  },
  KeystoreIsPkcs12: (file) => convert(file, 'PKCS12', 'JKS'),
  KeystoreIsJceks: (file) => convert(file, 'JCEKS', 'JKS'),
  KeystoreIsJks: (file) => convert(file, 'JKS', 'PKCS12'),
  KeystoreKeyPasswordDiffers: (file, alias) =>
    `keytool -keypasswd -keystore ${shellWord(file)} -alias ${shellWord(alias)}`,
  KeystoreOfTwoPasswords: (file) => rewritten(file, ' -twopass'),
  KeystoreWithoutMac: (file) => rewritten(file, ''),
  KeystoreSeveralKeys: (file) => {
    const one = shellWord(siblingName(file, '.one.p12'));
    return `keytool -importkeystore -srckeystore ${shellWord(file)} -srcalias ALIAS -destkeystore ${one} -deststoretype PKCS12`;
  },
};

/** keytool writes every entry of a store into another of the type that is wanted. */
function convert(file: string, from: string, to: 'JKS' | 'PKCS12'): string {
  const output = siblingName(file, to === 'JKS' ? '.converted.jks' : '.converted.p12');
  const source = `-srckeystore ${shellWord(file)} -srcstoretype ${from}`;
  return `keytool -importkeystore ${source} -destkeystore ${shellWord(output)} -deststoretype ${to}`;
}

/** OpenSSL takes everything out and puts it in again; the plain key lies in a file of mode 0600 meanwhile. */
function rewritten(file: string, options: string): string {
  const plain = shellWord(siblingName(file, '.plain.pem'));
  const output = shellWord(siblingName(file, '.rewritten.p12'));
  const take = `openssl pkcs12${options} -in ${shellWord(file)} -nodes -out ${plain}`;
  return `${take} && openssl pkcs12 -export -in ${plain} -out ${output} && rm ${plain}`;
}
