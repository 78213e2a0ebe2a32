import JSZip from 'jszip';
import type { World } from '../http.ts';
import type { User } from '../state.ts';
import { Problem } from './elements.ts';
import type { Place } from './elements.ts';
import { componentId } from './ids.ts';
import { filePath, kindOf, kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { commit, draftOf } from './store.ts';
import type { Draft } from './store.ts';
import { XmlError, parseXml } from './xml.ts';

export type DeployOptions = {
  checkOnly: boolean;
  rollbackOnError: boolean;
  ignoreWarnings: boolean;
  testLevel: string | undefined;
};

export type DeployMessage = {
  changed: boolean;
  componentType: string;
  created: boolean;
  createdDate: string;
  deleted: boolean;
  fileName: string;
  fullName: string;
  id: string | undefined;
  problem: string | undefined;
  problemType: 'Error' | 'Warning' | undefined;
  success: boolean;
};

export type Outcome = {
  status: 'Succeeded' | 'SucceededPartial' | 'Failed';
  successes: DeployMessage[];
  failures: DeployMessage[];
  /** Of the deploy itself rather than of a component. */
  error?: { code: string; message: string };
  /** Brings the org back to what it was before. */
  undo: () => void;
};

/** A deploy that says nothing of its components. */
class DeployError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Runs a deploy to its end: everything is tried on a copy of the org, which becomes the org if nothing stands against it. */
export async function runDeploy(
  { world, user, now }: { world: World; user: User; now: number },
  zip: Buffer,
  options: DeployOptions
): Promise<Outcome> {
  const { org, switches } = world;
  try {
    if (options.testLevel === 'NoTestRun' && org.facts.testsRequired) {
      throw new DeployError('INVALID_OPERATION', 'testLevel of NoTestRun cannot be used in production organizations');
    }
    const archive = await openArchive(zip);
    // From here to the end nothing waits, so that deploys at the same time come one after the other.
    const before = draftOf(org);
    const undo = (): void => commit(org, before, now);
    const place: Place = {
      ...{ org, user, switches, draft: draftOf(org), version: Number(archive.manifest.version ?? 68) },
      ignoreWarnings: options.ignoreWarnings,
    };
    const run = new Run(place, user, new Date(now).toISOString());
    run.remove(archive.destructive('destructiveChangesPre.xml'));
    run.remove(archive.destructive('destructiveChanges.xml'));
    run.deploy(archive);
    run.remove(archive.destructive('destructiveChangesPost.xml'));
    const { successes, failures } = run;
    const partly = failures.length > 0 && successes.some(({ fullName }) => fullName !== 'package.xml');
    const status =
      failures.length === 0 ? 'Succeeded' : partly && !options.rollbackOnError ? 'SucceededPartial' : 'Failed';
    if (status !== 'Failed' && !options.checkOnly) commit(org, run.draft, now);
    return { status, successes, failures, undo };
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    const { code, message } = error;
    return {
      status: 'Failed',
      successes: [],
      failures: [],
      error: { code, message: `${code}: ${message}` },
      undo: () => undefined,
    };
  }
}

type Archive = {
  manifest: Manifest;
  /** Names in a manifest of deletions; none if there is no such file. */
  destructive: (name: string) => Array<{ file: string; manifest: Manifest }>;
  read: (path: string) => string | undefined;
  /** Paths of the components' files, without `-meta.xml`. */
  paths: string[];
};

/** A zip with the manifest at its root, or in the one folder at its root. */
async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await JSZip.loadAsync(bytes).catch(() => {
    // Its words are a guess.
    throw new DeployError('UNKNOWN_EXCEPTION', 'The zip file could not be read.');
  });
  const files = Object.values(zip.files).filter(({ dir }) => !dir);
  const root = files.find(({ name }) => /^(?:[^/]+\/)?package\.xml$/.test(name))?.name.replace('package.xml', '');
  if (root === undefined) throw new DeployError('UNKNOWN_EXCEPTION', 'No package.xml found');
  const contents = new Map<string, string>();
  for (const file of files) contents.set(file.name, await file.async('string'));
  const text = (path: string): string | undefined => contents.get(root + path);
  const manifests = new Map<string, Manifest>();
  for (const name of [
    'package.xml',
    'destructiveChangesPre.xml',
    'destructiveChanges.xml',
    'destructiveChangesPost.xml',
  ]) {
    const xml = text(name);
    if (xml === undefined) continue;
    try {
      manifests.set(name, readManifest(parseXml(xml)));
    } catch (error) {
      if (error instanceof XmlError)
        throw new DeployError('UNKNOWN_EXCEPTION', `Error parsing ${name}: ${error.message}`);
      throw error;
    }
  }
  const inside = files.map(({ name }) => name.slice(root.length)).filter((name) => name.includes('/'));
  return {
    manifest: manifests.get('package.xml')!,
    destructive: (file) => [manifests.get(file)].flatMap((manifest) => (manifest ? [{ file, manifest }] : [])),
    read: (path) => text(path) ?? text(`${path}-meta.xml`),
    paths: inside.map((name) => name.replace(/-meta\.xml$/, '')),
  };
}

/** One deploy on a draft. A component that is refused leaves the draft as it was before it. */
class Run {
  readonly successes: DeployMessage[] = [];
  readonly failures: DeployMessage[] = [];
  readonly #user: User;
  readonly #date: string;
  #place: Place;

  constructor(place: Place, user: User, date: string) {
    this.#place = place;
    this.#user = user;
    this.#date = date;
  }

  get draft(): Draft {
    return this.#place.draft;
  }

  deploy({ manifest, read, paths }: Archive): void {
    const wanted: Array<{ kind: Kind; fullName: string; path: string }> = [];
    for (const { name, members } of manifest.types) {
      const kind = kindOf(name, this.#place);
      if (!kind) {
        this.#fail('', 'package.xml', 'package.xml', unknownType(name));
        continue;
      }
      const inFolder = paths.filter(
        (path) => path.startsWith(`${kind.directory}/`) && path.endsWith(`.${kind.suffix}`)
      );
      const inZip = inFolder.map((path) => path.slice(kind.directory.length + 1, -kind.suffix.length - 1));
      const names = members.flatMap((member) => (member === '*' ? inZip : [member]));
      for (const fullName of names) wanted.push({ kind, fullName, path: filePath(kind, fullName) });
    }
    for (const path of paths.filter((one) => !wanted.some((component) => component.path === one))) {
      const kind = kinds.find(({ directory }) => path.startsWith(`${directory}/`));
      if (kind && !kindOf(kind.type, this.#place)) continue;
      this.#fail(kind?.type ?? '', path, path.replace(/^.*\/|\.\w+$/g, ''), 'Not in package.xml');
    }
    const ordered = wanted.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
    for (const { kind, fullName, path } of ordered) this.#apply(kind, fullName, path, read(path));
    for (const { kind, fullName } of ordered) kind.complete?.(fullName, this.#place);
    if (this.failures.length === 0) this.#succeed('', 'package.xml', 'package.xml', { changed: true });
  }

  #apply(kind: Kind, fullName: string, path: string, xml: string | undefined): void {
    const type = kind.type === 'Settings' ? kind.root(fullName) : kind.type;
    if (xml === undefined) {
      const missing = `An object '${fullName}' of type ${kind.type} was named in package.xml, but was not found in zipped directory`;
      this.#fail(type, 'package.xml', fullName, missing);
      return;
    }
    const before = kind.content(fullName, this.#place);
    const kept = structuredClone(this.draft);
    try {
      this.#allow(kind);
      const root = parseXml(xml);
      if (root.name !== kind.root(fullName))
        throw new Problem(`Error parsing file: Element ${root.name} invalid at this location`);
      kind.apply(fullName, root, this.#place);
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof XmlError)) throw error;
      this.#place = { ...this.#place, draft: kept };
      this.#fail(
        type,
        path,
        fullName,
        error instanceof XmlError ? `Error parsing file: ${error.message}` : error.message
      );
      return;
    }
    const created = before === undefined;
    const id = componentId(kind, fullName, this.#place);
    this.#succeed(type, path, fullName, {
      created,
      changed: !created && before !== kind.content(fullName, this.#place),
      id,
    });
  }

  /** Deletes what manifests name, an app's parts before the app. */
  remove(manifests: ReturnType<Archive['destructive']>): void {
    for (const { file, manifest } of manifests) {
      const named = manifest.types.flatMap(({ name, members }) => members.map((fullName) => ({ name, fullName })));
      const place = (name: string): number => kinds.findIndex(({ type }) => type === name);
      for (const { name, fullName } of named.sort((a, b) => place(b.name) - place(a.name))) {
        this.#remove(file, name, fullName);
      }
    }
  }

  #remove(file: string, name: string, fullName: string): void {
    const kind = kindOf(name, this.#place);
    if (!kind) {
      this.#fail('', file, file, unknownType(name));
      return;
    }
    try {
      this.#allow(kind);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#fail(name, file, fullName, error.message);
      return;
    }
    const id = componentId(kind, fullName, this.#place);
    const removed = kind.remove(fullName, this.#place);
    if (removed) this.#succeed(name, filePath(kind, fullName), fullName, { deleted: true, id });
    else this.#succeed(name, file, file, { problem: `No ${name} named: ${fullName} found`, problemType: 'Warning' });
  }

  #allow({ permission }: Kind): void {
    if (permission && !this.#user.permissions[permission.name]) throw new Problem(permission.refusal);
  }

  #succeed(componentType: string, fileName: string, fullName: string, more: Partial<DeployMessage>): void {
    this.successes.push({ ...this.#message(componentType, fileName, fullName), success: true, ...more });
  }

  #fail(componentType: string, fileName: string, fullName: string, problem: string): void {
    this.failures.push({ ...this.#message(componentType, fileName, fullName), problem, problemType: 'Error' });
  }

  #message(componentType: string, fileName: string, fullName: string): DeployMessage {
    const flags = { changed: false, created: false, deleted: false, success: false };
    const rest = { id: undefined, problem: undefined, problemType: undefined, createdDate: this.#date };
    return { ...flags, ...rest, componentType, fileName, fullName };
  }
}

/** Of a type that no org has, or that this org has not. Its words are a guess. */
export const unknownType = (type: string): string => `Entity type: '${type}' is unknown`;
