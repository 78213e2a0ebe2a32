import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { isVacant } from '../../src/files/vacant.ts';
import { Folder } from './folder.ts';

describe('files: a folder that can be filled', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  it('is one that is not there, or that has nothing in it', () => {
    mkdirSync(folder.at('empty'));
    expect(['none', 'empty'].map((name) => isVacant(folder.at(name)))).to.deep.equal([true, true]);
  });

  it('is no folder with something in it, and no file', () => {
    mkdirSync(folder.at('full'));
    for (const name of ['full/.hidden', 'file']) writeFileSync(folder.at(name), '');
    expect(['full', 'file'].map((name) => isVacant(folder.at(name)))).to.deep.equal([false, false]);
  });
});
