import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { isWithoutLinks, linkOrMove, syncFolder } from './durable-names.ts';
import { hasErrno } from './file-error.ts';
import { findJournal, journalName, temporariesIn, type Journal, type JournalEntry } from './journal.ts';

/** Size, time of the last change of the content, and inode: they survive links and renames. */
export function identityOf(path: string): string | undefined {
  const stats = lstat(path);
  return stats && [stats.size, stats.mtimeNs, stats.ino].join(':');
}

/** What lies under a name, links not followed; undefined if nothing does. */
export function lstat(path: string): fs.BigIntStats | undefined {
  return fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

/**
 * Finishes or undoes what a killed run left in a folder. New files stay only as a whole set; a replacement is carried through,
 * and if it can't be, the earlier files come back.
 *
 * @returns false while another run is at work there
 */
export function settle(folder: string): boolean {
  // Listed before the journal is looked for: a run that lives has its journal before its files, so none of them can be among these.
  const temporaries = temporariesIn(folder);
  const found = findJournal(folder);
  if (found?.isLive) return false;
  if (found) {
    const { journal } = found;
    if (journal?.phase === 'moving') finishOrUndo(folder, journal);
    else if (journal) removeTemporaries(folder, journal);
    // Another run may have settled the folder at the same time and begun its own work: its journal has another id.
    if (findJournal(folder)?.journal?.id === journal?.id) fs.rmSync(join(folder, journalName), { force: true });
  }
  // Such as a journal that never got its name. A run that is about to give it one tries again.
  for (const path of temporaries) fs.rmSync(path, { force: true });
  return true;
}

/** `settle` for a command that is about to read a file: what it may not mend, it leaves. */
export function settleFolderOf(path: string): void {
  try {
    settle(dirname(path));
  } catch (error) {
    if (!hasErrno(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR')) throw error;
  }
}

function finishOrUndo(folder: string, journal: Journal): void {
  const isInPlace = ({ target, identity }: JournalEntry): boolean => identityOf(join(folder, target)) === identity;
  if (journal.replaces) carryThrough(folder, journal);
  else if (journal.entries.every(isInPlace)) removeTemporaries(folder, journal);
  else undo(folder, journal);
}

function carryThrough(folder: string, journal: Journal): void {
  try {
    for (const { temporary, target } of journal.entries) {
      if (lstat(join(folder, temporary))) rename(join(folder, temporary), join(folder, target));
    }
    syncFolders(folder, journal);
  } catch {
    undo(folder, journal);
    return;
  }
  removeTemporaries(folder, journal);
}

/** Gives every temporary its name: all of them, or none and an error. Synchronous, so that no signal comes between. */
export function moveAll(folder: string, journal: Journal): void {
  try {
    for (const { temporary, target, backup } of journal.entries) {
      if (!journal.replaces) {
        linkOrMove(join(folder, temporary), join(folder, target));
      } else {
        if (lstat(join(folder, target))) keep(join(folder, target), join(folder, backup));
        rename(join(folder, temporary), join(folder, target));
      }
    }
    syncFolders(folder, journal);
  } catch (error) {
    undo(folder, journal);
    throw error;
  }
  removeTemporaries(folder, journal);
}

function syncFolders(folder: string, { entries }: Journal): void {
  for (const path of new Set([folder, ...entries.map(({ target }) => dirname(join(folder, target)))])) syncFolder(path);
}

function keep(target: string, backup: string): void {
  try {
    fs.linkSync(target, backup);
  } catch (error) {
    if (!isWithoutLinks(error)) throw error;
    rename(target, backup);
  }
}

/** Brings the earlier files back and takes away those of ours that have none before them. */
export function undo(folder: string, journal: Journal): void {
  for (const { temporary, target, backup, identity } of journal.entries) {
    const path = join(folder, target);
    if (lstat(join(folder, backup))) rename(join(folder, backup), path);
    else if (journal.phase === 'moving' && identityOf(path) === identity) fs.rmSync(path);
    else if (journal.phase === 'moving' && isPlaceholder(path, join(folder, temporary))) fs.rmSync(path);
  }
  removeTemporaries(folder, journal);
}

/** The empty file that `linkOrMove` puts down where there are no hard links, while our file still waits beside it. */
function isPlaceholder(path: string, temporary: string): boolean {
  return lstat(path)?.size === 0n && lstat(temporary) !== undefined;
}

function removeTemporaries(folder: string, journal: Journal): void {
  for (const { temporary, backup } of journal.entries) {
    fs.rmSync(join(folder, temporary), { force: true });
    fs.rmSync(join(folder, backup), { force: true });
  }
}

/** On Windows a virus scanner may hold a fresh file for a moment, and a rename then fails. */
function rename(from: string, to: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      fs.renameSync(from, to);
      return;
    } catch (error) {
      const mayPass = process.platform === 'win32' && hasErrno(error, 'EPERM', 'EBUSY', 'EACCES');
      if (!mayPass || attempt === 10) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 * attempt);
    }
  }
}
