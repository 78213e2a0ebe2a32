import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { commandOf, committedManifest } from './command-lines.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = committedManifest();
const topics = new Set(
  Object.keys(manifest.commands).flatMap((id) =>
    id.split(':').map((_, depth, parts) => parts.slice(0, depth).join(' '))
  )
);

/** What is wrong with the commands of ours that a text names: "sf aquila" followed by words, and any flags on the same line. */
function unknownIn(text: string): string[] {
  return [
    ...text.replaceAll(/\\\n\s*/g, ' ').matchAll(/\bsf (aquila(?: [a-z][a-z-]*)*)((?:[ =][^\n"`|)]*)?)/g),
  ].flatMap(([whole, path, rest]) => {
    const known = commandOf(path!.split(' '), manifest);
    const flags = [...rest!.matchAll(/(?<=\s)--([a-z][a-z-]*)/g)]
      .map(([, flag]) => flag!)
      .filter((flag) => flag !== 'help');
    if (known === undefined) return topics.has(path!.trim()) ? [] : [whole.trim()];
    return flags.filter((flag) => !(flag in known.command.flags)).map((flag) => `--${flag} in ${whole.trim()}`);
  });
}

const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...['messages', 'docs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file))
  ),
];

describe('contract: commands in words', () => {
  for (const page of pages) {
    it(`${page.replaceAll('\\', '/')} names only commands and flags that exist`, () => {
      expect(unknownIn(readFileSync(join(root, page), 'utf8'))).to.deep.equal([]);
    });
  }

  it('an unknown command or flag is noticed', () => {
    expect(unknownIn('Run "sf aquila logout --all".')).to.deep.equal(['sf aquila logout --all']);
    expect(unknownIn('    sf aquila login --usrname a@b.c')).to.deep.equal([
      '--usrname in sf aquila login --usrname a@b.c',
    ]);
    expect(unknownIn('see "sf aquila --help" and `sf aquila login --username %s`')).to.deep.equal([]);
  });
});
