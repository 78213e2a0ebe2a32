import fs from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { aquilaError } from '../errors.ts';
import { translateFileError } from './file-error.ts';
import { advanceJournal, closeJournal, journalName, openJournal, takeJournal, type Journal } from './journal.ts';
import { identityOf, lstat, moveAll, settle, undo } from './settle.ts';

/** A file to be written; its mode holds whatever the umask is. The name may lead into folders below, with slashes. */
export type NewFile = { name: string; bytes: Uint8Array | string; mode: 0o600 | 0o644 };

type Run = {
  folder: string;
  journal: Journal;
  /** Folders that this run made, the deepest first. */
  madeFolders: string[];
  holdsJournal: boolean;
};

/** What has to be undone if the process ends before it is done. */
const unfinished = new Set<Run>();

/**
 * Writes a set of files into one folder, all of them or none. Temporaries are written and synced first; a journal then makes
 * the renames all or none even if the process is killed between them: the next command that works in the folder puts it in
 * order. No link is followed. A folder that doesn't exist is made (0700), and removed again if the writing fails.
 *
 * @param options.force replace files of the same names; without it any of them is a reason to refuse
 * @throws OverwriteRefused, FileIsLink, FolderBusy, FolderIsFile, FolderUnwritable, DiskFull, FileFailed
 */
export async function publishFiles(directory: string, files: NewFile[], options: { force: boolean }): Promise<void> {
  const names = files.map(({ name }) => name);
  const run = await begin(resolve(directory), openJournal(names, options.force));
  try {
    await makeFoldersBelow(run, names);
    await takeTurn(run);
    refuseTargets(run.folder, names, options);
    for (const [index, entry] of run.journal.entries.entries()) {
      const path = join(run.folder, entry.temporary);
      await writeTemporary(path, files[index]);
      entry.identity = identityOf(path) ?? '';
    }
    run.journal.phase = 'moving';
    advanceJournal(run.folder, run.journal);
    moveAll(run.folder, run.journal);
    unfinished.delete(run);
  } catch (error) {
    throw translateFileError(error, run.folder, { missing: 'FileFailed', denied: 'FolderUnwritable' });
  } finally {
    end(run);
  }
}

/**
 * Writes one file that holds no secret (0644), and never replaces one.
 *
 * @returns its absolute path
 * @throws OutputFileExists, or what `publishFiles` throws
 */
export async function writeResultFile(file: string, text: string): Promise<string> {
  const path = refuseExisting(file);
  await publishFiles(dirname(path), [{ name: basename(path), bytes: text, mode: 0o644 }], { force: false });
  return path;
}

/**
 * What `writeResultFile` asks first, for work whose result must not be lost.
 *
 * @returns its absolute path
 * @throws OutputFileExists
 */
export function refuseExisting(file: string): string {
  const path = resolve(file);
  try {
    if (lstat(path)) throw aquilaError('OutputFileExists', [path]);
  } catch (error) {
    throw translateFileError(error, path, { missing: 'FileFailed', denied: 'FolderUnwritable' });
  }
  return path;
}

/**
 * Which of these names are taken in a folder, be it by a file or by a link that leads nowhere.
 *
 * @throws OverwriteRefused if any is and none may be replaced; FolderIsFile
 */
export function takenNames(directory: string, names: string[], options: { force: boolean }): string[] {
  try {
    if (lstat(directory) && !fs.statSync(directory).isDirectory()) throw aquilaError('FolderIsFile', [directory]);
    settle(directory);
    const taken = names.filter((name) => lstat(join(directory, name)));
    if (taken.length > 0 && !options.force)
      throw aquilaError('OverwriteRefused', [resolve(directory), taken.join(', ')]);
    return taken;
  } catch (error) {
    throw translateFileError(error, resolve(directory), { missing: 'FileFailed', denied: 'FolderUnwritable' });
  }
}

async function begin(directory: string, journal: Journal): Promise<Run> {
  try {
    const firstMade = await mkdir(directory, { recursive: true, mode: 0o700 });
    const madeFolders = firstMade === undefined ? [] : pathsBetween(directory, firstMade);
    const run = { folder: fs.realpathSync(directory), journal, madeFolders, holdsJournal: false };
    if (unfinished.size === 0) process.on('exit', endAll);
    unfinished.add(run);
    return run;
  } catch (error) {
    // Node says ENOENT where a folder can't be made on a disk that is read-only.
    throw translateFileError(error, directory, { missing: 'FolderUnwritable', denied: 'FolderUnwritable' });
  }
}

/** The folders that the names lead into; none of them may be a link. */
async function makeFoldersBelow(run: Run, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const segments = name.split('/').slice(0, -1);
    for (const [depth] of segments.entries()) {
      const path = join(run.folder, ...segments.slice(0, depth + 1));
      const there = lstat(path);
      if (there?.isSymbolicLink()) throw aquilaError('FileIsLink', [path]);
      if (there) continue;
      await mkdir(path, { mode: 0o755 });
      run.madeFolders.unshift(path);
    }
  }
}

function pathsBetween(deepest: string, first: string): string[] {
  return deepest === first || dirname(deepest) === deepest
    ? [deepest]
    : [deepest, ...pathsBetween(dirname(deepest), first)];
}

/** One run after the other: each holds the journal for milliseconds, so a short patience is enough. */
async function takeTurn(run: Run): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (settle(run.folder) && takeJournal(run.folder, run.journal)) {
      run.holdsJournal = true;
      return;
    }
    await setTimeout(20);
  }
  throw aquilaError('FolderBusy', [run.folder], [join(run.folder, journalName)]);
}

/** Once more, now that no other command can come between; and what is no regular file is never replaced. */
function refuseTargets(folder: string, names: string[], options: { force: boolean }): void {
  const link = takenNames(folder, names, options).find((name) => lstat(join(folder, name))?.isFile() !== true);
  if (link !== undefined) throw aquilaError('FileIsLink', [join(folder, link)]);
}

async function writeTemporary(path: string, file: NewFile | undefined): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(file?.bytes ?? '');
    await handle.chmod(file?.mode ?? 0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Leaves nothing behind, except a journal where even the undoing fails: the next command tries again. */
function end(run: Run): void {
  const isUndone = !unfinished.delete(run) || succeeds(() => undo(run.folder, run.journal));
  if (run.holdsJournal && isUndone) succeeds(() => fs.rmSync(join(run.folder, journalName), { force: true }));
  // A folder that is not empty stays: after a success that is the case.
  for (const made of run.madeFolders) succeeds(() => fs.rmdirSync(made));
  if (unfinished.size === 0) process.off('exit', endAll);
  closeJournal(run.journal);
}

function endAll(): void {
  for (const run of unfinished) end(run);
}

function succeeds(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
