import { aquilaError, problemOf } from '../errors.ts';
import { readInputFile, readStandardInput } from '../files/read.ts';
import { inspect } from '../keystore/inspect.ts';
import { pairsOf, withStrangers } from '../keystore/inspect-pairs.ts';
import {
  inspected,
  type InspectedFile,
  type InspectedKind,
  type InspectedPair,
  type Inspection,
} from '../keystore/inspection.ts';

export type InspectedFiles = { files: InspectedFile[]; pairs: InspectedPair[] };

/** Asks a person for what would open a file; undefined if nothing was typed. */
type Question = (file: string) => Promise<string | undefined>;

export type InspectRequest = {
  /** Paths; `-` is standard input. */
  files: string[];
  passphrase: string | undefined;
  keystorePassword: string | undefined;
  /** Undefined where nobody can be asked. */
  ask: { passphrase: Question; keystorePassword: Question } | undefined;
  now: Date;
};

const standardInput = 'standard input';

/** Refuses to read standard input more than once. @throws StandardInputTwice */
export function requireOneReader(sources: Record<string, string[]>): void {
  const readers = Object.entries(sources).flatMap(([flag, values]) =>
    values.filter((value) => value === '-').map(() => flag)
  );
  if (readers.length > 1) throw aquilaError('StandardInputTwice', [readers.join(', ')]);
}

/**
 * Looks into every file, and for pairs among all of them. A file that can't be read is reported like the others.
 *
 * @throws QuestionDeclined
 */
export async function inspectFiles(request: InspectRequest): Promise<InspectedFiles> {
  const inspections: Inspection[] = [];
  for (const file of new Set(request.files)) inspections.push(await inspectFile(file, request));
  return { files: withStrangers(inspections).map(({ report }) => report), pairs: pairsOf(inspections) };
}

/** 2 where a file could not be read, 1 where a problem was found, otherwise 0. */
export function inspectExitCode({ files }: InspectedFiles): 0 | 1 | 2 {
  if (files.some(({ kind }) => unread.has(kind))) return 2;
  return files.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

const unread: ReadonlySet<InspectedKind> = new Set(['missing', 'folder', 'unreadable']);

async function inspectFile(file: string, request: InspectRequest): Promise<Inspection> {
  const { passphrase, keystorePassword, ask, now } = request;
  const name = file === '-' ? standardInput : file;
  const bytes = await bytesOf(file);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const input = { bytes, file: name, passphrase, keystorePassword, now };
  const inspection = named(file, await inspect(input));
  if (!ask || inspection.needs === undefined) return inspection;
  if (inspection.needs === 'passphrase' && passphrase === undefined) {
    const answer = await ask.passphrase(name);
    return answer === undefined ? inspection : named(file, await inspect({ ...input, passphrase: answer }));
  }
  if (inspection.needs === 'passphrase' || keystorePassword !== undefined) return inspection;
  const answer = await ask.keystorePassword(name);
  return answer === undefined ? inspection : named(file, await inspect({ ...input, keystorePassword: answer }));
}

const named = (file: string, inspection: Inspection): Inspection => ({
  ...inspection,
  report: { ...inspection.report, file },
});

async function bytesOf(file: string): Promise<Uint8Array | Inspection> {
  try {
    return file === '-' ? await readStandardInput() : (await readInputFile(file, 'any')).bytes;
  } catch (error) {
    const problem = problemOf(error);
    const kinds: Partial<Record<string, InspectedKind>> = { FileMissing: 'missing', FileIsFolder: 'folder' };
    const kind = kinds[problem.code] ?? 'unreadable';
    const problems = [inspected(problem)];
    return {
      report: { file, kind, encoding: 'none', wrappings: [], problems, verdicts: [] },
      keys: [],
      certificates: [],
    };
  }
}
