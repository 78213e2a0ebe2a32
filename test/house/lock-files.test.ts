import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFiles, root } from './project-files.ts';

type Dependencies = Record<string, string>;
type LockFile = { packages: Record<string, { dependencies?: Dependencies; optionalDependencies?: Dependencies }> };

const lockFiles = projectFiles().filter((file) => file.endsWith('package-lock.json'));

describe('house: lock files', () => {
  it('there is one', () => expect(lockFiles).to.include('package-lock.json'));

  for (const file of lockFiles) {
    // npm install drops an optional package that its registry lacks without a word, and npm ci then refuses the lock file
    it(`${file} holds every package that its packages name, for every platform`, () => {
      const { packages } = JSON.parse(readFileSync(join(root, file), 'utf8')) as LockFile;
      const held = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
      const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
        Object.keys({ ...dependencies, ...optionalDependencies })
          .filter((name) => !held.has(name))
          .map((name) => `${name}, for ${path}`)
      );
      expect(missing).to.deep.equal([]);
    });
  }
});
