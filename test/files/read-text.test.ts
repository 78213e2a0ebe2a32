import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { readText } from '../../src/files/read-text.ts';
import { Folder } from './folder.ts';

const text = 'Zeile mit Ümlaut\r\nund einer zweiten\n';

describe('readText', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  const forms: Array<[how: string, bytes: Buffer]> = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(text, 'utf16le')],
  ];
  for (const [how, bytes] of forms) {
    it(`understands ${how}`, async () => {
      writeFileSync(folder.at('log'), bytes);
      expect(await readText(folder.at('log'))).to.equal(text);
    });
  }

  it('an empty file is an empty text', async () => {
    writeFileSync(folder.at('log'), '');
    expect(await readText(folder.at('log'))).to.equal('');
  });

  it('of a long log the end is read, which is 8 MiB', async () => {
    const megabyte = 1024 * 1024;
    writeFileSync(folder.at('log'), `start\n${'x'.repeat(20 * megabyte)}\nend`);
    const read = await readText(folder.at('log'));
    expect([read.length, read.startsWith('x'), read.endsWith('x\nend')]).to.deep.equal([8 * megabyte, true, true]);
  });

  for (const [what, code] of [
    ['nowhere', 'FileMissing'],
    ['folder', 'FileIsFolder'],
  ] as const) {
    it(`${what} is ${code}, with its absolute path`, async () => {
      mkdirSync(folder.at('folder'));
      const error = (await readText(folder.at(what)).catch((thrown: unknown) => thrown)) as Error;
      expect(error).to.include({ name: code, exitCode: 2 });
      expect(error.message).to.include(folder.at(what));
    });
  }
});
