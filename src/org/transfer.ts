import { Readable } from 'node:stream';
import { parse } from 'node:path';
import type { Connection } from '@salesforce/core';
import {
  ComponentSet,
  DestructiveChangesType,
  MetadataApiDeploy,
  MetadataApiRetrieve,
  MetadataConverter,
  RegistryAccess,
  SourceComponent,
  TreeContainer,
  ZipTreeContainer,
  registry,
  type AsyncResult,
  type MetadataApiDeployOptions,
} from '@salesforce/source-deploy-retrieve';
import type { MetadataComponent, MetadataName } from './metadata.ts';

// Importing source-deploy-retrieve takes 0.1 s on top of core, so this file is imported only when something is deployed or retrieved.

/** The types as Salesforce ships them: an sfdx-project.json in the current folder may bend them, and is not asked. */
const types = new RegistryAccess(registry);

export type DeployOptions = NonNullable<MetadataApiDeployOptions['apiOptions']>;

/** A package in memory, as the Metadata API takes it: components, manifest, and what is to be removed after the rest is in place. */
export type Package = { components: ComponentSet; zip: Buffer };

/** Puts a package together in memory. Neither a `.forceignore` nor the replacements of a project in the current folder apply. */
export async function pack(
  deploy: readonly MetadataComponent[],
  remove: readonly MetadataName[],
  apiVersion: string
): Promise<Package> {
  const tree = new MemoryTree();
  const components = new ComponentSet([], types);
  components.sourceApiVersion = apiVersion;
  components.projectDirectory = parse(process.cwd()).root;
  for (const { type: name, fullName, xml } of deploy) {
    const type = types.getTypeByName(name);
    const path = `${type.directoryName}/${fullName}.${type.suffix ?? ''}-meta.xml`;
    tree.files.set(path, xml);
    components.add(new SourceComponent({ name: fullName, type, xml: path }, tree));
  }
  for (const { type: name, fullName } of remove) {
    const component = new SourceComponent({ name: fullName, type: types.getTypeByName(name) }, tree);
    components.add(component, DestructiveChangesType.POST);
  }
  const { zipBuffer } = await new MetadataConverter(types).convert(components, 'metadata', { type: 'zip' });
  if (!zipBuffer) throw new Error('the converter made no zip');
  return { components, zip: zipBuffer };
}

/** A deployment by the REST API of what is packed already; other plugins are not told of it, and the disk sees nothing. */
export class MemoryDeploy extends MetadataApiDeploy {
  readonly #start: () => Promise<AsyncResult>;

  constructor(connection: Connection, { components, zip }: Package, options: DeployOptions) {
    super({ usernameOrConnection: connection, components, registry: types, apiOptions: { ...options, rest: true } });
    this.#start = async () => await connection.metadata.deployRest(zip, options);
  }

  protected override pre(): Promise<AsyncResult> {
    return this.#start();
  }
}

/** A retrieval of single components. Its `post`, which writes to the disk, is never called. */
export function retrieval(connection: Connection, names: readonly MetadataName[]): MetadataApiRetrieve {
  const components = new ComponentSet([], types);
  for (const { type, fullName } of names) components.add({ type: types.getTypeByName(type), fullName });
  return new MetadataApiRetrieve({ usernameOrConnection: connection, components, output: '', suppressEvents: true });
}

/** The files of a retrieved zip. */
export async function unpack(zip: string): Promise<(path: string) => Promise<string | undefined>> {
  const tree = await ZipTreeContainer.create(Buffer.from(zip, 'base64'));
  return async (path) => {
    // Both forms are reported (docs/reference/external-client-apps.md §13).
    const found = [path, `${path}-meta.xml`].find((one) => tree.exists(one));
    return found === undefined ? undefined : (await tree.readFile(found)).toString('utf8');
  };
}

/** Source that exists nowhere but here. */
class MemoryTree extends TreeContainer {
  readonly files = new Map<string, string>();

  override exists(path: string): boolean {
    return this.files.has(path) || this.isDirectory(path);
  }

  override isDirectory(path: string): boolean {
    return [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
  }

  override readDirectory(path: string): string[] {
    const below = [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
    return [...new Set(below.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))];
  }

  override readFile(path: string): Promise<Buffer> {
    return Promise.resolve(this.readFileSync(path));
  }

  override readFileSync(path: string): Buffer {
    const text = this.files.get(path);
    if (text === undefined) throw new Error(`no such component: ${path}`);
    return Buffer.from(text);
  }

  override stream(path: string): Readable {
    return Readable.from([this.readFileSync(path)]);
  }
}
