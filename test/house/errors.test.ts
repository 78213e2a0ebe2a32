import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { errorCodes, problem, type ErrorCode } from '../../src/errors.ts';
import { root } from './project-files.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];
const keys = [...readFileSync(join(root, 'messages', 'errors.md'), 'utf8').matchAll(/^# (.+)$/gm)].map(
  ([, key]) => key
);

describe('house: errors', () => {
  for (const code of codes) {
    it(`${code} has a message and at least one action`, () => {
      const { message, actions } = problem(code);
      expect(message.trim()).to.not.equal('');
      expect(actions).to.not.be.empty;
      for (const action of actions) expect(action.trim()).to.not.equal('');
    });

    it(`${code} exits with 1, 2 or 130`, () => expect(errorCodes[code]).to.be.oneOf([1, 2, 130]));
  }

  it('messages/errors.md holds the texts of the codes and nothing else, each once', () => {
    expect(keys).to.have.members(codes.flatMap((code) => [code, `${code}.actions`]));
  });

  it('no text contains the word that makes sf exit with 10', () => {
    const word = ['Type', 'Error'].join('');
    const files = readdirSync(join(root, 'messages')).filter((file) =>
      readFileSync(join(root, 'messages', file), 'utf8').includes(word)
    );
    expect(files).to.deep.equal([]);
    expect(codes.filter((code) => code.includes(word))).to.deep.equal([]);
  });
});
