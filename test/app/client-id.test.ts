import { expect } from 'chai';
import { clientIdBytes, clientIdProblem, newClientId } from '../../src/app/client-id.ts';

describe('app: the client id', () => {
  it('of our choice is the random bytes in hexadecimal, and fit for an org', () => {
    const random = Uint8Array.from({ length: clientIdBytes }, (_, at) => at);
    expect(newClientId(random)).to.equal('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    expect(clientIdProblem(newClientId(random))).to.be.undefined;
  });

  for (const good of ['3MVG9abc.DEF_ghi==', 'a'.repeat(8), 'a'.repeat(256)]) {
    it(`${good.slice(0, 20)} (${good.length} characters) may be one`, () =>
      expect(clientIdProblem(good)).to.be.undefined);
  }

  for (const bad of ['', 'a'.repeat(7), 'a'.repeat(257), 'has blank1', 'pass-word!', 'ümlaut123', 'line\nbreak']) {
    it(`${JSON.stringify(bad.slice(0, 20))} (${bad.length} characters) may not, and is not repeated`, () => {
      const refused = clientIdProblem(bad);
      expect(refused?.code).to.equal('AppClientIdInvalid');
      if (bad !== '') expect(`${refused?.message} ${refused?.actions.join(' ')}`).to.not.include(bad);
    });
  }
});
