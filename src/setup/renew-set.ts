import type { KeyObject, X509Certificate } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { keystoreFileNames, keystoreTypes } from '../cert/file-set.ts';
import { importedFileNames } from '../cert/imported-files.ts';
import { readPrivateKey } from '../cert/key-file.ts';
import { describeKey } from '../cert/key-facts.ts';
import { pemBlocks } from '../cert/pem.ts';
import { readRequest } from '../cert/request.ts';
import { isSameKey } from '../cert/same-key.ts';
import { aquilaError, toError } from '../errors.ts';
import { certificateIn, findCertificateBeside } from '../files/certificate.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { takenNames } from '../files/publish.ts';
import { readInputFile, type InputFile } from '../files/read.ts';
import type { KeystoreChoice } from '../keystore/choice.ts';
import { keyEntryOf } from '../keystore/entry.ts';
import { keystoreProblem } from '../keystore/problem.ts';
import { readKeystore } from '../keystore/read.ts';
import { inspectFiles } from './inspect-files.ts';

/** The key of a login with its certificate, and what else holds the same key beside them. */
export type PresentSet = {
  /** Absolute. */
  folder: string;
  /** What the names of the files begin with. */
  base: string;
  keyFile: string;
  certificateFile: string;
  privateKey: KeyObject;
  certificate: X509Certificate;
};

/** What is made anew with the certificate, by its name in the folder. */
export type Beside = {
  name: string;
  make: 'key' | 'csr' | 'encrypted-key' | 'keystore';
  /** Of a keystore. */
  keystore?: KeystoreChoice;
  /** Of an encrypted key. */
  passphrase?: string;
};

/** What stays as it is although it has the name of such a file, and why. */
export type LeftBeside = { path: string; reason: 'other-key' | 'more-entries' };

/** Where the secrets of files come from; undefined if nobody knows. */
export type RenewSecrets = {
  passphrase: (file: string) => Promise<string | undefined>;
  keystorePassword: (file: string) => Promise<string | undefined>;
};

/**
 * Reads the pair behind a login.
 *
 * @throws RenewalCertificateMissing; RenewalPairMismatch where they don't belong together; what is wrong with a file
 */
export async function readPresentSet(keyPath: string): Promise<PresentSet> {
  const { path: keyFile, privateKey } = await readKeyFrom(keyPath);
  const found = await findCertificateBeside(keyFile);
  if ('missing' in found) throw aquilaError('RenewalCertificateMissing', [found.missing.join(' or ')], [keyFile]);
  const { path: certificateFile, certificate } = certificateIn(found);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw aquilaError('RenewalPairMismatch', [certificateFile, keyFile], [keyFile]);
  }
  const base = importedFileNames(keyFile).certificate.replace(/\.crt$/, '');
  return { folder: dirname(keyFile), base, keyFile, certificateFile, privateKey, certificate };
}

/**
 * What lies beside the pair and belongs to it.
 *
 * @param rekey whether a new key is made, so that every copy of the key is affected, and not only what has the certificate in it
 * @throws KeystorePasswordMissing, RenewalPassphraseMissing where nobody can open what has to be made anew, and what is wrong with such a file
 */
export async function readBeside(
  set: PresentSet,
  rekey: boolean,
  secrets: RenewSecrets
): Promise<{ beside: Beside[]; left: LeftBeside[] }> {
  const { folder, base, keyFile, certificateFile } = set;
  const own = [basename(keyFile), basename(certificateFile)];
  const wanted = [
    ...(rekey ? [`${base}.key`, `${base}.pem`, `${base}.csr`, `${base}.pass.key`] : []),
    ...Object.values(keystoreFileNames(keystoreTypes)),
  ].filter((name) => !own.includes(name));
  const beside: Beside[] = [];
  const left: LeftBeside[] = [];
  for (const name of takenNames(folder, wanted, { force: true })) {
    const file = await readInputFile(join(folder, name), 'any');
    const judged = await judge(file, name, { set, secrets });
    if (typeof judged === 'string') left.push({ path: file.path, reason: judged });
    else beside.push(judged);
  }
  return { beside, left };
}

type Means = { set: PresentSet; secrets: RenewSecrets };

async function judge(file: InputFile, name: string, means: Means): Promise<Beside | LeftBeside['reason']> {
  const { privateKey } = means.set;
  if (name.endsWith('.p12') || name.endsWith('.jks')) return judgeKeystore(file, name, means);
  if (name.endsWith('.pass.key')) return judgeEncrypted(file, name, means);
  if (name.endsWith('.csr')) {
    const [block] = pemBlocks(file.bytes.toString('latin1'));
    const request = block?.der && readRequest(block.der);
    return request && isSameKey(request.publicKey, publicOf(means.set)) ? { name, make: 'csr' } : 'other-key';
  }
  const reading = readPrivateKey(file.bytes, file.path);
  if (!reading.usable) return 'other-key';
  return digest(reading.privateKey) === digest(privateKey) ? { name, make: 'key' } : 'other-key';
}

async function judgeEncrypted(file: InputFile, name: string, { set, secrets }: Means): ReturnType<typeof judge> {
  const passphrase = await secrets.passphrase(file.path);
  if (passphrase === undefined) throw aquilaError('RenewalPassphraseMissing', [file.path]);
  const asked = { files: [file.path], passphrase, keystorePassword: undefined, ask: undefined, now: new Date(0) };
  const [report] = (await inspectFiles(asked)).files;
  const wrong = report?.problems.find(({ code }) => code === 'PassphraseWrong');
  if (wrong) throw toError({ code: wrong.code, message: wrong.message, actions: [wrong.fix] });
  const isOurs = report?.key?.publicKeySha256 === digest(set.privateKey);
  return isOurs ? { name, make: 'encrypted-key', passphrase } : 'other-key';
}

async function judgeKeystore(file: InputFile, name: string, { set, secrets }: Means): ReturnType<typeof judge> {
  const password = await secrets.keystorePassword(file.path);
  const reading = await readKeystore(file.bytes, password, file.path);
  if (password === undefined) throw toError(keystoreProblem('KeystorePasswordMissing', file.path));
  const wrong = reading.problems.find(({ code }) => code === 'KeystorePasswordWrong');
  if (wrong) throw toError(wrong);
  const ours = reading.entries.filter(({ privateKey }) => privateKey && digest(privateKey) === digest(set.privateKey));
  const [entry] = ours;
  if (!entry) {
    const found = keyEntryOf(reading, file.path);
    if ('problem' in found && reading.entries.length === 0) throw toError(found.problem);
    return 'other-key';
  }
  if (reading.entries.length > 1) return 'more-entries';
  const type = name.endsWith('.jks') ? ('jks' as const) : ('p12' as const);
  const compat = type === 'p12' && !reading.protection.some((scheme) => scheme.startsWith('PBES2'));
  return { name, make: 'keystore', keystore: { types: [type], alias: entry.alias, password, compat } };
}

const digest = (key: KeyObject): string => describeKey(key).publicKeySha256;

const publicOf = ({ certificate }: PresentSet): KeyObject => certificate.publicKey;
