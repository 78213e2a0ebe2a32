import { expect } from 'chai';
import { explain } from './explaining.ts';

const approved = "user hasn't approved this consumer";

describe('explain: any text', () => {
  it('a text in which nothing is known has no matches', () => {
    for (const text of ['', ' \n', 'all is well', 'enoent_x', 'my_invalid_grant_test', 'notENOTFOUND']) {
      expect(explain(text), text).to.deep.equal([]);
    }
  });

  const forms: Array<[how: string, text: string]> = [
    ['capitals', "User Hasn't Approved This Consumer"],
    ['typographic quotes', 'user hasn’t approved this consumer'],
    ['escapes of JSON', String.raw`{\"error_description\":\"user hasn\u0027t approved this consumer\"}`],
    ['escapes of a shell', String.raw`user hasn\'t approved this consumer`],
    ['HTML', 'user hasn&#39;t approved this consumer'],
    ['a line break as two characters', String.raw`Errors encountered:\nuser hasn't approved this consumer\naudience`],
    ['colours', "\u001b[31muser hasn't\u001b[39m approved this consumer"],
    ['spaces that do not break', 'user hasn’t\u00a0approved this consumer'],
    ['characters that change their length in lower case', `İİİ ${approved}`],
    ['a line break of the terminal', "Errors:\n  user hasn't\n    approved this\r\nconsumer\n"],
    ['several blanks', "user   hasn't \t approved this consumer"],
    ['the middle of a log', `${'level=info msg=ok\n'.repeat(50)}error: ${approved}.\r\n${'level=info\n'.repeat(50)}`],
  ];
  for (const [how, text] of forms) {
    it(`finds words written with ${how}`, () => {
      expect(explain(text).map(({ words }) => words.toLowerCase().replace(/\u00a0/g, ' '))).to.deep.equal([approved]);
    });
  }

  it('names the line, and each row once', () => {
    const found = explain(`one\r\ntwo\r\n${approved}\r\n${approved}\r\nclient identifier invalid`);
    expect(found.map(({ line }) => line)).to.deep.equal([3, 5]);
  });

  it('what names the defect stands before what only names a family, and that before the wrapping', () => {
    const found = explain('JwtAuthError fetch failed: getaddrinfo ENOTFOUND acme.my.salesforce.com');
    expect(found.map(({ words }) => words)).to.deep.equal(['getaddrinfo ENOTFOUND', 'fetch failed', 'JwtAuthError']);
  });

  it('the parts of one error stand on one line', () => {
    expect(explain('unexpected status code 403\nfor log file')).to.deep.equal([]);
    expect(explain(`unexpected status code ${'x'.repeat(400)} for log file`)).to.deep.equal([]);
  });

  it('shows a path as it stands there', () => {
    const words = String.raw`ENOENT: no such file or directory, open 'C:\new\test\server.key`;
    expect(explain(words)[0]?.words).to.equal(words);
  });

  it('shows what stands between known words only where it is short and no secret', () => {
    const shown = (between: string): string | undefined =>
      explain(`unexpected status code ${between} for log file`)[0]?.words;
    expect(shown('403')).to.equal('unexpected status code 403 for log file');
    expect(shown('x '.repeat(60))).to.equal('unexpected status code … for log file');
    expect(shown('password: abc')).to.equal('unexpected status code password: [hidden] for log file');
    expect(shown('4b1d5f60aa21c9e3')).to.equal('unexpected status code [hidden] for log file');
  });

  // The time limit of the test is the judge: what takes the square of the length would take hours.
  const units = [
    'enoent ',
    'problem with client key path for jwt auth: open ',
    'invalid_type ',
    'deploy certificate ',
    'a',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    '\n',
  ];
  for (const unit of units) {
    it(`reads 5 MB of ${JSON.stringify(unit)} to the end`, () => {
      const text = unit.repeat(5_000_000 / unit.length);
      expect(explain(`${text}\n${approved}`).map(({ words }) => words)).to.include(approved);
    });
  }
});
