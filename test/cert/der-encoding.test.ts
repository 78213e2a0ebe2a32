import { expect } from 'chai';
import { oidOf, readElement } from '../../src/cert/der.ts';
import { encodeElement, encodeInteger, encodeOid } from '../../src/cert/der-encoding.ts';

describe('encodeElement', () => {
  const lengths: Array<[size: number, header: string]> = [
    [0, '0400'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_536, '0483010000'],
  ];
  for (const [size, header] of lengths) {
    it(`writes ${header} before ${size} bytes`, () => {
      const element = encodeElement(0x04, Buffer.alloc(size));
      expect(element.toString('hex', 0, header.length / 2)).to.equal(header);
      expect(readElement(element)?.contents).to.have.length(size);
    });
  }

  it('joins its parts', () => {
    expect(encodeElement(0x30, Buffer.from('0500', 'hex'), Buffer.from('0400', 'hex')).toString('hex')).to.equal(
      '300405000400'
    );
  });
});

describe('encodeInteger', () => {
  const integers: Array<[value: number, hex: string]> = [
    [0, '020100'],
    [1, '020101'],
    [127, '02017f'],
    [128, '02020080'],
    [10_000, '02022710'],
    [5_000_001, '02034c4b41'],
  ];
  for (const [value, hex] of integers) {
    it(`${value} is ${hex}`, () => expect(encodeInteger(value).toString('hex')).to.equal(hex));
  }
});

describe('encodeOid', () => {
  const oids: Array<[dotted: string, hex: string]> = [
    ['1.2.840.113549.1.12.1.3', '060a2a864886f70d010c0103'],
    ['2.16.840.1.101.3.4.1.42', '060960864801650304012a'],
    ['1.3.6.1.4.1.42.2.17.1.1', '060a2b060104012a02110101'],
  ];
  for (const [dotted, hex] of oids) {
    it(`${dotted} is ${hex}, and is read as the same`, () => {
      expect(encodeOid(dotted).toString('hex')).to.equal(hex);
      expect(oidOf(readElement(Buffer.from(hex, 'hex')))).to.equal(dotted);
    });
  }
});
