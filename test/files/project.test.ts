import { mkdirSync, writeFileSync } from 'node:fs';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { findProject } from '../../src/files/project.ts';
import { Folder } from './folder.ts';

describe('findProject', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());
  const write = (text: string): void => writeFileSync(folder.at('sfdx-project.json'), text);

  it('is undefined outside a project', () => {
    expect(findProject(folder.path)).to.equal(undefined);
  });

  it('finds the project from within, also from a folder that does not exist yet', () => {
    write('{}');
    mkdirSync(folder.at('a'));
    for (const start of [folder.path, folder.at('a'), folder.at('a', 'b', 'c')]) {
      expect(findProject(start)?.folder).to.equal(folder.path);
    }
  });

  it('takes the nearest of two', () => {
    write('{"oauthLocalPort":1}');
    mkdirSync(folder.at('a'));
    writeFileSync(folder.at('a', 'sfdx-project.json'), '{"oauthLocalPort":2}');
    expect(findProject(folder.at('a', 'b'))?.oauthLocalPort).to.equal(2);
  });

  for (const [text, port] of [
    ['{}', undefined],
    ['null', undefined],
    ['{"oauthLocalPort":null}', undefined],
    ['{"oauthLocalPort":1919}', 1919],
    ['{"oauthLocalPort":"1919"}', 1919],
    ['{"oauthLocalPort":65535}', 65_535],
  ] as const) {
    it(`reads the port of ${text} as ${String(port)}`, () => {
      write(text);
      expect(findProject(folder.path)?.oauthLocalPort).to.equal(port);
    });
  }

  for (const [text, says] of [
    ['', 'no JSON'],
    ['{"oauthLocalPort":1919', 'no JSON'],
    ['{"oauthLocalPort":0}', 'no port'],
    ['{"oauthLocalPort":65536}', 'no port'],
    ['{"oauthLocalPort":1.5}', 'no port'],
    ['{"oauthLocalPort":"x"}', 'no port'],
    ['{"oauthLocalPort":{}}', 'no port'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}: ${says}`, () => {
      write(text);
      let error: unknown;
      try {
        findProject(folder.path);
      } catch (thrown) {
        error = thrown;
      }
      if (!(error instanceof SfError)) throw new Error('not refused', { cause: error });
      expect([error.name, error.exitCode]).to.deep.equal(['ProjectFileUnusable', 2]);
      expect(error.message).to.include(folder.at('sfdx-project.json')).and.include(says);
    });
  }

  it('refuses a project file that is a folder', () => {
    mkdirSync(folder.at('sfdx-project.json'));
    expect(() => findProject(folder.path)).to.throw(SfError, 'it can not be read');
  });

  for (const [directories, packageFolder] of [
    ['[{"path":"force-app","default":true}]', 'force-app'],
    ['[{"path":"a"},{"path":"./b/c/","default":true}]', 'b/c'],
    ['[{"path":"a"},{"path":"b"}]', 'a'],
    ['[{"path":"a\\\\b"}]', 'a/b'],
    ['[]', undefined],
    ['"a"', undefined],
    ['[null]', undefined],
    ['[{"path":1}]', undefined],
    ['[{"path":"."}]', undefined],
    ['[{"path":"../elsewhere"}]', undefined],
    ['[{"path":"a/../../elsewhere"}]', undefined],
    ['[{"path":"/elsewhere"}]', undefined],
    ['[{"path":"C:\\\\elsewhere"}]', undefined],
  ] as const) {
    it(`new source of ${directories} goes to ${String(packageFolder)}`, () => {
      write(`{"packageDirectories":${directories}}`);
      expect(findProject(folder.path)?.packageFolder).to.equal(packageFolder);
    });
  }
});
