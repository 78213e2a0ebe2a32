import { expect } from 'chai';
import { readCallback } from '../../src/token/callback-answer.ts';

const at = 'http://localhost:1717/OauthRedirect';
const state = 'the-state-of-this-run';
const read = (text: string, grants: 'code' | 'access_token' = 'code'): ReturnType<typeof readCallback> =>
  readCallback(new URLSearchParams(text), { state, grants, at });

describe('an answer at the callback URL', () => {
  it('grants a code, and whatever else came, but for the state', () => {
    expect(read(`code=aPrx%3D%3D&state=${state}`)).to.deep.equal({ answer: { granted: { code: 'aPrx==' } } });
  });

  it('grants an access token where one is expected', () => {
    expect(read(`access_token=00D!x&token_type=Bearer&state=${state}`, 'access_token')).to.deep.equal({
      answer: { granted: { access_token: '00D!x', token_type: 'Bearer' } },
    });
  });

  it('keeps error and error_description word by word', () => {
    const words = 'error=access_denied&error_description=end-user+denied+%3Cb%3Eauthorization%3C%2Fb%3E';
    expect(read(`${words}&state=${state}`)).to.deep.equal({
      answer: { refused: { error: 'access_denied', errorDescription: 'end-user denied <b>authorization</b>' } },
    });
  });

  it('is a refusal without a description where there is none, even if a code is there too', () => {
    expect(read(`code=x&error=server_error&state=${state}`)).to.deep.equal({
      answer: { refused: { error: 'server_error', errorDescription: undefined } },
    });
  });

  const otherStates: Array<[string, string, string]> = [
    ['missing', 'code=x', 'its state is missing'],
    ['empty', 'code=x&state=', 'its state is another one'],
    ['another one', 'code=x&state=other', 'its state is another one'],
    ['the right one with more behind it', `code=x&state=${state}x`, 'its state is another one'],
    ['in other letters', `code=x&state=${state.toUpperCase()}`, 'its state is another one'],
    ['there twice', `code=x&state=${state}&state=${state}`, 'its state is another one'],
    ['missing beside an error', 'error=access_denied', 'its state is missing'],
  ];
  for (const [what, text, words] of otherStates) {
    it(`is not looked at when its state is ${what}`, () => {
      const reading = read(text);
      expect(reading).to.have.nested.property('problem.code', 'CallbackStateWrong');
      expect(reading).to.have.nested.property('problem.message').that.includes(at).and.includes(words);
    });
  }

  const unusable: Array<[string, string, 'code' | 'access_token', string]> = [
    ['neither code nor error', `state=${state}`, 'code', 'neither code nor error'],
    ['an empty code', `code=&state=${state}`, 'code', 'neither code nor error'],
    ['a code in place of a token', `code=x&state=${state}`, 'access_token', 'neither access_token nor error'],
    ['two codes', `code=x&code=y&state=${state}`, 'code', 'there twice'],
  ];
  for (const [what, text, grants, words] of unusable) {
    it(`with ${what} is no whole answer`, () => {
      const reading = read(text, grants);
      expect(reading).to.have.nested.property('problem.code', 'CallbackUnusable');
      expect(reading).to.have.nested.property('problem.message').that.includes(words);
    });
  }

  for (const text of ['', 'utm_source=x']) {
    it(`is none at all in "?${text}"`, () => expect(read(text)).to.equal('nothing'));
  }
});
