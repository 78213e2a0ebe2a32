import { basename, dirname, join } from 'node:path';
import { describeKey } from '../cert/key-facts.ts';
import { isFolderOfRenewal } from '../cert/renewal.ts';
import { allFileNames, type CertificateFiles } from '../cert/file-set.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { takenNames } from '../files/publish.ts';
import { readInputFile } from '../files/read.ts';
import { foldersIn, isRegularFile, sameFile } from '../files/remove.ts';
import { problemOf } from '../errors.ts';
import type { InspectedFile } from '../keystore/inspection.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import { keysOfOthers } from '../org/stored-logins.ts';
import { isBundleOf } from './bundle.ts';
import { isNoteOfRenewal, noteName } from './renew-files.ts';
import { inspectFiles } from './inspect-files.ts';
import type { LoginsPlan } from './remove-logins.ts';
import type { Leaving, LeavingReason } from './remove-talk.ts';
import { baseName } from './setup-pair.ts';

/** A file that is to go, as far as the plan knows. */
export type OwnFile = {
  /** Absolute. */
  path: string;
  /** Asked again right before it goes: why it must stay after all, undefined where it may go. */
  reasonToStay: () => Promise<LeavingReason | undefined>;
  /** The folder of a renewal, which goes when it is empty. */
  folder?: string;
};

/** The key of a login comes last: without it nothing tells which of the others belong to it. */
export type FilesPlan = { files: OwnFile[]; left: Leaving[] };

export type FilesMeans = {
  /** What opens a keystore; undefined where nobody has said. */
  keystorePassword: (file: string) => Promise<string | undefined>;
  now: Date;
};

type OtherKey = { username: string; keyPath: string };

const roles: ReadonlyArray<keyof CertificateFiles> = [
  ...(['pkcs12', 'jks', 'csr', 'certificate', 'pem', 'encryptedPrivateKey', 'privateKey'] as const),
];
const names = allFileNames(baseName);
const ownNames = roles.map((role) => names[role]);

/**
 * What setup and renewals wrote for logins that go: the bundle, and beside the key what belongs to it. Each file is read; what can't be
 * opened, or belongs to another key, stays, and so does a key with all around it that another login needs.
 */
export async function planFiles(
  { remove, elsewhere }: Pick<LoginsPlan, 'remove' | 'elsewhere'>,
  means: FilesMeans
): Promise<FilesPlan> {
  const others = await keysOfOthers(remove.map(({ username }) => username));
  const keys = keysOf(remove);
  const plans = await Promise.all(remove.map((login) => planBundle(login)));
  // One after the other, since a person may be asked for a password.
  for (const path of keys) plans.push(await planKey(path, others, means));
  const earlier = await Promise.all(keysOf([...remove, ...elsewhere]).map((path) => earlierKey(path, others)));
  return {
    files: plans.flatMap(({ files }) => files),
    left: [...plans.flatMap(({ left }) => left), ...earlier.flat()],
  };
}

const keysOf = (logins: readonly StoredLogin[]): string[] => [
  ...new Set(logins.flatMap(({ keyPath }) => keyPath ?? [])),
];

const leave = (name: string, reason: LeavingReason): Leaving => ({ kind: 'file', name, reason });

async function planBundle(login: StoredLogin): Promise<FilesPlan> {
  const { bundlePath: path } = login;
  if (path === undefined || !(await isRegularFile(path))) return { files: [], left: [] };
  const reasonToStay: OwnFile['reasonToStay'] = async () =>
    (await isRegularFile(path)) && (await isBundleOf(path, login)) ? undefined : 'not-the-bundle';
  return planned([{ path, reasonToStay }]);
}

async function planKey(keyFile: string, others: readonly OtherKey[], means: FilesMeans): Promise<FilesPlan> {
  if (!(await isRegularFile(keyFile))) return { files: [], left: [] };
  if (basename(keyFile) !== names.privateKey) return { files: [], left: [leave(keyFile, 'other-name')] };
  const folder = dirname(keyFile);
  const beside = (await foldersIn(folder)).filter((name) => isFolderOfRenewal(name, baseName));
  const folders = [...beside.map((name) => join(folder, name)), folder];
  const needed = await neededBy(folders.flatMap(pathsIn), others);
  if (needed !== undefined) return { files: [], left: [{ ...leave(keyFile, 'shared-key'), neededBy: needed }] };
  const key = await publicKeyOf(keyFile);
  if (key === undefined) return { files: [], left: [leave(keyFile, 'not-same-key')] };
  const candidates = await Promise.all(
    folders.map(async (one): Promise<OwnFile[]> => {
      // Files of before a new key have that of their own folder.
      const wanted = (await publicKeyOf(join(one, names.privateKey))) ?? key;
      const files = pathsIn(one).map((path) => ({ path, reasonToStay: () => ofOtherKey(path, wanted, means) }));
      return one === folder ? files : [...files, ...noteIn(one)].map((file) => ({ ...file, folder: one }));
    })
  );
  return planned(candidates.flat());
}

const pathsIn = (folder: string): string[] => {
  const taken = takenNames(folder, ownNames, { force: true });
  return ownNames.filter((name) => taken.includes(name)).map((name) => join(folder, name));
};

/** The note in the folder of a renewal. */
function noteIn(folder: string): OwnFile[] {
  const path = join(folder, noteName);
  if (takenNames(folder, [noteName], { force: true }).length === 0) return [];
  const reasonToStay = async (): Promise<LeavingReason | undefined> => {
    const isNote = (await isRegularFile(path)) && isNoteOfRenewal((await readInputFile(path, 'any')).bytes.toString());
    return isNote ? undefined : 'other-name';
  };
  return [{ path, reasonToStay }];
}

/** SHA-256 as in {@link describeKey}; undefined where there is no key that can be read. */
async function publicKeyOf(keyFile: string): Promise<string | undefined> {
  if (!(await isRegularFile(keyFile))) return undefined;
  try {
    return describeKey((await readKeyFrom(keyFile)).privateKey).publicKeySha256;
  } catch (error) {
    problemOf(error);
    return undefined;
  }
}

/** Whose login needs one of these files. */
async function neededBy(paths: readonly string[], others: readonly OtherKey[]): Promise<string | undefined> {
  for (const { username, keyPath } of others) {
    const isNeeded = await Promise.all(paths.map((path) => sameFile(path, keyPath)));
    if (isNeeded.includes(true)) return username;
  }
  return undefined;
}

/** A renewal side by side leaves the key of the app before it one folder up; nothing proves whose that is. */
async function earlierKey(keyFile: string, others: readonly OtherKey[]): Promise<Leaving[]> {
  const folder = dirname(keyFile);
  const path = join(dirname(folder), names.privateKey);
  const isBeside = /_\d{1,4}$/.test(basename(folder)) && (await isRegularFile(path));
  return isBeside && (await neededBy([path], others)) === undefined ? [leave(path, 'earlier-key')] : [];
}

async function planned(candidates: readonly OwnFile[]): Promise<FilesPlan> {
  const plan: FilesPlan = { files: [], left: [] };
  for (const file of candidates) {
    const reason = await file.reasonToStay();
    if (reason === undefined) plan.files.push(file);
    else plan.left.push(leave(file.path, reason));
  }
  return plan;
}

/** @param wanted SHA-256 of the public key, as in {@link describeKey} */
async function ofOtherKey(
  path: string,
  wanted: string,
  { keystorePassword, now }: FilesMeans
): Promise<LeavingReason | undefined> {
  if (!(await isRegularFile(path))) return 'not-same-key';
  const look = async (password: string | undefined): Promise<InspectedFile | undefined> => {
    const request = { files: [path], passphrase: undefined, keystorePassword: password, ask: undefined, now };
    return (await inspectFiles(request)).files[0];
  };
  const closed = await look(undefined);
  const report = isLocked(closed) ? await look(await keystorePassword(path)) : closed;
  const keys = report ? publicKeysOf(report) : [];
  if (keys.includes(wanted) && new Set(keys).size === 1) return undefined;
  return isLocked(report) ? 'locked' : 'not-same-key';
}

const isLocked = (report: InspectedFile | undefined): boolean =>
  report?.problems.some(({ code }) => code === 'KeystorePasswordMissing' || code === 'KeystorePasswordWrong') ?? false;

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
