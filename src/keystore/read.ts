import { identifyBinary } from '../cert/binary.ts';
import { decodeBase64, pemBlocks } from '../cert/pem.ts';
import type { KeystoreReading } from './entry.ts';
import { readJks } from './jks/read.ts';
import { readPkcs12 } from './pkcs12/read.ts';
import { keystoreProblem } from './problem.ts';

/**
 * Reads a keystore by what it is and not by its name. A name that promises something else, and a keystore that was encoded as text, are
 * problems of a file that is read all the same.
 *
 * @param bytes the whole file
 * @param password undefined where none is known: then the problem KeystorePasswordMissing stands where it was needed
 * @param file its name, for messages
 */
export async function readKeystore(
  bytes: Uint8Array,
  password: string | undefined,
  file: string
): Promise<KeystoreReading> {
  const encoded = keystoreInText(bytes);
  const binary = encoded?.binary ?? bytes;
  const isJava = ['jks', 'jceks'].includes(identifyBinary(binary) ?? '');
  const reading = isJava ? readJks(binary, password, file) : await readPkcs12(binary, password, file);
  if (encoded) reading.problems.unshift(keystoreProblem('KeystoreIsText', file, encoded.form));
  const isKnown = !reading.problems.some(({ code }) => code === 'KeystoreUnrecognised' || code === 'KeystoreEmpty');
  if (reading.type === 'pkcs12' && isKnown && /\.jks$/i.test(file)) {
    reading.problems.unshift(keystoreProblem('KeystoreIsPkcs12', file));
  }
  if (reading.type === 'jks' && /\.(?:p12|pfx)$/i.test(file)) {
    reading.problems.unshift(keystoreProblem('KeystoreIsJks', file));
  }
  return reading;
}

/** Whether a file is a keystore, whatever it is called; it may be damaged, or encoded as text. */
export const isKeystore = (bytes: Uint8Array): boolean =>
  ['jks', 'jceks', 'pkcs12'].includes(identifyBinary(bytes) ?? '') || keystoreInText(bytes) !== undefined;

/** A keystore as pipelines keep it in a variable (base64), or as GnuTLS writes PKCS#12 (PEM). */
export function keystoreInText(bytes: Uint8Array): { binary: Buffer; form: 'base64' | 'PEM' } | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const [block] = pemBlocks(text);
  const binary = block?.label === 'PKCS12' ? block.der : decodeBase64(text);
  const kind = binary && identifyBinary(binary);
  if (!binary || (kind !== 'jks' && kind !== 'jceks' && kind !== 'pkcs12')) return undefined;
  return { binary, form: block ? 'PEM' : 'base64' };
}
