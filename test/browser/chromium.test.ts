import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { findChromium } from './chromium.ts';

describe('the browser of these tests', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'aquila-chromium-'));
    for (const name of ['chromium', 'mine', 'google-chrome']) {
      writeFileSync(join(folder, name), '');
      chmodSync(join(folder, name), name === 'google-chrome' ? 0o600 : 0o700);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is the one that CHROME_PATH names', () => {
    expect(findChromium({ CHROME_PATH: join(folder, 'mine'), PATH: folder })).to.equal(join(folder, 'mine'));
    expect(findChromium({ CHROME_PATH: join(folder, 'nowhere'), PATH: folder })).to.equal(undefined);
  });

  it('else the first on the PATH, which need not have one', () => {
    expect(findChromium({ PATH: ['/nowhere', folder].join(delimiter) })).to.equal(join(folder, 'chromium'));
    expect(findChromium({ PATH: '/nowhere' })).to.equal(undefined);
    expect(findChromium({})).to.equal(undefined);
  });
});
