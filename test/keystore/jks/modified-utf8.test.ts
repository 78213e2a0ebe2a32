import { expect } from 'chai';
import { decodeModifiedUtf8, encodeModifiedUtf8 } from '../../../src/keystore/jks/modified-utf8.ts';

describe('modified UTF-8', () => {
  const texts: Array<[text: string, hex: string]> = [
    ['', ''],
    ['abc', '616263'],
    ['\u007f', '7f'],
    ['ü', 'c3bc'],
    ['鍵', 'e98db5'],
    ['😀', 'eda0bdedb880'],
    ['\0', 'c080'],
    ['\ud83d', 'eda0bd'],
    ['\uffff', 'efbfbf'],
  ];
  for (const [text, hex] of texts) {
    it(`${JSON.stringify(text)} is ${hex || 'nothing'}, there and back`, () => {
      expect(encodeModifiedUtf8(text).toString('hex')).to.equal(hex);
      expect(decodeModifiedUtf8(Buffer.from(hex, 'hex'))).to.equal(text);
    });
  }

  for (const [what, hex] of [
    ['a group of four bytes', 'f09f9880'],
    ['a group that is cut off', '61c3'],
    ['a longer group that is cut off', 'e98d'],
    ['a byte that only continues', '80'],
    ['a group that is broken off', 'c341'],
    ['no byte of UTF-8', 'ff'],
  ] as const) {
    it(`does not read ${what}`, () => expect(decodeModifiedUtf8(Buffer.from(hex, 'hex'))).to.equal(undefined));
  }
});
