import { expect } from 'chai';
import { usernameProblem } from '../../src/token/username.ts';

describe('usernameProblem', () => {
  for (const good of [
    'integration@acme.com',
    'a@b.c',
    "o'brien+x@acme.com.uat",
    'ADMIN-3dvj@force.com',
    'jürgen@acme.com',
  ]) {
    it(`accepts ${good}`, () => {
      expect(usernameProblem(good)).to.equal(undefined);
    });
  }
  for (const bad of [
    '',
    'acme',
    'me@acme',
    '../../etc@acme.com',
    'me@acme.com/x',
    'a b@acme.com',
    '.me@acme.com',
    'me@@acme.com',
    'a\\b@acme.com',
  ]) {
    it(`refuses "${bad}" before it becomes part of a path`, () => {
      expect(usernameProblem(bad)).to.have.property('code', 'UsernameInvalid');
    });
  }
});
