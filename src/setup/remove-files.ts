import { basename, dirname, join } from 'node:path';
import { describeKey } from '../cert/key-facts.ts';
import { allFileNames, type CertificateFiles } from '../cert/file-set.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { takenNames } from '../files/publish.ts';
import { isRegularFile, removeFile } from '../files/remove.ts';
import { problemOf } from '../errors.ts';
import type { InspectedFile } from '../keystore/inspection.ts';
import { inspectFiles } from './inspect-files.ts';
import type { Leaving } from './remove-talk.ts';
import { baseName } from './setup-pair.ts';

/** Files that hold one key, or what was made of it. */
export type FilePlan = {
  /** Absolute. The key itself comes last: without it nothing tells which of the others belong to it. */
  files: string[];
  /** SHA-256 of the public key, as in {@link describeKey}. */
  publicKeySha256: string;
  left: Leaving[];
};

type Means = { keystorePassword: string | undefined; now: Date };

const order: ReadonlyArray<keyof CertificateFiles> = [
  ...(['pkcs12', 'jks', 'csr', 'certificate', 'pem', 'privateKey'] as const),
];

/**
 * What setup wrote beside the key of a login, as far as it belongs to that key: each file is read, and what can't be opened, or belongs
 * to another key, stays.
 *
 * @param keyFile absolute path
 * @returns undefined where there is no such key any more
 */
export async function planFiles(keyFile: string, means: Means): Promise<FilePlan | undefined> {
  const names = allFileNames(baseName);
  const leave = (name: string, reason: Leaving['reason']): Leaving => ({ kind: 'file', name, reason });
  if (!(await isRegularFile(keyFile))) return undefined;
  if (basename(keyFile) !== names.privateKey)
    return { files: [], publicKeySha256: '', left: [leave(keyFile, 'not-ours')] };
  let publicKeySha256: string;
  try {
    ({ publicKeySha256 } = describeKey((await readKeyFrom(keyFile)).privateKey));
  } catch (error) {
    problemOf(error);
    return { files: [], publicKeySha256: '', left: [leave(keyFile, 'not-same-key')] };
  }
  const folder = dirname(keyFile);
  const taken = takenNames(folder, [...order.map((role) => names[role]), names.encryptedPrivateKey], { force: true });
  const paths = [...order.map((role) => names[role]), names.encryptedPrivateKey]
    .filter((name) => taken.includes(name))
    .map((name) => join(folder, name));
  const belongs = await Promise.all(paths.map((path) => isOfKey(path, publicKeySha256, means)));
  return {
    files: paths.filter((_, at) => belongs[at]),
    publicKeySha256,
    left: paths.filter((_, at) => !belongs[at]).map((path) => leave(path, 'not-same-key')),
  };
}

/** Removes a file if it still belongs to the key. @returns whether it did */
export async function removeOfKey(path: string, publicKeySha256: string, means: Means): Promise<boolean> {
  if (!(await isOfKey(path, publicKeySha256, means))) return false;
  await removeFile(path);
  return true;
}

async function isOfKey(path: string, wanted: string, { keystorePassword, now }: Means): Promise<boolean> {
  if (!(await isRegularFile(path))) return false;
  const request = { files: [path], passphrase: undefined, keystorePassword, ask: undefined, now };
  const [report] = (await inspectFiles(request)).files;
  const keys = report ? publicKeysOf(report) : [];
  return keys.includes(wanted) && new Set(keys).size === 1;
}

/** Of everything in a file, but for the certificates of authorities behind the first. */
function publicKeysOf({ key, certificate, csr, entries = [], kind }: InspectedFile): string[] {
  const inside = ['pkcs12', 'jks'].includes(kind) ? entries.filter((entry) => entry.kind === 'private-key') : [];
  return [
    key?.publicKeySha256,
    ...(inside.length > 0 ? [] : [certificate?.publicKey.publicKeySha256]),
    csr?.publicKey.publicKeySha256,
    ...inside.map((entry) => entry.key?.publicKeySha256 ?? entry.certificate?.publicKey.publicKeySha256),
  ].filter((one) => one !== undefined);
}
