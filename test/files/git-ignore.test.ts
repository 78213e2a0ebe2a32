import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { openToGit, withIgnoredLine } from '../../src/files/git-ignore.ts';
import { refusalOf } from '../cert/refusal.ts';
import { Folder } from './folder.ts';

const secrets = ['server.key', 'server.pem'];

describe('openToGit', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    mkdirSync(folder.at('keys', 'new'), { recursive: true });
  });
  afterEach(() => {
    folder.remove();
  });
  const makeWorkTree = (ignored: string): void => {
    execFileSync('git', ['init', '--quiet', folder.path]);
    writeFileSync(folder.at('.gitignore'), ignored);
  };

  it('is undefined outside a work tree', async () => {
    expect(await openToGit(folder.at('keys'), secrets)).to.equal(undefined);
  });

  it('names the lines to add, from the top of the work tree', async () => {
    makeWorkTree('');
    expect(await openToGit(folder.at('keys', 'new'), secrets)).to.deep.equal({
      gitIgnore: folder.at('.gitignore'),
      lines: ['/keys/new/server.key', '/keys/new/server.pem'],
    });
  });

  it('names only what is not ignored yet', async () => {
    makeWorkTree('*.key\n');
    expect((await openToGit(folder.path, secrets))?.lines).to.deep.equal(['/server.pem']);
  });

  it('asks about a folder that is not there yet', async () => {
    makeWorkTree('*.key\n');
    expect((await openToGit(folder.at('later', 'keys'), secrets))?.lines).to.deep.equal(['/later/keys/server.pem']);
  });

  it('is undefined once its own lines are added, whatever characters the names have', async () => {
    makeWorkTree('');
    const names = ['server [1]*.key', 'a#b?.pem', '!x.key'];
    const open = await openToGit(folder.at('keys'), names);
    writeFileSync(folder.at('.gitignore'), `${open?.lines.join('\n') ?? ''}\n`);
    expect(await openToGit(folder.at('keys'), names)).to.equal(undefined);
    expect((await openToGit(folder.at('keys'), ['server 1x.key']))?.lines).to.deep.equal(['/keys/server 1x.key']);
  });

  it('warns of a file that git already tracks, though it is ignored', async () => {
    makeWorkTree('*.key\n');
    writeFileSync(folder.at('server.key'), '');
    execFileSync('git', ['-C', folder.path, 'add', '--force', 'server.key']);
    expect((await openToGit(folder.path, ['server.key']))?.lines).to.deep.equal(['/server.key']);
  });

  it('counts nothing as ignored where git is missing', async () => {
    makeWorkTree('*.key\n*.pem\n');
    const path = process.env.PATH;
    process.env.PATH = folder.at('keys');
    try {
      expect((await openToGit(folder.path, secrets))?.lines).to.deep.equal(['/server.key', '/server.pem']);
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('withIgnoredLine', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  for (const [before, after] of [
    ['', 'secret/\n'],
    ['a', 'a\nsecret/\n'],
    ['a\n', 'a\nsecret/\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\nsecret/\n'],
    ['!secret/\n', '!secret/\nsecret/\n'],
    ['#secret/\n', '#secret/\nsecret/\n'],
  ]) {
    it(`adds the line to ${JSON.stringify(before)}`, () => {
      writeFileSync(folder.at('.gitignore'), before!);
      expect(withIgnoredLine(folder.path, 'secret/')).to.deep.equal({ text: after, exists: true });
    });
  }

  for (const text of ['secret/', 'a\nsecret/\nb\n', 'a\r\nsecret/\r\n', 'secret/  \n']) {
    it(`has nothing to add to ${JSON.stringify(text)}`, () => {
      writeFileSync(folder.at('.gitignore'), text);
      expect(withIgnoredLine(folder.path, 'secret/')).to.equal(undefined);
    });
  }

  it('adds the line again where a later one takes it back', () => {
    writeFileSync(folder.at('.gitignore'), 'secret/\n!secret/\n');
    expect(withIgnoredLine(folder.path, 'secret/')?.text).to.equal('secret/\n!secret/\nsecret/\n');
  });

  it('begins a file where there is none, in a folder that need not exist', () => {
    for (const path of [folder.path, folder.at('a', 'b')]) {
      expect(withIgnoredLine(path, 'secret/')).to.deep.equal({ text: 'secret/\n', exists: false });
    }
  });

  it('refuses a folder in place of the file', async () => {
    mkdirSync(folder.at('.gitignore'));
    expect(await refusalOf(() => withIgnoredLine(folder.path, 'secret/'))).to.equal('FileIsFolder');
  });
});
