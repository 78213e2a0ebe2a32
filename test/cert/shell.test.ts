import { expect } from 'chai';
import { pipeline, shellWord, siblingName } from '../../src/cert/shell.ts';

describe('shellWord', () => {
  const cases: Array<[string, string]> = [
    ['/etc/aquila/server.pem', '/etc/aquila/server.pem'],
    ['server key.pem', '"server key.pem"'],
    ['C:\\keys\\server.key', '"C:\\keys\\server.key"'],
    ["ann's key", `"ann's key"`],
    ['$HOME/key', "'$HOME/key'"],
    ['a"b', `'a"b'`],
    ["it's $5", `'it'\\''s $5'`],
    ['-rf', '"-rf"'],
    ['', '""'],
  ];
  for (const [word, written] of cases) {
    it(`writes ${JSON.stringify(word)} as ${written}`, () => expect(shellWord(word)).to.equal(written));
  }
});

describe('siblingName', () => {
  const cases: Array<[string, string]> = [
    ['server.key', 'server.plain.pem'],
    ['/a.b/server', '/a.b/server.plain.pem'],
    ['C:\\a.b\\server.pass.key', 'C:\\a.b\\server.pass.plain.pem'],
  ];
  for (const [file, sibling] of cases) {
    it(`of ${file} is ${sibling}`, () => expect(siblingName(file, '.plain.pem')).to.equal(sibling));
  }
});

describe('pipeline', () => {
  it('feeds the file to the first filter', () => {
    expect(pipeline('a b', ['one', 'two'], 'last')).to.equal('one < "a b" | two | last');
  });

  it('is the last command alone where there is nothing to filter', () => {
    expect(pipeline('a', [], 'last')).to.equal('last');
  });
});
