import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { problemOf } from '../../src/errors.ts';
import { requireWritable } from '../../src/files/writable-folder.ts';

describe('requireWritable', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aquila-writable-'));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  const judge = (...names: string[]): string => {
    try {
      requireWritable(join(folder, ...names));
      return 'writable';
    } catch (error) {
      return problemOf(error).code;
    }
  };

  it('is content with a folder, and with one that could be made in it, and makes none', () => {
    expect([judge(), judge('new'), judge('new', 'deep')]).to.deep.equal(['writable', 'writable', 'writable']);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('refuses a file, and a folder below one', () => {
    writeFileSync(join(folder, 'file'), '');
    expect([judge('file'), judge('file', 'below')]).to.deep.equal(['FolderIsFile', 'FolderIsFile']);
  });

  it('refuses a folder that may only be read, and one in it', function () {
    if (process.getuid?.() === 0) {
      console.log('      skipped: permissions do not bind root; the read-only disk of test/interop does');
      this.skip();
    }
    chmodSync(folder, 0o555);
    expect([judge(), judge('new')]).to.deep.equal(['FolderUnwritable', 'FolderUnwritable']);
  });
});
