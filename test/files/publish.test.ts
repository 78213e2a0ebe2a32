import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { SfError } from '@salesforce/core/sfError';
import { publishFiles, takenNames, writeResultFile, type NewFile } from '../../src/files/publish.ts';
import { refusalOf } from '../cert/refusal.ts';
import { diskError, interceptDisk } from './broken-disk.ts';
import { Folder } from './folder.ts';
import { expectMode, onPosix } from './posix.ts';

const set: NewFile[] = [
  { name: 'server.crt', bytes: 'certificate', mode: 0o644 },
  { name: 'server.key', bytes: Buffer.from('key'), mode: 0o600 },
];
const published = { 'server.crt': 'certificate', 'server.key': 'key' };
const fresh = { force: false };
const force = { force: true };

describe('publishFiles', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  for (const umask of [0o000, 0o022, 0o077]) {
    onPosix(`gives each file exactly its mode under umask ${umask.toString(8).padStart(3, '0')}`, async () => {
      const before = process.umask(umask);
      try {
        await publishFiles(folder.path, set, fresh);
      } finally {
        process.umask(before);
      }
      expect(folder.contents()).to.deep.equal(published);
      expectMode(folder.at('server.crt'), '644');
      expectMode(folder.at('server.key'), '600');
    });
  }

  it('refuses while any of the names is taken, says which, and changes nothing', async () => {
    writeFileSync(folder.at('server.key'), 'mine');
    try {
      await publishFiles(folder.path, set, fresh);
      expect.fail('overwritten');
    } catch (error) {
      if (!(error instanceof SfError)) throw error;
      expect([error.name, error.exitCode]).to.deep.equal(['OverwriteRefused', 1]);
      expect(error.message).to.include(folder.path).and.include('server.key').and.not.include('server.crt');
      expect(error.actions?.join(' ')).to.include('--force');
    }
    expect(folder.contents()).to.deep.equal({ 'server.key': 'mine' });
  });

  it('replaces the set by force, and makes the key private again', async () => {
    writeFileSync(folder.at('server.crt'), 'old');
    writeFileSync(folder.at('server.key'), 'old', { mode: 0o644 });
    await publishFiles(folder.path, set, force);
    expect(folder.contents()).to.deep.equal(published);
    expectMode(folder.at('server.key'), '600');
  });

  onPosix('does not follow a planted link, not even one that leads nowhere', async () => {
    for (const target of ['victim', 'nowhere']) {
      const other = new Folder();
      writeFileSync(folder.at('victim'), 'untouched');
      symlinkSync(folder.at(target), other.at('server.key'));
      expect(await refusalOf(() => publishFiles(other.path, set, fresh))).to.equal('OverwriteRefused');
      expect(await refusalOf(() => publishFiles(other.path, set, force))).to.equal('FileIsLink');
      expect(other.contents()).to.deep.equal({ 'server.key': 'a link' });
      expect(folder.contents()).to.deep.equal({ victim: 'untouched' });
      other.remove();
    }
  });

  it('does not replace a folder', async () => {
    mkdirSync(folder.at('server.key'));
    expect(await refusalOf(() => publishFiles(folder.path, set, force))).to.equal('FileIsLink');
    expect(folder.contents()).to.deep.equal({ 'server.key': 'a folder' });
  });

  it('makes missing folders for its owner alone', async () => {
    await publishFiles(folder.at('a', 'b'), set, fresh);
    for (const made of [folder.at('a'), folder.at('a', 'b')]) expectMode(made, '700');
    expect(readFileSync(folder.at('a', 'b', 'server.key'), 'utf8')).to.equal('key');
  });

  onPosix('writes through a folder that is itself a link', async () => {
    mkdirSync(folder.at('real'));
    symlinkSync(folder.at('real'), folder.at('link'));
    await publishFiles(folder.at('link'), set, fresh);
    expect(readFileSync(folder.at('real', 'server.key'), 'utf8')).to.equal('key');
  });

  it('refuses a file in place of the folder, or on the way to it', async () => {
    writeFileSync(folder.at('file'), 'x');
    expect(await refusalOf(() => publishFiles(folder.at('file'), set, fresh))).to.equal('FolderIsFile');
    expect(await refusalOf(() => publishFiles(folder.at('file', 'a'), set, fresh))).to.equal('FolderIsFile');
    expect(await refusalOf(() => takenNames(folder.at('file'), ['a'], fresh))).to.equal('FolderIsFile');
    expect(folder.contents()).to.deep.equal({ file: 'x' });
  });

  it('of twenty at once, one wins and the others are refused', async () => {
    const runs = Array.from({ length: 20 }, async (_, at) => {
      const own = set.map((file) => ({ ...file, bytes: `${file.name} of ${at}` }));
      return refusalOf(() => publishFiles(folder.path, own, fresh));
    });
    const refusals = await Promise.all(runs);
    expect(refusals.filter((code) => code === 'OverwriteRefused')).to.have.length(19);
    const winner = refusals.indexOf(undefined);
    expect(folder.contents()).to.deep.equal({
      'server.crt': `server.crt of ${winner}`,
      'server.key': `server.key of ${winner}`,
    });
  });

  describe('with names that lead into folders below', () => {
    const nested: NewFile[] = [
      { name: 'a/b/one.xml', bytes: 'one', mode: 0o644 },
      { name: 'a/two.xml', bytes: 'two', mode: 0o644 },
      { name: 'three.json', bytes: 'three', mode: 0o644 },
    ];
    const whole = { a: 'a folder', 'a/b': 'a folder', 'a/b/one.xml': 'one', 'a/two.xml': 'two', 'three.json': 'three' };

    it('makes the folders, and nothing else', async () => {
      await publishFiles(folder.path, nested, fresh);
      expect(folder.contents()).to.deep.equal(whole);
    });

    it('writes into folders that are there, beside what they hold', async () => {
      mkdirSync(folder.at('a', 'b'), { recursive: true });
      writeFileSync(folder.at('a', 'b', 'mine'), 'mine');
      await publishFiles(folder.path, nested, fresh);
      expect(folder.contents()).to.deep.equal({ ...whole, 'a/b/mine': 'mine' });
    });

    it('refuses while one of them is taken, replaces them by force, and makes no folder in vain', async () => {
      mkdirSync(folder.at('a'));
      writeFileSync(folder.at('a', 'two.xml'), 'mine');
      const before = folder.contents();
      expect(await refusalOf(() => publishFiles(folder.path, nested, fresh))).to.equal('OverwriteRefused');
      expect(folder.contents()).to.deep.equal(before);
      await publishFiles(folder.path, nested, force);
      expect(folder.contents()).to.deep.equal(whole);
    });

    onPosix('refuses a link in place of a folder, even by force', async () => {
      const other = new Folder();
      symlinkSync(other.path, folder.at('a'));
      for (const options of [fresh, force]) {
        expect(await refusalOf(() => publishFiles(folder.path, nested, options))).to.equal('FileIsLink');
        expect([folder.contents(), other.contents()]).to.deep.equal([{ a: 'a link' }, {}]);
      }
      other.remove();
    });

    it('refuses a file in place of a folder', async () => {
      writeFileSync(folder.at('a'), 'mine');
      for (const options of [fresh, force]) {
        expect(await refusalOf(() => publishFiles(folder.path, nested, options))).to.equal('FolderIsFile');
        expect(folder.contents()).to.deep.equal({ a: 'mine' });
      }
    });

    it('a failure of the disk anywhere leaves the folder as it was', async () => {
      for (const options of [fresh, force]) {
        for (let failing = 1; ; failing += 1) {
          const target = new Folder();
          mkdirSync(target.at('a'));
          if (options.force) writeFileSync(target.at('a', 'two.xml'), 'earlier');
          const before = target.contents();
          let calls = 0;
          const disk = interceptDisk((_call, count) => {
            calls = count;
            if (count === failing) throw diskError('ENOSPC');
          });
          const refusal = await refusalOf(() => publishFiles(target.path, nested, options)).finally(() =>
            disk.restore()
          );
          const after = target.contents();
          target.remove();
          if (calls < failing) break;
          expect({ failing, refusal, after }).to.deep.equal({ failing, refusal: 'DiskFull', after: before });
        }
      }
    });
  });

  describe('where the disk fails', () => {
    /** Publishes with the n-th call on the disk failing, for each n until nothing fails any more. */
    async function failEverywhere(options: { force: boolean }, prepare: (target: Folder) => void): Promise<number> {
      for (let failing = 1; ; failing += 1) {
        const target = new Folder();
        prepare(target);
        const before = target.contents();
        let calls = 0;
        const disk = interceptDisk((_call, count) => {
          calls = count;
          if (count === failing) throw diskError('ENOSPC');
        });
        let refusal: string | undefined;
        try {
          refusal = await refusalOf(() => publishFiles(target.at('keys'), set, options));
        } finally {
          disk.restore();
        }
        const after = target.contents();
        target.remove();
        if (calls < failing) return calls;
        expect({ failing, refusal, after }).to.deep.equal({ failing, refusal: 'DiskFull', after: before });
      }
    }

    it('a new set leaves nothing behind, nor the folder that was made for it', async () => {
      expect(await failEverywhere(fresh, () => undefined)).to.be.greaterThan(10);
    });

    it('a replacement leaves the earlier set as it was', async () => {
      const calls = await failEverywhere(force, (target) => {
        mkdirSync(target.at('keys'));
        for (const { name } of set) writeFileSync(target.at('keys', name), `earlier ${name}`);
      });
      expect(calls).to.be.greaterThan(10);
    });

    for (const [errno, code] of [
      ['EROFS', 'FolderUnwritable'],
      ['EACCES', 'FolderUnwritable'],
      ['EDQUOT', 'DiskFull'],
      ['EIO', 'FileFailed'],
    ] as const) {
      it(`${errno} is ${code}`, async () => {
        const disk = interceptDisk(() => {
          throw diskError(errno);
        });
        try {
          expect(await refusalOf(() => publishFiles(folder.path, set, fresh))).to.equal(code);
        } finally {
          disk.restore();
        }
      });
    }
  });

  describe('where there are no hard links', () => {
    const noLinks = (hook: (call: string) => void = () => undefined): { restore: () => void } =>
      interceptDisk((call) => {
        hook(call);
        if (call === 'linkSync') throw diskError('EPERM');
      });

    it('a new set is written all the same, and nothing else is left', async () => {
      const disk = noLinks();
      await publishFiles(folder.path, set, fresh).finally(() => disk.restore());
      expect(folder.contents()).to.deep.equal(published);
      expectMode(folder.at('server.key'), '600');
    });

    it('a replacement works all the same', async () => {
      writeFileSync(folder.at('server.key'), 'old');
      const disk = noLinks();
      await publishFiles(folder.path, set, force).finally(() => disk.restore());
      expect(folder.contents()).to.deep.equal(published);
    });

    for (const [options, earlier] of [
      [fresh, {}],
      [force, { 'server.crt': 'old', 'server.key': 'old' }],
    ] as const) {
      it(`a failure at any rename leaves ${options.force ? 'the earlier set' : 'nothing'}`, async () => {
        for (let failing = 1; failing <= 4; failing += 1) {
          const target = new Folder();
          for (const [name, text] of Object.entries(earlier)) writeFileSync(target.at(name), text);
          let renames = 0;
          const disk = noLinks((call) => {
            if (call === 'renameSync' && (renames += 1) === failing) throw diskError('EIO');
          });
          const refusal = await refusalOf(() => publishFiles(target.path, set, options)).finally(() => disk.restore());
          expect([failing, refusal, target.contents()]).to.deep.equal([failing, 'FileFailed', earlier]);
          target.remove();
        }
      });
    }
  });
});

describe('writeResultFile', () => {
  it('writes a readable file, and never over another one', async () => {
    const folder = new Folder();
    const path = folder.at('aquila.env');
    expect(await writeResultFile(path, 'A=1\n')).to.equal(path);
    expectMode(folder.at('aquila.env'), '644');
    expect(await refusalOf(() => writeResultFile(path, 'A=2\n'))).to.equal('OutputFileExists');
    expect(folder.contents()).to.deep.equal({ 'aquila.env': 'A=1\n' });
    folder.remove();
  });
});
