import { expect } from 'chai';
import { loginAliasProblem } from '../../src/token/login-alias.ts';

describe('loginAliasProblem', () => {
  for (const good of ['aquila', 'AQUILA-prod', 'a.b_c', 'größe', 'me@work'])
    it(`accepts ${good}`, () => expect(loginAliasProblem(good)).to.equal(undefined));
  for (const bad of ['', ' ', 'a b', 'a=b', 'a b=c', '-o', 'a\tb', 'a\u0000b', 'a\u00A0b', 'admin@acme.com'])
    it(`refuses ${JSON.stringify(bad)}`, () => {
      const problem = loginAliasProblem(bad);
      expect(problem?.code).to.equal('LoginAliasInvalid');
      expect(problem?.message).not.to.match(/\p{Cc}/u);
    });
});
