import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { openToGit } from '../../src/files/git-ignore.ts';
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
