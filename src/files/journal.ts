import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { linkOrMove, syncFolder } from './durable-names.ts';
import { hasErrno } from './file-error.ts';

/** The file that says what is going on in a folder while files are published there. Only one run can hold it. */
export const journalName = '.sf-aquila-journal.json';

const temporaryName = /^\.sf-aquila-[0-9a-f]{16}\.tmp$/;

/** One file of a set on its way: the names are relative to the folder of the journal. */
export type JournalEntry = {
  temporary: string;
  /** May lie in a folder below, with slashes. */
  target: string;
  /** Where the file goes that the target replaces. */
  backup: string;
  /** What tells our file from any other one under the same name, wherever it has moved; empty until it is written. */
  identity: string;
};

export type Journal = {
  /** Random, so that no run takes another one's journal for its own. */
  id: string;
  pid: number;
  host: string;
  /** No target is touched while the temporaries are being written. */
  phase: 'writing' | 'moving';
  /** Whether targets may be replaced. */
  replaces: boolean;
  entries: JournalEntry[];
};

/** Journals of this very process: for them a living process id proves nothing. */
const ownIds = new Set<string>();

/** A journal for the files that are to get these names. */
export function openJournal(targets: string[], replaces: boolean): Journal {
  const id = randomBytes(8).toString('hex');
  ownIds.add(id);
  const entries = targets.map((target) => ({
    temporary: newTemporaryName(),
    target,
    backup: newTemporaryName(),
    identity: '',
  }));
  return { id, pid: process.pid, host: hostname(), phase: 'writing', replaces, entries };
}

export function closeJournal({ id }: Journal): void {
  ownIds.delete(id);
}

function newTemporaryName(): string {
  return `.sf-aquila-${randomBytes(8).toString('hex')}.tmp`;
}

/**
 * Writes a journal where there is none, whole from its first moment on, and removes what earlier runs may have left.
 *
 * @returns false if another run holds one
 */
export function takeJournal(folder: string, journal: Journal): boolean {
  const temporary = join(folder, newTemporaryName());
  try {
    writeDurably(temporary, journal);
    if (!createExclusively(temporary, join(folder, journalName))) return false;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  for (const path of temporariesIn(folder)) fs.rmSync(path, { force: true });
  return true;
}

/** Our temporaries in a folder, whoever left them; none where the folder can't be listed. */
export function temporariesIn(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && temporaryName.test(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return [];
    throw error;
  }
}

function createExclusively(temporary: string, path: string): boolean {
  try {
    linkOrMove(temporary, path);
    return true;
  } catch (error) {
    // ENOENT: the run that holds the journal has just swept our temporary away
    if (hasErrno(error, 'EEXIST', 'ENOENT')) return false;
    throw error;
  }
}

/** Replaces our own journal by its next state, atomically. */
export function advanceJournal(folder: string, journal: Journal): void {
  const temporary = join(folder, newTemporaryName());
  try {
    writeDurably(temporary, journal);
    fs.renameSync(temporary, join(folder, journalName));
    syncFolder(folder);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

function writeDurably(path: string, journal: Journal): void {
  const descriptor = fs.openSync(path, 'wx', 0o600);
  try {
    fs.writeSync(descriptor, JSON.stringify(journal));
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** While a run is alive it holds a journal for milliseconds; after a minute its process id belongs to somebody else. */
const livesAtMostMs = 60_000;

/**
 * The journal in a folder; undefined if there is none. One that is not ours by owner, mode or kind counts as live, since
 * nobody may act on it; one that can't be read was never finished, and stands for a run that had not begun.
 */
export function findJournal(folder: string): { journal: Journal | undefined; isLive: boolean } | undefined {
  const path = join(folder, journalName);
  try {
    const stats = fs.lstatSync(path);
    if (!stats.isFile() || stats.size > 65_536 || !isPrivate(stats)) return { journal: undefined, isLive: true };
    const journal = parseJournal(fs.readFileSync(path, 'utf8'));
    const isRecent = Math.abs(Date.now() - stats.mtimeMs) < livesAtMostMs;
    return { journal, isLive: isRecent && (journal === undefined || isAlive(journal)) };
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined;
    throw error;
  }
}

function isPrivate({ uid, mode }: fs.Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
}

function isAlive({ id, pid, host }: Journal): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return ownIds.has(id);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasErrno(error, 'EPERM');
  }
}

/** Only names that we could have written: a journal must not move or delete anything else. */
function parseJournal(text: string): Journal | undefined {
  try {
    const { id, pid, host, phase, replaces, entries } = JSON.parse(text) as Partial<Journal>;
    if (typeof id !== 'string' || typeof pid !== 'number' || typeof host !== 'string') return undefined;
    if (!Array.isArray(entries) || !entries.every(isEntry)) return undefined;
    return { id, pid, host, phase: phase === 'moving' ? 'moving' : 'writing', replaces: replaces === true, entries };
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is JournalEntry {
  const { temporary, target, backup, identity } = (value ?? {}) as Record<string, unknown>;
  const areTemporaries = [temporary, backup].every((name) => typeof name === 'string' && temporaryName.test(name));
  const isName = typeof target === 'string' && target.split('/').every(isSegment);
  return areTemporaries && isName && typeof identity === 'string';
}

/** One part of a path below the folder: it leads neither up nor away. */
const isSegment = (name: string): boolean =>
  basename(name) === name && !['', '.', '..'].includes(name) && !name.startsWith('.sf-aquila-');
