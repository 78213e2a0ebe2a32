import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFiles, root } from './project-files.ts';

const sources = projectFiles()
  .filter((file) => file.startsWith('src/') && file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const bundles = readdirSync(join(root, 'messages')).map((file) => file.replace(/\.md$/, ''));

const keysOf = (bundle: string): string[] =>
  [...readFileSync(join(root, 'messages', `${bundle}.md`), 'utf8').matchAll(/^# (.+)$/gm)].map(([, key]) =>
    key!.trim()
  );

/** A text in quotes as a pattern: `${…}` in a template stands for anything. */
function patternOf(quoted: string): RegExp {
  const parts = quoted.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

/** All that is in quotes in the files that load a bundle; a template may hold quotes of its own. */
const quotedBeside = (bundle: string): RegExp[] =>
  sources
    .filter(({ text }) => new RegExp(`loadMessages\\(\\s*'[^']+',\\s*'${bundle}'`).test(text))
    .flatMap(({ text }) => [...text.matchAll(/'([^'\n]*)'/g), ...text.matchAll(/`([^`\n]+)`/g)])
    .map(([, quoted]) => quoted!)
    .filter((quoted) => /[a-z]/.test(quoted.replaceAll(/\$\{[^}]*\}/g, '')))
    .map(patternOf);

describe('house: messages', () => {
  it('every bundle is loaded by some file of src', () => {
    const loaded = sources.flatMap(({ text }) => [...text.matchAll(/loadMessages\(\s*'[^']+',\s*'([^']+)'/g)]);
    expect([...new Set(loaded.map(([, bundle]) => bundle))]).to.have.members(bundles);
  });

  // the texts of errors.md are looked up by error code: errors.test.ts walks them
  for (const bundle of bundles.filter((name) => name !== 'errors')) {
    it(`messages/${bundle}.md has no text that nothing shows`, () => {
      const quoted = quotedBeside(bundle);
      expect(keysOf(bundle).filter((key) => !quoted.some((pattern) => pattern.test(key)))).to.deep.equal([]);
    });

    it(`messages/${bundle}.md has each text once`, () => {
      const keys = keysOf(bundle);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).to.deep.equal([]);
    });
  }

  it('no text is asked for that no bundle has', () => {
    const missing = sources.flatMap(({ file, text }) => {
      const known = [...text.matchAll(/loadMessages\(\s*'[^']+',\s*'([^']+)'/g)].flatMap(([, bundle]) =>
        keysOf(bundle!)
      );
      const asked = [...text.matchAll(/\bget(?:Message|Messages)\(\s*'([^']+)'/g)].map(([, key]) => key!);
      return asked.filter((key) => !known.includes(key)).map((key) => `${file}: ${key}`);
    });
    expect(missing).to.deep.equal([]);
  });
});
