import { expect } from 'chai';
import { pemBlocks } from '../../src/cert/pem.ts';

const gist = (text: string): unknown[] =>
  pemBlocks(text).map(({ label, body, closed }) => [label, body.trim(), closed]);

describe('pemBlocks', () => {
  const cases: Array<[what: string, text: string, blocks: unknown[]]> = [
    ['one block', '-----BEGIN A-----\nQUJD\n-----END A-----\n', [['A', 'QUJD', true]]],
    [
      'two blocks on one line',
      '-----BEGIN A-----x-----END A----------BEGIN B-----y-----END B-----',
      [
        ['A', 'x', true],
        ['B', 'y', true],
      ],
    ],
    ['no end', '-----BEGIN A-----\nQUJD\n', [['A', '', false]]],
    ['another end', '-----BEGIN A-----\nQUJD\n-----END B-----\n', [['A', '', false]]],
    ['an end before its beginning', '-----END A-----\n-----BEGIN A-----\n', [['A', '', false]]],
    [
      'an end later than the next beginning',
      '-----BEGIN A-----\n-----BEGIN B-----\n-----END B-----',
      [
        ['A', '', false],
        ['B', '', true],
      ],
    ],
    [
      'a beginning inside a block',
      '-----BEGIN A-----\n-----BEGIN B-----\n-----END A-----\n-----END B-----',
      [['A', '-----BEGIN B-----', true]],
    ],
    [
      'the older label of PKCS#7',
      '-----BEGIN PKCS #7 SIGNED DATA-----\nx\n-----END PKCS #7 SIGNED DATA-----',
      [['PKCS #7 SIGNED DATA', 'x', true]],
    ],
    ['small letters', '-----BEGIN a-----\nx\n-----END a-----', []],
    ['nothing', '', []],
  ];
  for (const [what, text, blocks] of cases) {
    it(`finds ${what}`, () => expect(gist(text)).to.deep.equal(blocks));
  }

  it('is done with a megabyte of BEGIN lines, each with a label of its own', () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `-----BEGIN KEY ${at}-----`);
    expect(gist(lines.join('\n'))).to.have.length(40_000);
  });
});
