import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, statfsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { fileNames } from '../../src/cert/file-set.ts';
import { parseSubject } from '../../src/cert/subject.ts';
import { problemOf } from '../../src/errors.ts';
import { readInputFile } from '../../src/files/read.ts';
import { requireWritable } from '../../src/files/writable-folder.ts';
import { makeKeyPair } from '../../src/setup/new-key-pair.ts';
import { besides, lookInto, publicKeysOf, setNames, storePassword } from '../cli/cert/set-in-folder.ts';
import { Place, type Outcome } from '../cli/process.ts';
import { run } from './tools.ts';

/** A disk in memory, mounted at a folder. */
class SmallDisk {
  readonly folder: string;

  /** @throws what mount says, where this user may not mount or the system has no tmpfs */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder);
    run('mount', '-t', 'tmpfs', '-o', 'size=16k,mode=0700', 'tmpfs', folder);
  }

  remount(options: string): void {
    run('mount', '-o', `remount,${options}`, this.folder);
  }

  /** Leaves room for so many blocks, or for so many names, and plenty of the other. */
  leave(what: 'blocks' | 'names', count: number): void {
    this.remount('size=1m,nr_inodes=1000');
    const { bsize, blocks, bfree, files, ffree } = statfsSync(this.folder);
    this.remount(what === 'blocks' ? `size=${(blocks - bfree + count) * bsize}` : `nr_inodes=${files - ffree + count}`);
  }

  remove(): void {
    run('umount', this.folder);
  }
}

/** Publishes server.crt and server.key, and kills itself after a given call. */
const killed = fileURLToPath(new URL('../files/killed.ts', import.meta.url));

const types = ['p12', 'jks'] as const;

/** The code of the error, or "made". */
const make = (directory: string): Promise<string> =>
  makeKeyPair({
    ...{ directory, keyBits: 2048, days: 365, passphrase: undefined, force: true, now: new Date() },
    names: fileNames({ name: 'server', pem: true, encrypted: false, encryptedOnly: false, keystores: types }),
    subject: parseSubject('CN=AQUILA'),
    keystores: { types, alias: 'server', password: storePassword, compat: false },
  }).then(
    () => 'made',
    (error: unknown) => problemOf(error).code
  );

const keyCount = async (folder: string): Promise<number> =>
  new Set((await publicKeysOf(lookInto(folder))).values()).size;

describe('interop: cert create and a disk that takes nothing', function () {
  this.timeout(120_000);
  let place: Place;
  let disk: SmallDisk | undefined;
  before(function () {
    place = new Place();
    try {
      disk = new SmallDisk(place.path('trial'));
    } catch (error) {
      console.log(`  skipped: no disk can be mounted here (${(error as Error).message.split('\n')[1] ?? 'no mount'})`);
      this.skip();
    } finally {
      disk?.remove();
      place.remove();
    }
  });
  beforeEach(() => {
    place = new Place();
    disk = new SmallDisk(place.path('disk'));
  });
  afterEach(() => {
    disk?.remove();
    place.remove();
  });

  const folder = (): string => place.path('disk');
  const create = (...words: string[]): Promise<Outcome> => {
    const keystores = ['--keystore', 'p12', '--keystore', 'jks', '--key-size', '2048'];
    const env = { SF_AQUILA_KEYSTORE_PASSWORD: storePassword };
    return place.run(['cert', 'create', '--no-prompt', ...keystores, ...words], { env });
  };
  /** A set in the folder, on a disk that has room for it. */
  const makeEarlierSet = async (): Promise<void> => {
    disk!.remount('size=1m');
    expect(await make(folder())).to.equal('made');
  };

  it('16 KB have no room for six files: DiskFull, exit code 1, and nothing is left, nor the folder', async () => {
    const { code, stdout, stderr } = await create('--output-dir', place.path('disk', 'keys'));
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.include('Error (DiskFull)').and.include(place.path('disk', 'keys')).and.include('Make room');
    expect([...lookInto(folder()).keys()]).to.deep.equal([]);
  });

  it('a disk that is full says so as JSON too, and the earlier set stays as it was', async () => {
    await makeEarlierSet();
    const earlier = lookInto(folder());
    disk!.leave('blocks', 0);
    const { code, json } = await create('--force', '--json', '--output-dir', folder());
    const error = json() as { name: string; exitCode: number; actions: string[] };
    expect([code, error.name, error.exitCode]).to.deep.equal([1, 'DiskFull', 1]);
    expect(error.actions.join(' ')).to.include('Make room');
    expect(lookInto(folder())).to.deep.equal(earlier);
  });

  for (const what of ['blocks', 'names'] as const) {
    for (const isFirst of [true, false]) {
      const kept = isFirst ? 'the empty folder' : 'the earlier set';
      it(`with room for more and more ${what}, ${kept} stays as it was until there is room for all`, async () => {
        if (!isFirst) await makeEarlierSet();
        const earlier = lookInto(folder());
        let room = what === 'blocks' && isFirst ? 1 : 0; // a size of 0 would mean no limit
        for (; room < 40; room += 1) {
          disk!.leave(what, room);
          const outcome = await make(folder());
          if (outcome === 'made') break;
          expect(outcome, `room for ${room}`).to.equal('DiskFull');
          expect(lookInto(folder()), `room for ${room}`).to.deep.equal(earlier);
        }
        expect(room).to.be.within(setNames.length, 39);
        expect([...lookInto(folder()).keys()]).to.deep.equal(setNames);
        expect(await keyCount(folder())).to.equal(1);
        expect(lookInto(folder())).to.not.deep.equal(earlier);
      });
    }
  }

  it('a folder on a disk that is mounted read-only: FolderUnwritable, exit code 1, and the earlier set can be read', async () => {
    await makeEarlierSet();
    const earlier = lookInto(folder());
    disk!.remount('ro');
    for (const directory of [folder(), place.path('disk', 'new')]) {
      const { code, stdout, stderr } = await create('--force', '--output-dir', directory);
      expect([code, stdout]).to.deep.equal([1, '']);
      expect(stderr).to.include('Error (FolderUnwritable)').and.include(directory).and.include('Choose a folder');
      expect(() => requireWritable(directory))
        .to.throw(directory)
        .with.property('name', 'FolderUnwritable');
    }
    expect(lookInto(folder())).to.deep.equal(earlier);
    const { bytes } = await readInputFile(place.path('disk', 'server.key'), 'key');
    expect(bytes).to.deep.equal(earlier.get('server.key')?.bytes);
  });

  for (const [phase, call, content] of [
    ['wrote its temporaries', 5, undefined],
    ['replaced one of two files', 9, 'new server.key'],
  ] as const) {
    it(`what a run that was killed when it ${phase} has left on a disk that became read-only is settled when it can be`, async () => {
      await makeEarlierSet();
      const earlier = lookInto(folder());
      expect(spawnSync(process.execPath, [killed, folder(), 'force', String(call), 'links']).signal).to.equal(
        'SIGKILL'
      );
      const left = lookInto(folder());
      expect(besides(left)).to.include('.sf-aquila-journal.json');
      disk!.remount('ro');
      expect(await make(folder())).to.equal('FolderUnwritable');
      expect(lookInto(folder())).to.deep.equal(left);
      disk!.remount('rw');
      expect((await create('--output-dir', folder())).stderr).to.include('OverwriteRefused');
      const after = lookInto(folder());
      expect([...after.keys()]).to.deep.equal(setNames);
      expect(after.get('server.key')?.bytes).to.deep.equal(
        content === undefined ? earlier.get('server.key')?.bytes : Buffer.from(content)
      );
    });
  }
});

describe('interop: cert create and a folder that may only be read', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  it('FolderUnwritable, and the earlier set stays as it was', async () => {
    // Permissions do not bind root, who becomes somebody else for this test.
    const isRoot = process.geteuid?.() === 0;
    expect(await make(place.path('keys'))).to.equal('made');
    const earlier = lookInto(place.path('keys'));
    for (const path of [place.path('keys'), place.folder]) chmodSync(path, 0o555);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await make(place.path('keys'))).to.equal('FolderUnwritable');
      expect(await make(place.path('keys', 'new'))).to.equal('FolderUnwritable');
    } finally {
      if (isRoot) process.seteuid?.(0);
      for (const path of [place.folder, place.path('keys')]) chmodSync(path, 0o700);
    }
    expect(lookInto(place.path('keys'))).to.deep.equal(earlier);
  });
});
