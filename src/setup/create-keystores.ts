import type { KeyObject, X509Certificate } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { readBundle } from '../cert/bundle.ts';
import { findChain, type Chain } from '../cert/chain.ts';
import { keystoreFileNames, type KeystoreFiles, type KeystoreType } from '../cert/file-set.ts';
import { importedFileNames } from '../cert/imported-files.ts';
import { readPrivateKey } from '../cert/key-file.ts';
import { aquilaError, problemOf, toError, type ErrorCode } from '../errors.ts';
import { publishFiles, takenNames } from '../files/publish.ts';
import { readInputFile, type InputFile } from '../files/read.ts';
import { aliasProblem, defaultAlias, shownAlias } from '../keystore/alias.ts';
import { writtenAlias, type CreatedKeystores } from '../keystore/choice.ts';
import { keyEntryOf } from '../keystore/entry.ts';
import { keystorePasswordProblem } from '../keystore/password.ts';
import { keystoreProblem } from '../keystore/problem.ts';
import { isKeystore, readKeystore } from '../keystore/read.ts';
import { keystoreFiles } from './new-keystores.ts';

export type KeystoreRequest = {
  /** A private key as PEM, or a keystore. */
  keyFile: string;
  /** The certificate of the key; if left out, what the keystore has, or the `.crt` beside the key. */
  certificateFile: string | undefined;
  /** Certificates above it in a file of their own. */
  chainFile: string | undefined;
  types: readonly KeystoreType[];
  /** If left out, that of the keystore as far as Salesforce takes it, or one made of the name of the key file. */
  alias: string | undefined;
  compat: boolean;
  /** Where to write; the folder of the key if left out. */
  directory: string | undefined;
  /** Replace keystores of the same names. */
  force: boolean;
  now: Date;
};

/** Where passwords come from: asked only when all else is in order. */
export type KeystorePasswords = {
  new: () => Promise<string>;
  /** Of a keystore that exists; undefined if nobody knows. */
  of: (keystore: string) => Promise<string | undefined>;
};

export type KeystoreCreation = { result: CreatedKeystores; chain: Chain; keyBits: number };

/** A private key with what was read beside it. */
type Source = {
  privateKey: KeyObject;
  certificates: X509Certificate[];
  /** Where the certificates come from. */
  files: string;
  alias: string;
  /** What opened it, if it is a keystore: the new ones get the same. */
  password?: string;
};

/**
 * Puts a private key and its certificate, with those above it, into new keystores: all of them or none. The key is a PEM file or is in
 * another keystore, whose password the new ones get.
 *
 * @throws KeystoreAlias…, KeystoreOverwriteRefused, KeystoreCertificateNotNamed, KeystorePasswordNotReusable, a problem of the key, of a
 *   certificate file or of the keystore, or what `findChain`, `keystoreFiles` and `publishFiles` throw
 */
export async function createKeystores(
  request: KeystoreRequest,
  passwords: KeystorePasswords
): Promise<KeystoreCreation> {
  const { types, compat, force, now } = request;
  requireAlias(request.alias);
  const key = await readInputFile(request.keyFile, 'key');
  const directory = resolve(request.directory ?? dirname(key.path));
  const names = keystoreFileNames(types);
  const taken = takenNames(directory, Object.values(names), { force: true });
  if (taken.length > 0 && !force) throw aquilaError('KeystoreOverwriteRefused', [directory, taken.join(', ')]);
  const source = isKeystore(key.bytes) ? await openKeystore(key, request, passwords) : await openKey(key, request);
  const { privateKey, certificates, files } = source;
  const chain = findChain({ certificates, privateKey, keyFile: key.path, files, now });
  const password = source.password ?? (await passwords.new());
  const choice = { types, compat, alias: request.alias ?? source.alias, password };
  const contents = { privateKey, chain: [chain.leaf, ...chain.issuers] };
  await publishFiles(directory, keystoreFiles(contents, choice, now), { force });
  const paths = Object.entries(names).map(([role, name]) => [role, join(directory, name)]);
  return {
    result: {
      files: Object.fromEntries(paths) as KeystoreFiles,
      alias: writtenAlias(choice),
      chainLength: contents.chain.length,
    },
    chain,
    keyBits: privateKey.asymmetricKeyDetails?.modulusLength ?? 0,
  };
}

function requireAlias(alias: string | undefined): void {
  const problem = alias === undefined ? undefined : aliasProblem(alias);
  if (problem) throw toError(problem);
}

async function openKey(key: InputFile, request: KeystoreRequest): Promise<Source> {
  const reading = readPrivateKey(key.bytes, key.path);
  if (!reading.usable) throw toError(reading.problem);
  const { certificate } = importedFileNames(key.path);
  const own =
    request.certificateFile === undefined
      ? await readBeside(join(dirname(key.path), certificate))
      : await readCertificates(request.certificateFile);
  const found = [own, ...(await readChain(request))];
  return { privateKey: reading.privateKey, ...joined(found), alias: defaultAlias(certificate.replace(/\.crt$/, '')) };
}

/** What a new keystore mends, or has no need of. */
const mended: ReadonlySet<ErrorCode> = new Set([
  ...(['KeystoreIsPkcs12', 'KeystoreIsJks', 'KeystoreIsText', 'KeystoreWithoutMac', 'KeystoreAliasUpperCase'] as const),
  // findChain judges the certificates, the warning of the command the length
  ...(['KeystoreKeyWithoutCertificate', 'KeystoreKeyMismatch', 'KeystoreKeyBits'] as const),
]);

async function openKeystore(key: InputFile, request: KeystoreRequest, passwords: KeystorePasswords): Promise<Source> {
  const password = await passwords.of(key.path);
  const reading = await readKeystore(key.bytes, password, key.path);
  const found = keyEntryOf(reading, key.path);
  const isAmbiguous = 'problem' in found && found.problem.code === 'KeystoreSeveralKeys';
  const choice = isAmbiguous && request.alias !== undefined ? keyEntryOf(reading, key.path, request.alias) : found;
  if ('problem' in choice) throw toError(choice.problem);
  const { entry } = choice;
  const problem = [...reading.problems, ...entry.problems].find(({ code }) => !mended.has(code));
  if (problem) throw toError(problem);
  if (password === undefined) throw toError(keystoreProblem('KeystorePasswordMissing', key.path));
  if (keystorePasswordProblem(password)) {
    const type = reading.type === 'jks' ? 'JKS' : 'PKCS#12';
    throw toError(keystoreProblem('KeystorePasswordNotReusable', key.path, type));
  }
  const own =
    request.certificateFile === undefined
      ? { path: key.path, certificates: [entry, ...reading.entries].flatMap(({ chain }) => chain) }
      : await readCertificates(request.certificateFile);
  if (own.certificates.length === 0) {
    throw toError(keystoreProblem('KeystoreKeyWithoutCertificate', key.path, shownAlias(entry.alias)));
  }
  return {
    privateKey: entry.privateKey,
    ...joined([own, ...(await readChain(request))]),
    alias: aliasProblem(entry.alias) ? defaultAlias(entry.alias || basename(key.path)) : entry.alias,
    password,
  };
}

type Bundle = { path: string; certificates: X509Certificate[] };

const joined = (bundles: Bundle[]): { certificates: X509Certificate[]; files: string } => ({
  certificates: bundles.flatMap(({ certificates }) => certificates),
  files: bundles.map(({ path }) => path).join(', '),
});

async function readCertificates(file: string): Promise<Bundle> {
  const { bytes, path } = await readInputFile(file, 'certificate');
  const reading = readBundle(bytes, path);
  if ('problem' in reading) throw toError(reading.problem);
  return { path, certificates: reading.certificates };
}

const readChain = async ({ chainFile }: KeystoreRequest): Promise<Bundle[]> =>
  chainFile === undefined ? [] : [await readCertificates(chainFile)];

async function readBeside(path: string): Promise<Bundle> {
  try {
    return await readCertificates(path);
  } catch (error) {
    if (problemOf(error).code !== 'CertificateFileMissing') throw error;
    throw aquilaError('KeystoreCertificateNotNamed', [path]);
  }
}
