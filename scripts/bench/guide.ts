import { run } from './run.ts';

/** Protects everything here, as the guide's steps would be typed; nothing of it outlives the comparison. */
export const password = 'throw-away';

/** The alias that replaces "1", which Salesforce refuses. */
export const alias = 'aquila';

/** Step 1: the key, with a passphrase. */
export const firstStep = (keyBits: number): string =>
  `openssl genpkey -aes-256-cbc -algorithm RSA -pass pass:${password} -out server.pass.key -pkeyopt rsa_keygen_bits:${keyBits}`;

/** Steps 2 to 8 of the guide (docs/reference/keys-and-keystores.md §2), with the answers to their questions as flags. */
const otherSteps = [
  `openssl rsa -passin pass:${password} -in server.pass.key -out server.key`,
  'openssl req -new -key server.key -out server.csr -subj /CN=AQUILA',
  'openssl x509 -req -sha256 -days 365 -in server.csr -signkey server.key -out server.crt',
  'cp server.key server.pem',
  `openssl pkcs12 -export -in server.crt -inkey server.pem -out keystore.p12 -passout pass:${password}`,
  `keytool -importkeystore -srckeystore keystore.p12 -srcstoretype pkcs12 -destkeystore servercert.jks -deststoretype JKS -srcstorepass ${password} -deststorepass ${password}`,
  `keytool -keystore servercert.jks -changealias -alias 1 -destalias ${alias} -storepass ${password}`,
];

/** Runs commands one after the other, each as a process of its own and without a shell, as nobody could type faster. */
async function runAll(lines: string[], folder: string): Promise<void> {
  for (const line of lines) {
    const [program = '', ...words] = line.split(' ');
    await run(program, words, { cwd: folder });
  }
}

/** Steps 2 to 8 in a folder with `server.pass.key`. */
export const runStepsFromKey = (folder: string): Promise<void> => runAll(otherSteps, folder);

/** All eight commands. */
export const runChain = (keyBits: number, folder: string): Promise<void> =>
  runAll([firstStep(keyBits), ...otherSteps], folder);
