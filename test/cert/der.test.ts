import { expect } from 'chai';
import { childrenOf, oidOf, readElement } from '../../src/cert/der.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('readElement', () => {
  const cases: Array<[string, string, string | undefined]> = [
    ['a short length', '04 02 abcd ff', 'abcd'],
    ['a length of one more byte', `04 81 02 abcd`, 'abcd'],
    ['a length of two more bytes', `04 82 0002 abcd`, 'abcd'],
    ['no contents', '05 00', ''],
    ['an indefinite length', '30 80 0000', undefined],
    ['a length of five more bytes', '04 85 0000000001 ab', undefined],
    ['a length beyond the end', '04 03 abcd', undefined],
    ['a length that is cut off', '04 82 00', undefined],
    ['one byte', '04', undefined],
    ['nothing', '', undefined],
  ];
  for (const [what, bytes, contents] of cases) {
    it(`${what}: ${contents ?? 'unreadable'}`, () => {
      const element = readElement(hex(bytes));
      expect(element && Buffer.from(element.contents).toString('hex')).to.equal(contents);
    });
  }

  it('reads as many children as are whole', () => {
    const children = childrenOf(readElement(hex('30 07 020101 020102 02'))!);
    expect(children.map(({ contents }) => contents[0])).to.deep.equal([1, 2]);
  });
});

describe('oidOf', () => {
  const cases: Array<[string, string]> = [
    ['2a864886f70d01010b', '1.2.840.113549.1.1.11'],
    ['550403', '2.5.4.3'],
    ['608648016503040201', '2.16.840.1.101.3.4.2.1'],
    ['8837', '2.999'],
    ['27', '0.39'],
  ];
  for (const [contents, dotted] of cases) {
    it(`${contents} is ${dotted}`, () => {
      expect(oidOf({ tag: 6, contents: hex(contents), length: 0 })).to.equal(dotted);
    });
  }

  it('is undefined for other elements', () => expect(oidOf(readElement(hex('020101')))).to.equal(undefined));
});
