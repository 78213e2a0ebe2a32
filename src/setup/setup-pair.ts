import type { KeyObject, X509Certificate } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import type { AppCertificate } from '../app/certificate.ts';
import { readBundle } from '../cert/bundle.ts';
import { describeCertificate, type CertificateFacts } from '../cert/certificate.ts';
import { findChain } from '../cert/chain.ts';
import {
  allFileNames,
  fileNames,
  keystoreFileNames,
  type CertificateFiles,
  type KeystoreType,
} from '../cert/file-set.ts';
import { importedFileNames } from '../cert/imported-files.ts';
import { describeKey } from '../cert/key-facts.ts';
import { siblingName } from '../cert/shell.ts';
import { defaultSubject, type Subject } from '../cert/subject.ts';
import { uploadFile } from '../cert/upload.ts';
import { aquilaError, problemOf, toError } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { publishFiles, takenNames } from '../files/publish.ts';
import { readInputFile } from '../files/read.ts';
import type { KeystoreChoice } from '../keystore/choice.ts';
import { newKeyPair } from './new-key-pair.ts';
import { keystoreFiles } from './new-keystores.ts';

/** The base of the names of files that `sf aquila setup` makes. */
export const baseName = 'server';

export type PairRequest = {
  /** Where a pair lies, or is to be made. */
  directory: string;
  /** One that lies elsewhere. */
  keyFile: string | undefined;
  /** The `.crt` beside that key if left out. */
  certificateFile: string | undefined;
  now: Date;
};

/** The key pair that a login is made with, on the disk or about to be. */
export type PairPlan = {
  directory: string;
  /** Absolute. */
  keyFile: string;
  certificateFile: string;
  /** Absolute path of a copy of the key for the collector, beside it. */
  copy: string | undefined;
  privateKey: KeyObject;
  certificate: AppCertificate;
  facts: CertificateFacts;
  /** Absolute paths of the files that are written, by role. */
  written: Partial<CertificateFiles>;
  /** Writes them, all or none. */
  write: () => Promise<void>;
};

/** A pair that is there: read, judged, and with its certificates in order. */
type PresentPair = Omit<PairPlan, 'written' | 'write'> & { chain: X509Certificate[] };

/**
 * The pair that there is: the one that was named, else the one in the folder. Undefined where the folder has none.
 *
 * @throws SetupPairIncomplete where the folder has half of one, a problem of the key or of the certificate file, what `findChain` and
 *   `uploadFile` throw
 */
export async function findPair({
  directory,
  keyFile,
  certificateFile,
  now,
}: PairRequest): Promise<PresentPair | undefined> {
  if (keyFile !== undefined) {
    const beside = join(dirname(keyFile), importedFileNames(keyFile).certificate);
    return readPair(keyFile, certificateFile ?? beside, now);
  }
  const names = allFileNames(baseName);
  const here = takenNames(directory, [names.privateKey, names.certificate], { force: true });
  const [one, other] = here;
  if (one === undefined) return undefined;
  if (other === undefined) {
    const missing = one === names.privateKey ? names.certificate : names.privateKey;
    throw aquilaError('SetupPairIncomplete', [resolve(directory), one, missing], []);
  }
  return readPair(join(directory, names.privateKey), join(directory, names.certificate), now);
}

async function readPair(keyFile: string, certificateFile: string, now: Date): Promise<PresentPair> {
  const { path, privateKey } = await readKeyFrom(keyFile);
  const file = await readInputFile(certificateFile, 'certificate');
  const reading = readBundle(file.bytes, file.path);
  if ('problem' in reading) throw toError(reading.problem);
  const { certificates } = reading;
  const { leaf, issuers } = findChain({ certificates, privateKey, keyFile: path, files: file.path, now });
  return {
    directory: dirname(path),
    keyFile: path,
    certificateFile: file.path,
    copy: await copyBeside(path, privateKey),
    privateKey,
    certificate: { pem: uploadFile(leaf, file.path), fingerprint256: leaf.fingerprint256 },
    facts: describeCertificate(leaf, now),
    chain: [leaf, ...issuers],
  };
}

/** What `sf aquila cert create` makes beside a key; undefined where there is none, or that of another key. */
async function copyBeside(keyFile: string, privateKey: KeyObject): Promise<string | undefined> {
  const file = siblingName(keyFile, '.pem');
  if (file === keyFile || takenNames(dirname(file), [basename(file)], { force: true }).length === 0) return undefined;
  try {
    const other = describeKey((await readKeyFrom(file)).privateKey);
    return other.publicKeySha256 === describeKey(privateKey).publicKeySha256 ? file : undefined;
  } catch (error) {
    problemOf(error);
    return undefined;
  }
}

/** Kinds of keystore that were asked for and are not there yet. */
export function lackingKeystores(directory: string, types: readonly KeystoreType[]): KeystoreType[] {
  const taken = takenNames(directory, Object.values(keystoreFileNames(types)), { force: true });
  return types.filter((type) => !Object.values(keystoreFileNames([type])).some((name) => taken.includes(name)));
}

/** A pair that is there, with the keystores that it is to get. */
export function planPresent(pair: PresentPair, keystores: KeystoreChoice | undefined, now: Date): PairPlan {
  const { chain, ...plan } = pair;
  if (!keystores) return { ...plan, written: {}, write: () => Promise.resolve() };
  const names = Object.entries(keystoreFileNames(keystores.types));
  const files = keystoreFiles({ privateKey: pair.privateKey, chain }, keystores, now);
  return {
    ...plan,
    written: Object.fromEntries(names.map(([role, name]) => [role, join(pair.directory, name)])),
    write: () => publishFiles(pair.directory, files, { force: false }),
  };
}

/**
 * A new pair, in memory until it is written.
 *
 * @throws OverwriteRefused where another file has one of the names, and what `newKeyPair` throws
 */
export async function planNew(
  directory: string,
  {
    subject = defaultSubject,
    keystores,
    now,
  }: { subject?: Subject | undefined; keystores?: KeystoreChoice | undefined; now: Date }
): Promise<PairPlan> {
  const choice = { name: baseName, pem: true, encrypted: false, encryptedOnly: false };
  const names = fileNames({ ...choice, ...(keystores && { keystores: keystores.types }) });
  takenNames(directory, Object.values(names), { force: false });
  const options = { directory, names, keyBits: 2048, days: 365, subject, passphrase: undefined, keystores };
  const { pair, privateKey, certificate, write } = await newKeyPair({ ...options, force: false, now });
  return {
    directory: pair.directory,
    keyFile: pair.files.privateKey ?? '',
    certificateFile: pair.files.certificate,
    copy: pair.files.pem,
    privateKey,
    certificate: { pem: uploadFile(certificate), fingerprint256: certificate.fingerprint256 },
    facts: pair.certificate,
    written: pair.files,
    write,
  };
}
