import { child, document, escapeXml, texts } from './xml.ts';
import type { Element } from './xml.ts';

/** A `package.xml`, or what a retrieve asks for. */
export type Manifest = { types: Array<{ name: string; members: string[] }>; version: string | undefined };

export const readManifest = (root: Element): Manifest => ({
  types: root.children
    .filter(({ name }) => name === 'types')
    .map((type) => ({ name: child(type, 'name')?.text ?? '', members: texts(type, 'members') })),
  version: child(root, 'version')?.text,
});

export function writeManifest({ types, version }: Manifest): string {
  const parts = types.map(({ name, members }) => {
    const lines = members.map((member) => `        <members>${escapeXml(member)}</members>\n`).join('');
    return `    <types>\n${lines}        <name>${name}</name>\n    </types>\n`;
  });
  return document('Package', `${parts.join('')}    <version>${version ?? ''}</version>\n`);
}
