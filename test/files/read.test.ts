import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect } from 'chai';
import { SfError } from '@salesforce/core/sfError';
import { readInputFile } from '../../src/files/read.ts';
import { refusalOf } from '../cert/refusal.ts';
import { diskError, interceptDisk } from './broken-disk.ts';
import { Folder } from './folder.ts';
import { onPosix } from './posix.ts';

describe('readInputFile', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  onPosix('gives bytes, absolute path and permission bits, also through a link', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0x0a]);
    writeFileSync(folder.at('server.key'), bytes);
    chmodSync(folder.at('server.key'), 0o640);
    symlinkSync(folder.at('server.key'), folder.at('link'));
    const path = relative(process.cwd(), folder.at('server.key'));
    expect(await readInputFile(path, 'key')).to.deep.equal({ path: folder.at('server.key'), bytes, mode: 0o640 });
    expect((await readInputFile(folder.at('link'), 'key')).bytes).to.deep.equal(bytes);
  });

  for (const [kind, code] of [
    ['key', 'KeyFileMissing'],
    ['certificate', 'CertificateFileMissing'],
    ['passphrase', 'FileMissing'],
  ] as const) {
    it(`a missing ${kind} file is ${code}, exit code 2, with its absolute path`, async () => {
      try {
        await readInputFile(folder.at('nowhere'), kind);
        expect.fail('read');
      } catch (error) {
        if (!(error instanceof SfError)) throw error;
        expect([error.name, error.exitCode]).to.deep.equal([code, 2]);
        expect(error.message).to.include(folder.at('nowhere'));
      }
    });
  }

  it('a folder is FileIsFolder', async () => {
    mkdirSync(folder.at('keys'));
    expect(await refusalOf(() => readInputFile(folder.at('keys'), 'key'))).to.equal('FileIsFolder');
  });

  it('a file as a folder on the way is FolderIsFile', async () => {
    writeFileSync(folder.at('file'), '');
    expect(await refusalOf(() => readInputFile(folder.at('file', 'server.key'), 'key'))).to.equal('FolderIsFile');
  });

  it('one MiB is read, one byte more is FileTooLarge', async () => {
    writeFileSync(folder.at('large'), Buffer.alloc(1024 * 1024));
    expect((await readInputFile(folder.at('large'), 'key')).bytes).to.have.length(1024 * 1024);
    writeFileSync(folder.at('large'), Buffer.alloc(1024 * 1024 + 1));
    expect(await refusalOf(() => readInputFile(folder.at('large'), 'key'))).to.equal('FileTooLarge');
  });

  onPosix('a device without an end is FileTooLarge', async () => {
    expect(await refusalOf(() => readInputFile('/dev/zero', 'key'))).to.equal('FileTooLarge');
  });

  it('a refused access is FileUnreadable', async () => {
    writeFileSync(folder.at('server.key'), '');
    const disk = interceptDisk(() => {
      throw diskError('EACCES');
    });
    try {
      expect(await refusalOf(() => readInputFile(folder.at('server.key'), 'key'))).to.equal('FileUnreadable');
    } finally {
      disk.restore();
    }
  });
});
