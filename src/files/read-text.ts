import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { aquilaError } from '../errors.ts';
import { translateFileError } from './file-error.ts';

/** Of a longer log, the end is what matters. */
const maximumBytes = 8 * 1024 * 1024;

/**
 * Reads a text that the user named, such as a log: UTF-8, or UTF-16 with a byte order mark. Of more than 8 MiB, the end is read.
 *
 * @param file a path, or `-` for standard input
 * @throws FileMissing, FileUnreadable, FileIsFolder
 */
export async function readText(file: string): Promise<string> {
  if (file === '-') return decodeText(await readEnd(process.stdin));
  const path = resolve(file);
  try {
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      if (stats.isDirectory()) throw aquilaError('FileIsFolder', [path]);
      // Pipes and devices have no size and no places to begin at.
      const start = stats.isFile() ? Math.max(0, stats.size - maximumBytes) : undefined;
      return decodeText(
        await readEnd(handle.createReadStream({ autoClose: false, ...(start !== undefined && { start }) }))
      );
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw translateFileError(error, path, { missing: 'FileMissing', denied: 'FileUnreadable' });
  }
}

/** The last bytes of a stream, in as much memory as twice these. */
async function readEnd(stream: AsyncIterable<unknown>): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes);
    length += bytes.length;
    if (length > 2 * maximumBytes) {
      chunks = [Buffer.concat(chunks).subarray(-maximumBytes)];
      length = maximumBytes;
    }
  }
  return Buffer.concat(chunks).subarray(-maximumBytes);
}

/** PowerShell writes UTF-16 with ">"; the first character of a log is ASCII, so its second byte tells. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes.length > 1 && bytes[0] !== 0 && bytes[1] === 0) return bytes.toString('utf16le');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
