import { basename, dirname, resolve } from 'node:path';
import { aquilaError } from '../errors.ts';
import { requireWritable } from '../files/writable-folder.ts';
import { publishFiles, takenNames } from '../files/publish.ts';
import { readInputFile } from '../files/read.ts';
import { completeHandover, type CompleteHandover } from '../handover/fields.ts';
import { inFormat } from '../handover/formats/index.ts';
import type { StoredLogin } from '../handover/stored-login.ts';

/** What the vendor needs to take the org into the collector. None of it is a secret. */
export type BundleContents = {
  handover: CompleteHandover;
  /** PEM, alone. */
  certificate: string;
  /** Redacted. */
  diagnosis: string;
  now: Date;
  /** Something was changed since the last time, so the diagnosis is out of date. */
  changed: boolean;
};

const diagnosisName = 'diagnosis.md';

/** Names of the files in the order in which a reader needs them. */
const names = [
  ...['five-fields.txt', 'server.crt', diagnosisName],
  ...['collector/filebeat.yml', 'collector/elastic-agent.yml', 'collector/fleet.json'],
];

/**
 * Asked first, so that nothing is done for a bundle that can't be written.
 *
 * @throws OutputFileExists where something else has the name, FolderUnwritable, FolderIsFile
 */
export async function requireBundleFree(file: string): Promise<void> {
  requireWritable(dirname(resolve(file)));
  await earlierBundle(file);
}

/** Whether there is one under this name, and what becomes of it: it says the same already, or is written anew. */
export type BundleState = 'new' | 'same' | 'anew';

/**
 * What is going to become of the bundle.
 *
 * @param about whom it is for; `login` where nothing of what it says changes before it is written
 * @throws OutputFileExists where there is the bundle of another user or org
 */
export async function planBundle(
  file: string,
  {
    username,
    audience,
    certificate,
    login,
  }: { username: string; audience: string; certificate: string; login: StoredLogin | undefined }
): Promise<BundleState> {
  const earlier = await earlierBundle(file);
  if (!earlier) return 'new';
  if (!isAbout(earlier, [username, audience])) throw aquilaError('OutputFileExists', [resolve(file)]);
  if (!login) return 'anew';
  const entries = await entriesOf({ handover: completeHandover(login), certificate, diagnosis: '' });
  return isSame(earlier, entries) ? 'same' : 'anew';
}

/** The diagnosis apart, which has a date. */
const isSame = (earlier: ReadonlyMap<string, string>, entries: ReadonlyMap<string, string>): boolean =>
  [...entries].every(([name, text]) => name === diagnosisName || earlier.get(name) === text);

/**
 * Writes the bundle as a zip (0644). One that says the same already stays as it is, with the diagnosis of its day.
 *
 * @returns whether it was written
 * @throws OutputFileExists, or what `publishFiles` throws
 */
export async function writeBundle(file: string, contents: BundleContents): Promise<boolean> {
  const entries = await entriesOf(contents);
  const earlier = await earlierBundle(file);
  if (earlier && isSame(earlier, entries) && !contents.changed) return false;
  const { default: Zip } = await import('jszip');
  const zip = new Zip();
  for (const [name, text] of entries) zip.file(name, text, { date: contents.now, createFolders: false });
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  await publishFiles(dirname(resolve(file)), [{ name: basename(file), bytes, mode: 0o644 }], {
    force: earlier !== undefined,
  });
  return true;
}

/**
 * Whether a file is a bundle of this login: nothing but what a bundle has, with this username and this client id among the five fields.
 *
 * @throws FileUnreadable
 */
export async function isBundleOf(file: string, { username, clientId }: StoredLogin): Promise<boolean> {
  const bundle = await readBundle(file);
  return bundle !== undefined && clientId !== undefined && isAbout(bundle, [username, clientId]);
}

/** Whether all of these are among the five fields. */
function isAbout(bundle: ReadonlyMap<string, string>, values: readonly string[]): boolean {
  const words = (bundle.get(names[0] ?? '') ?? '').split(/\s+/);
  return values.every((value) => words.includes(value));
}

async function entriesOf({
  handover,
  certificate,
  diagnosis,
}: Pick<BundleContents, 'handover' | 'certificate' | 'diagnosis'>): Promise<Map<string, string>> {
  const { fields, keyPathIsLocal } = handover;
  const formats = ['filebeat', 'elastic-agent', 'fleet'] as const;
  const collector = await Promise.all(formats.map((format) => inFormat(format, fields, keyPathIsLocal)));
  const texts = [await inFormat('aquila', fields, keyPathIsLocal), certificate, diagnosis, ...collector];
  return new Map(names.map((name, at) => [name, texts[at] ?? '']));
}

/** An earlier bundle under this name; undefined where the name is free. */
async function earlierBundle(file: string): Promise<Map<string, string> | undefined> {
  const [taken] = takenNames(dirname(resolve(file)), [basename(file)], { force: true });
  if (taken === undefined) return undefined;
  const bundle = await readBundle(file);
  if (!bundle) throw aquilaError('OutputFileExists', [resolve(file)]);
  return bundle;
}

/** The texts in a bundle, by name; undefined for a file that is none. */
async function readBundle(file: string): Promise<Map<string, string> | undefined> {
  const { bytes } = await readInputFile(file, 'any');
  const { default: Zip } = await import('jszip');
  const zip = await Zip.loadAsync(bytes).catch(() => undefined);
  const found = Object.keys(zip?.files ?? {});
  if (!zip || found.length !== names.length || names.some((name) => !found.includes(name))) return undefined;
  const entries = names.map(async (name) => [name, (await zip.file(name)?.async('string')) ?? ''] as const);
  return new Map(await Promise.all(entries));
}
