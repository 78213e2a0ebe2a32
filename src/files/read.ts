import { lstat, open, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { aquilaError } from '../errors.ts';
import { translateFileError } from './file-error.ts';
import { settleFolderOf } from './settle.ts';

/** A file that the user named. */
export type InputFile = {
  /** Absolute. */
  path: string;
  bytes: Buffer;
  /** The permission bits, such as 0o600; meaningless on Windows. */
  mode: number;
};

/** What the file is for: it decides which error names a missing one. */
export type InputKind = 'key' | 'certificate' | 'passphrase' | 'any';

const missing = {
  key: 'KeyFileMissing',
  certificate: 'CertificateFileMissing',
  passphrase: 'FileMissing',
  any: 'FileMissing',
} as const;

/** Keys and certificates take a few kilobytes; anything larger is another file. */
const maximumBytes = 1024 * 1024;

/**
 * Reads a file that the user named, at most 1 MiB. A folder in which a command was killed while it wrote is put in order
 * first, so that no half of a set is read.
 *
 * @throws KeyFileMissing, CertificateFileMissing, FileMissing, FileUnreadable, FileIsFolder, FileTooLarge
 */
export async function readInputFile(file: string, kind: InputKind): Promise<InputFile> {
  const path = resolve(file);
  settleFolderOf(path);
  try {
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw aquilaError('FileIsFolder', [path]);
      const bytes = await readAtMost(handle.createReadStream({ autoClose: false }), path);
      return { path, bytes, mode: stats.mode & 0o777 };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw translateFileError(error, path, { missing: missing[kind], denied: 'FileUnreadable' });
  }
}

/** What stands in a file that may have gone meanwhile; undefined for that, and for a pipe, which has been read and would be waited for. */
export async function readAgain(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/**
 * All of standard input, at most 1 MiB.
 *
 * @throws FileTooLarge
 */
export async function readStandardInput(): Promise<Buffer> {
  return readAtMost(process.stdin, 'standard input');
}

/** The limit holds for streams without an end as well, such as a device. */
async function readAtMost(stream: AsyncIterable<unknown>, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > maximumBytes) throw aquilaError('FileTooLarge', [name, maximumBytes / 1024]);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
