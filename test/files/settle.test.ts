import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { journalName, openJournal, type Journal } from '../../src/files/journal.ts';
import { publishFiles, takenNames } from '../../src/files/publish.ts';
import { readInputFile } from '../../src/files/read.ts';
import { settle } from '../../src/files/settle.ts';
import { refusalOf } from '../cert/refusal.ts';
import { Folder } from './folder.ts';
import { onPosix } from './posix.ts';

const program = fileURLToPath(new URL('killed.ts', import.meta.url));
const earlier = { 'server.crt': 'old server.crt', 'server.key': 'old server.key' };
const whole = { 'server.crt': 'new server.crt', 'server.key': 'new server.key' };
const extra = { name: 'other', bytes: 'x', mode: 0o644 } as const;

/** Whether the run was killed; false once it ends before its n-th call. */
async function killedAt(folder: Folder, mode: string, at: number, links: string): Promise<boolean> {
  const child = spawn(process.execPath, [program, folder.path, mode, String(at), links], { stdio: 'inherit' });
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, by) => resolve(by)));
  return signal === 'SIGKILL';
}

describe('a killed run', () => {
  const cases = [
    { mode: 'fresh', links: 'links', before: {} },
    { mode: 'force', links: 'links', before: earlier },
    { mode: 'fresh', links: 'no-links', before: {} },
    { mode: 'force', links: 'no-links', before: earlier },
  ];
  for (const { mode, links, before } of cases) {
    // Two at a time, since each is a process of its own.
    onPosix(`${mode}, ${links}: wherever it was killed, the next command finds all or none`, async () => {
      let kills = 0;
      const tryAt = async (at: number): Promise<boolean> => {
        const folder = new Folder();
        for (const [name, text] of Object.entries(before)) writeFileSync(folder.at(name), text);
        const wasKilled = await killedAt(folder, mode, at, links);
        age(folder);
        const taken = takenNames(folder.path, Object.keys(whole), { force: true });
        const isNew = taken.length > 0 && folder.contents()['server.key'] === whole['server.key'];
        await publishFiles(folder.path, [extra], { force: false });
        expect(folder.contents(), `killed at ${at}`).to.deep.equal({ ...(isNew ? whole : before), other: 'x' });
        if (!wasKilled) expect(isNew, 'a run that was not killed').to.be.true;
        folder.remove();
        if (wasKilled) kills += 1;
        return wasKilled;
      };
      let at = 1;
      while ((await Promise.all([tryAt(at), tryAt(at + 1)])).every(Boolean)) at += 2;
      expect(kills).to.be.greaterThan(8);
    });
  }
});

/** Makes a journal old enough that its content decides, and not how fresh it is. */
function age(folder: Folder): void {
  if (folder.contents()[journalName] === undefined) return;
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(folder.at(journalName), longAgo, longAgo);
}

describe('settle', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  const leave = (changes: Partial<Record<keyof Journal, unknown>>, mode = 0o600): void => {
    const journal = { ...openJournal(['server.key'], false), pid: 999_999_999, ...changes };
    writeFileSync(folder.at(journalName), JSON.stringify(journal), { mode });
  };
  const busy = async (): Promise<string | undefined> =>
    refusalOf(() => publishFiles(folder.path, [extra], { force: false }));

  it('removes the journal of a process that is gone', () => {
    leave({});
    expect([settle(folder.path), folder.contents()]).to.deep.equal([true, {}]);
  });

  it('leaves the journal of a living process alone, and a second command says that the folder is busy', async () => {
    leave({ pid: process.ppid });
    expect(settle(folder.path)).to.be.false;
    expect(await busy()).to.equal('FolderBusy');
    expect(Object.keys(folder.contents())).to.deep.equal([journalName]);
  });

  it('does not believe a process id for longer than a minute', () => {
    leave({ pid: process.ppid });
    age(folder);
    expect([settle(folder.path), folder.contents()]).to.deep.equal([true, {}]);
  });

  it('waits for a command on another machine, but not for ever', () => {
    leave({ host: 'elsewhere' });
    expect(settle(folder.path)).to.be.false;
    age(folder);
    expect(settle(folder.path)).to.be.true;
  });

  onPosix('takes a journal that others could have written for nobody’s to act on', () => {
    writeFileSync(folder.at('victim'), 'untouched');
    leave({ phase: 'moving', entries: [] }, 0o666);
    age(folder);
    expect(settle(folder.path)).to.be.false;
  });

  onPosix('does not follow a link in place of the journal', () => {
    writeFileSync(folder.at('real'), '{}');
    symlinkSync(folder.at('real'), folder.at(journalName));
    expect(settle(folder.path)).to.be.false;
    expect(folder.contents()).to.include({ real: '{}' });
  });

  const forged = [
    { temporary: '../victim', target: 'a', backup: 'b', identity: '' },
    { temporary: '.sf-aquila-0123456789abcdef.tmp', target: '../victim', backup: '.sf-aquila-0123456789abcdef.tmp' },
    { temporary: 'victim', target: 'server.key', backup: 'victim', identity: '' },
  ];
  for (const entry of forged) {
    it(`moves nothing for ${JSON.stringify(entry)}`, () => {
      writeFileSync(folder.at('victim'), 'untouched');
      leave({ phase: 'moving', replaces: true, entries: [{ identity: '', ...entry }] });
      age(folder);
      settle(folder.path);
      expect(folder.contents()).to.deep.equal({ victim: 'untouched' });
    });
  }

  it('brings the earlier files back where a replacement can’t be carried through', () => {
    const journal = openJournal(['server.crt', 'server.key'], true);
    const [crt, key] = journal.entries;
    writeFileSync(folder.at('server.crt'), 'new');
    writeFileSync(folder.at(crt!.backup), 'old');
    writeFileSync(folder.at(key!.temporary), 'new');
    mkdirSync(folder.at('server.key', 'in the way'), { recursive: true });
    leave({ ...journal, phase: 'moving', pid: 999_999_999 });
    expect(settle(folder.path)).to.be.true;
    expect(folder.contents()).to.deep.equal({
      'server.crt': 'old',
      'server.key': 'a folder',
      'server.key/in the way': 'a folder',
    });
  });

  it('a command that only reads puts the folder in order first', async () => {
    const journal = openJournal(['server.key'], false);
    const [entry] = journal.entries;
    writeFileSync(folder.at(entry!.temporary), 'half');
    writeFileSync(folder.at('read.me'), 'text');
    leave({ ...journal, pid: 999_999_999 });
    expect((await readInputFile(folder.at('read.me'), 'key')).bytes.toString()).to.equal('text');
    expect(folder.contents()).to.deep.equal({ 'read.me': 'text' });
  });
});
