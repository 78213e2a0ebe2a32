import { expect } from 'chai';
import { toDer } from '../../src/cert/ber.ts';
import { keystore } from '../keystore/fixtures.ts';
import { asBer, indefinite } from '../keystore/pkcs12/ber-forms.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

function converted(text: string): string {
  const result = toDer(hex(text));
  return typeof result === 'string' ? result : `${result.der.toString('hex')} ${result.length}`;
}

describe('toDer', () => {
  const cases: Array<[what: string, ber: string, der: string]> = [
    ['an element of DER', '3003 020103', '3003020103 5'],
    ['bytes behind the element', '0500 ffff', '0500 2'],
    ['an indefinite length', '3080 020103 0000', '3003020103 7'],
    ['indefinite lengths in each other', '3080 3080 0500 0000 0000', '300430020500 10'],
    ['an indefinite length in a definite one', '3006 3080 0500 0000', '300430020500 8'],
    ['a length in more bytes than it takes', '04820002 abcd', '0402abcd 6'],
    ['octets in pieces', '2480 0401aa 0402bbcc 0000', '0403aabbcc 11'],
    ['octets in pieces of pieces', '2480 2480 0401aa 0000 0401bb 0000', '0402aabb 14'],
    ['octets in pieces, of definite length', '2406 0401aa 0401bb', '0402aabb 8'],
    ['no pieces', '2480 0000', '0400 4'],
    ['what octets hold', '0404 30800000', '040430800000 6'],
    ['nothing', '', 'cut off'],
    ['a tag alone', '30', 'cut off'],
    ['a length that is cut off', '3082 01', 'cut off'],
    ['contents that are cut off', '3003 0201', 'cut off'],
    ['an indefinite length without an end', '3080 020103', 'cut off'],
    ['half an end', '3080 020103 00', 'cut off'],
    ['a child that is longer than its parent', '3003 020203', 'malformed'],
    ['an indefinite length on what has no children', '0480 0000', 'malformed'],
    ['a length of five bytes', '3085 0000000001', 'malformed'],
    ['a tag of several bytes', '3f8101 00', 'malformed'],
    ['pieces that are no octets', '2480 020101 0000', 'malformed'],
  ];
  for (const [what, ber, der] of cases) it(`${what}: ${der}`, () => expect(converted(ber)).to.equal(der));

  it('gives up on elements that are nested without end, and does not run out of stack', () => {
    expect(converted('3080'.repeat(50_000))).to.equal('malformed');
  });

  it('turns a whole file back into the DER that it was made from', () => {
    const der = keystore('openssl.p12');
    const result = toDer(asBer(der));
    expect(typeof result === 'string' ? result : result.der.equals(der)).to.be.true;
    expect(indefinite(der).length).to.be.greaterThan(der.length);
  });
});
