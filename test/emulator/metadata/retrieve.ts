import JSZip from 'jszip';
import type { World } from '../http.ts';
import type { User } from '../state.ts';
import type { Place } from './elements.ts';
import { unknownType } from './deploy.ts';
import { componentId } from './ids.ts';
import { filePath, kindOf } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { draftOf } from './store.ts';
import { document } from './xml.ts';
import type { Value } from './xml.ts';

export type Retrieved = { files: Value[]; problems: string[]; zip: Buffer };

/** The org as it stands now. */
export const placeOf = ({ org, switches }: World, version: number, user: User): Place => ({
  ...{ org, user, switches, draft: draftOf(org), version, ignoreWarnings: false },
});

/** What the org says of a component in lists: who, when, where. */
export function fileProperties(kind: Kind, fullName: string, place: Place, folder = ''): Record<string, Value> {
  const [user] = place.org.users;
  const person = { id: user?.id ?? '', name: `${user?.firstName ?? ''} ${user?.lastName ?? ''}`.trim() };
  const date = '2026-01-01T00:00:00.000Z';
  return {
    createdById: person.id,
    createdByName: person.name,
    createdDate: date,
    fileName: folder + filePath(kind, fullName),
    fullName,
    id: componentId(kind, fullName, place),
    lastModifiedById: person.id,
    lastModifiedByName: person.name,
    lastModifiedDate: date,
    manageableState: 'unmanaged',
    type: kind.type,
  };
}

/** Puts the components that a manifest names into a zip, each as a file in metadata format below `unpackaged/`. */
export async function runRetrieve(world: World, { types, version }: Manifest, user: User): Promise<Retrieved> {
  const place = placeOf(world, Number(version), user);
  const zip = new JSZip();
  const files: Value[] = [];
  const problems: string[] = [];
  const found: Manifest['types'] = [];
  for (const { name, members } of types) {
    const kind = kindOf(name, place);
    if (!kind) {
      problems.push(unknownType(name));
      continue;
    }
    const hidden = kind.hidden?.(place);
    if (hidden !== undefined) {
      problems.push(hidden);
      continue;
    }
    const names = members.flatMap((member) => (member === '*' ? kind.names(place) : [member]));
    const there = [...new Set(names)].sort().filter((fullName) => {
      const content = kind.content(fullName, place);
      if (content === undefined) {
        problems.push(`Entity of type '${name}' named '${fullName}' cannot be found`);
        return false;
      }
      const path = `unpackaged/${filePath(kind, fullName)}`;
      const file = kind.file?.(fullName, place);
      if (file !== undefined) zip.file(path, file);
      zip.file(file === undefined ? path : `${path}-meta.xml`, document(kind.root(fullName), content));
      files.push(fileProperties(kind, fullName, place, 'unpackaged/'));
      return true;
    });
    if (there.length > 0) found.push({ name, members: there });
  }
  zip.file('unpackaged/package.xml', writeManifest({ types: found, version }));
  return { files, problems, zip: await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }) };
}
