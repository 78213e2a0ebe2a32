import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFiles, root } from './project-files.ts';

const junkDrawers = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'manager'];

const rooms = [
  ...['app', 'cert', 'checks', 'commands', 'files', 'handover', 'hooks', 'keystore', 'org', 'probes', 'render'],
  ...['setup', 'terminal', 'token'],
];

/** The words of a path: "src/org/token-manager.ts" has src, org, token, manager and ts. */
const wordsOf = (path: string): string[] => path.toLowerCase().split(/[^a-z0-9]+/);

describe('house: names', () => {
  it('no file or folder is a junk drawer', () => {
    const drawers = projectFiles().filter((file) => wordsOf(file).some((word) => junkDrawers.includes(word)));
    expect(drawers).to.deep.equal([]);
  });

  it('a junk drawer is recognised by any of its words', () => {
    expect(wordsOf('src/org/token-Manager.ts')).to.include('manager');
    expect(wordsOf('test/shared/org.ts')).to.include('shared');
  });

  it('src has no room that the floor plan of eslint.config.js does not know', () => {
    const found = readdirSync(join(root, 'src'), { withFileTypes: true });
    const folders = found.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const files = found.filter((entry) => entry.isFile()).map((entry) => entry.name);
    expect(folders.filter((room) => !rooms.includes(room))).to.deep.equal([]);
    expect(files.filter((file) => !['error-codes.ts', 'errors.ts', 'index.ts'].includes(file))).to.deep.equal([]);
  });

  it('a test lies in a bucket: a room of src, or a named kind of proof', () => {
    const buckets = [
      ...rooms,
      'browser',
      'cli',
      'contract',
      'demo',
      'emulator',
      'faults',
      'house',
      'installed',
      'interop',
    ];
    const stray = projectFiles()
      .filter((file) => file.startsWith('test/') && file.endsWith('.test.ts'))
      .filter((file) => !buckets.includes(file.split('/')[1]!) && file !== 'test/errors.test.ts');
    expect(stray).to.deep.equal([]);
  });
});
