import { generateKeyPair, randomBytes, type KeyObject, type X509Certificate } from 'node:crypto';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { createCertificate } from '../cert/create.ts';
import { encryptPrivateKey } from '../cert/encrypted-key.ts';
import { keystoreFileNames, keystoreTypes } from '../cert/file-set.ts';
import { backupFolder, renewalFolder, unfinished, type RenewalKind } from '../cert/renewal.ts';
import { defaultSubject } from '../cert/subject.ts';
import { subjectOf } from '../cert/subject-of.ts';
import { aquilaError, problemOf, toError } from '../errors.ts';
import { certificateIn } from '../files/certificate.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { publishFiles, takenNames, type NewFile } from '../files/publish.ts';
import { readInputFile } from '../files/read.ts';
import { removeFolderOf } from '../files/remove.ts';
import { isVacant } from '../files/vacant.ts';
import { keystoreFiles } from './new-keystores.ts';
import type { Beside, PresentSet } from './renew-set.ts';

/** A certificate that waits until the app is proven to hold it, on the disk or about to be. */
export type StagedSet = {
  kind: RenewalKind;
  /** The present key, or the new one. */
  privateKey: KeyObject;
  certificate: X509Certificate;
  /** PEM, LF. */
  pem: string;
  /** What takes the place of the present files. */
  files: NewFile[];
};

/** Tells the folder of a renewal from any other one, and a person what it is for. */
export const noteName = 'README.txt';

/** Whether a text is such a note. */
export const isNoteOfRenewal = (text: string): boolean => text.includes('made by "sf aquila cert renew"');

/**
 * Makes a certificate for the present key, or for a new one of the same length, with the subject of the present certificate; and what
 * lies beside the pair, once more.
 */
export async function makeStaged(
  set: PresentSet,
  beside: readonly Beside[],
  { kind, days, now }: { kind: RenewalKind; days: number; now: Date }
): Promise<StagedSet> {
  const bits = Math.max(set.privateKey.asymmetricKeyDetails?.modulusLength ?? 0, 2048);
  const privateKey =
    kind === 'renew' ? set.privateKey : (await promisify(generateKeyPair)('rsa', { modulusLength: bits })).privateKey;
  const found = subjectOf(set.certificate);
  const subject = found.length > 0 ? found : defaultSubject;
  const made = await createCertificate({ privateKey, subject, days, now, random: randomBytes(16) });
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const files: NewFile[] = [{ name: basename(set.certificateFile), bytes: made.certificatePem, mode: 0o644 }];
  if (kind === 'rekey') files.push({ name: basename(set.keyFile), bytes: keyPem, mode: 0o600 });
  for (const { name, make, passphrase, keystore } of beside) {
    if (make === 'key') files.push({ name, bytes: keyPem, mode: 0o600 });
    else if (make === 'csr') files.push({ name, bytes: made.csrPem, mode: 0o644 });
    else if (keystore) files.push(...keystoreFiles({ privateKey, chain: [made.certificate] }, keystore, now));
    else if (passphrase !== undefined) {
      const random = { salt: randomBytes(16), iv: randomBytes(16) };
      files.push({ name, bytes: await encryptPrivateKey(privateKey, passphrase, random), mode: 0o600 });
    }
  }
  return { kind, privateKey, certificate: made.certificate, pem: made.certificatePem, files };
}

/** Where the new set of a pair waits. */
export const stagedFolder = ({ folder, base }: PresentSet): string => join(folder, renewalFolder(base));

/**
 * Writes the new set into a folder of its own, all of it or nothing, with a note for whoever finds it.
 *
 * @throws RenewalUnfinished where another run has written there since the folder was read, and what `publishFiles` throws
 */
export async function stage(set: PresentSet, staged: StagedSet, note: string): Promise<void> {
  const files: NewFile[] = [...staged.files, { name: noteName, bytes: note, mode: 0o644 }];
  const folder = stagedFolder(set);
  await publishFiles(folder, files, { force: false }).catch((error: unknown) => {
    if (problemOf(error).code !== 'OverwriteRefused') throw error;
    throw toError(unfinished(staged.kind, folder, 'once more, when no other one is at work'));
  });
}

/**
 * What an earlier run left in the folder of the renewal.
 *
 * @returns `empty` where nothing is left in it that could be used, undefined where there is no such folder
 * @throws RenewalFolderUnknown for a folder that this plugin did not make, and what is wrong with its files
 */
export async function readStaged(set: PresentSet): Promise<StagedSet | 'empty' | undefined> {
  const folder = stagedFolder(set);
  const there = takenNames(folder, [...stagedNames(set), noteName], { force: true });
  if (there.length === 0) return undefined;
  const isOurs = there.includes(noteName) || (await holdsPresent(set, folder));
  if (!isOurs) throw aquilaError('RenewalFolderUnknown', [folder]);
  return (await readWaiting(set, folder)) ?? 'empty';
}

/**
 * The set for the same pair that lies in another folder; undefined where there is none, or no whole one.
 *
 * @throws what is wrong with its files
 */
export async function readWaiting(set: PresentSet, folder: string): Promise<StagedSet | undefined> {
  const [keyName, certificateName] = [basename(set.keyFile), basename(set.certificateFile)];
  const there = takenNames(folder, stagedNames(set), { force: true });
  if (!there.includes(certificateName)) return undefined;
  const files = await Promise.all(
    there.map(async (name): Promise<NewFile> => {
      const { bytes } = await readInputFile(join(folder, name), 'any');
      return { name, bytes, mode: name === certificateName || name.endsWith('.csr') ? 0o644 : 0o600 };
    })
  );
  const file = await readInputFile(join(folder, certificateName), 'certificate');
  const { certificate } = certificateIn(file);
  const isRekey = there.includes(keyName);
  const { privateKey } = isRekey ? await readKeyFrom(join(folder, keyName)) : set;
  // A run that was killed while it took the folder away may have left the certificate alone.
  if (!certificate.checkPrivateKey(privateKey)) return undefined;
  return { kind: isRekey ? 'rekey' : 'renew', privateKey, certificate, pem: file.bytes.toString('latin1'), files };
}

/**
 * Puts the new files into the place of the old ones, which are kept in a dated folder: all of them or none.
 *
 * @returns the absolute paths of what was kept
 * @throws what `publishFiles` throws; the old files are as they were
 */
export async function replace(set: PresentSet, { files }: StagedSet, now: Date): Promise<string[]> {
  const { folder, base } = set;
  const names = takenNames(
    folder,
    files.map(({ name }) => name),
    { force: true }
  );
  const kept = backupFolder(base, now, (name) => !isVacant(join(folder, name)));
  const backups = await Promise.all(
    names.map(async (name): Promise<NewFile> => {
      const { bytes } = await readInputFile(join(folder, name), 'any');
      return { name: `${kept}/${name}`, bytes, mode: files.find((one) => one.name === name)?.mode ?? 0o600 };
    })
  );
  await publishFiles(folder, [...backups, ...files], { force: true });
  return backups.map(({ name }) => join(folder, name));
}

/** A folder without its note, which is on its way out: the certificate in it is in place already. */
async function holdsPresent(set: PresentSet, folder: string): Promise<boolean> {
  const name = basename(set.certificateFile);
  if (takenNames(folder, [name], { force: true }).length === 0) return false;
  const { bytes } = await readInputFile(join(folder, name), 'certificate');
  return bytes.equals((await readInputFile(set.certificateFile, 'certificate')).bytes);
}

/**
 * Takes the folder of the renewal away. What tells a later run what became of it goes last: that is the certificate where it is in place
 * now, otherwise the note.
 */
export async function unstage(set: PresentSet, { isInPlace = false } = {}): Promise<void> {
  const certificateName = basename(set.certificateFile);
  const secrets = stagedNames(set).filter((name) => name !== certificateName);
  const last = isInPlace ? [noteName, certificateName] : [certificateName, noteName];
  await removeFolderOf(stagedFolder(set), [...secrets, ...last]);
}

const stagedNames = ({ base, keyFile, certificateFile }: PresentSet): string[] => [
  ...new Set([
    ...[basename(keyFile), `${base}.key`, `${base}.pem`, `${base}.pass.key`],
    ...Object.values(keystoreFileNames(keystoreTypes)),
    ...[`${base}.csr`, basename(certificateFile)],
  ]),
];
