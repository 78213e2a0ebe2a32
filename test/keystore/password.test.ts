import { expect } from 'chai';
import { keystorePasswordProblem } from '../../src/keystore/password.ts';

describe('keystorePasswordProblem', () => {
  for (const password of ['changeit', '123456', ' 12345', `a"b'c$d\\e f`, '~'.repeat(200)]) {
    it(`has nothing against ${JSON.stringify(password.slice(0, 20))}`, () => {
      expect(keystorePasswordProblem(password)).to.equal(undefined);
    });
  }

  const refusals: Array<[password: string, code: string]> = [
    ['', 'KeystorePasswordTooShort'],
    ['12345', 'KeystorePasswordTooShort'],
    ['pässword', 'KeystorePasswordNotAscii'],
    ['пароль', 'KeystorePasswordNotAscii'],
    ['secret😀', 'KeystorePasswordNotAscii'],
    ['secret\t', 'KeystorePasswordNotAscii'],
    ['secret\n', 'KeystorePasswordNotAscii'],
    ['secret\u007f', 'KeystorePasswordNotAscii'],
    ['secret\u00a0', 'KeystorePasswordNotAscii'],
  ];
  for (const [password, code] of refusals) {
    it(`refuses ${JSON.stringify(password)} with ${code}, and doesn't repeat it`, () => {
      const problem = keystorePasswordProblem(password, 'servercert.jks');
      expect(problem?.code).to.equal(code);
      expect(problem?.message).to.include('servercert.jks');
      if (password) expect(JSON.stringify(problem)).to.not.include(password);
    });
  }
});
