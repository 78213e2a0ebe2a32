import type { KeyObject } from 'node:crypto';
import type { Problem } from '../errors.ts';
import { identifyBinary } from './binary.ts';
import { collectorTrouble, type CollectorTrouble } from './collector-pem.ts';
import { diagnoseKeyFile } from './key-diagnosis.ts';
import { parseKey, unfit } from './key-fitness.ts';
import type { KeyProblemCode } from './key-problem.ts';
import { pemBlocks } from './pem.ts';

/** What a private key file turned out to be: a key that a JWT bearer login can sign with, or the one thing in its way. */
export type PrivateKeyReading =
  | {
      usable: true;
      privateKey: KeyObject;
      /** Length of the modulus in bits. */
      bits: number;
      format: 'pkcs8' | 'pkcs1';
      /** Label of the first PEM block in the file, whatever it holds. */
      firstBlock: string;
      /** What the collector would stumble over although `sf` does not. */
      collector?: CollectorTrouble;
    }
  | { usable: false; problem: Problem<KeyProblemCode> };

/**
 * Reads a private key file exactly as `sf` does, and when that fails finds out why. Usable is what `sf org login jwt` and
 * the collector can sign with: PEM, unencrypted, RSA of at least 2048 bits, PKCS#8 or PKCS#1.
 *
 * @param bytes the whole file
 * @param file its name, for messages
 */
export function readPrivateKey(bytes: Uint8Array, file: string): PrivateKeyReading {
  // sf reads the file as UTF-8 and hands the text to node:crypto, so only node:crypto can say whether sf will take it.
  const text = Buffer.from(bytes).toString('utf8');
  const privateKey = parseKey(text);
  if (!privateKey) return { usable: false, problem: diagnoseKeyFile(bytes, file) };
  const problem = unfit(privateKey, file);
  if (problem) return { usable: false, problem };
  const blocks = pemBlocks(text);
  const collector = collectorTrouble(bytes, privateKey);
  return {
    usable: true,
    privateKey,
    bits: privateKey.asymmetricKeyDetails?.modulusLength ?? 0,
    format: blocks.some(({ der }) => der && identifyBinary(der) === 'pkcs1') ? 'pkcs1' : 'pkcs8',
    firstBlock: blocks[0]?.label ?? '',
    ...(collector && { collector }),
  };
}
