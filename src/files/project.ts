import fs from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { aquilaError } from '../errors.ts';
import { hasErrno } from './file-error.ts';

/** The file that makes a folder a Salesforce DX project. */
const projectFile = 'sfdx-project.json';

export type Project = {
  /** Folder of the project file. */
  folder: string;
  /** Port of the callback URL that sf listens on in this project (`oauthLocalPort`); undefined where the file names none. */
  oauthLocalPort: number | undefined;
  /** Where new source goes, below the folder and with slashes; undefined where the file names no place below it. */
  packageFolder: string | undefined;
};

/**
 * The Salesforce DX project that a folder lies in, which may be one above it or one that does not exist yet; undefined outside one.
 *
 * @throws ProjectFileUnusable where the project file can't be read, is no JSON, or names a port that is none
 */
export function findProject(start: string): Project | undefined {
  const folder = resolve(start);
  const path = join(folder, projectFile);
  const text = readIfThere(path);
  if (text !== undefined) {
    const content = contentOf(text, path);
    return { folder, oauthLocalPort: portIn(content, path), packageFolder: packageFolderIn(content) };
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findProject(parent);
}

function readIfThere(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw aquilaError('ProjectFileUnusable', [path, 'it can not be read']);
  }
}

type Content = { oauthLocalPort?: unknown; packageDirectories?: unknown };

function contentOf(text: string, path: string): Content {
  try {
    return (JSON.parse(text) as Content | null) ?? {};
  } catch {
    throw aquilaError('ProjectFileUnusable', [path, 'it is no JSON']);
  }
}

function packageFolderIn({ packageDirectories }: Content): string | undefined {
  const all = (Array.isArray(packageDirectories) ? packageDirectories : []) as Array<Partial<
    Record<'path' | 'default', unknown>
  > | null>;
  const path = (all.find((one) => one?.default === true) ?? all[0])?.path;
  if (typeof path !== 'string') return undefined;
  const folder = posix.normalize(path.replaceAll('\\', '/')).replace(/^\.\/|\/$/g, '');
  return posix.isAbsolute(folder) || /^(?:\.\.?)?(?:\/|$)|^[A-Za-z]:/.test(folder) ? undefined : folder;
}

function portIn({ oauthLocalPort: port }: Content, path: string): number | undefined {
  if (port === undefined || port === null) return undefined;
  // The guide writes it as a text, sf as a number.
  const number = typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : port;
  if (typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 65_536) return number;
  throw aquilaError('ProjectFileUnusable', [path, 'its oauthLocalPort is no port']);
}
