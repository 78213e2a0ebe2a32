import { expect } from 'chai';
import { aliasProblem, defaultAlias, shownAlias } from '../../src/keystore/alias.ts';

describe('aliasProblem', () => {
  for (const alias of ['a', 'A', 'server', 'AQUILA_2026', 'a_b_c', 'a1', `a${'b'.repeat(63)}`]) {
    it(`has nothing against ${alias.slice(0, 20)}`, () => expect(aliasProblem(alias)).to.equal(undefined));
  }

  const refusals: Array<[alias: string, code: string]> = [
    ['1', 'KeystoreAliasIsNumber'],
    ['2026', 'KeystoreAliasIsNumber'],
    ['', 'KeystoreAliasInvalid'],
    ['1a', 'KeystoreAliasInvalid'],
    ['_a', 'KeystoreAliasInvalid'],
    ['a_', 'KeystoreAliasInvalid'],
    ['a__b', 'KeystoreAliasInvalid'],
    ['a b', 'KeystoreAliasInvalid'],
    ['a-b', 'KeystoreAliasInvalid'],
    ['a.b', 'KeystoreAliasInvalid'],
    ['a\n', 'KeystoreAliasInvalid'],
    ['ü', 'KeystoreAliasInvalid'],
    [`a${'b'.repeat(64)}`, 'KeystoreAliasTooLong'],
  ];
  for (const [alias, code] of refusals) {
    it(`refuses ${JSON.stringify(alias.slice(0, 20))} with ${code}, and proposes one that it takes`, () => {
      const problem = aliasProblem(alias);
      expect(problem?.code).to.equal(code);
      const [, proposed] = /such as (\w+)\.$/.exec(problem?.actions[0] ?? '') ?? [];
      expect(aliasProblem(proposed ?? '')).to.equal(undefined);
    });
  }

  it('says of 1 that Salesforce makes the alias the name of the certificate, and whence it comes', () => {
    expect(aliasProblem('1')?.message)
      .to.include('"1"')
      .and.include('Salesforce')
      .and.include('begins with a letter')
      .and.include('Java');
  });
});

describe('defaultAlias', () => {
  const names: Array<[name: string, alias: string]> = [
    ['server', 'server'],
    ['AQUILA', 'aquila'],
    ['my-server.prod', 'my_server_prod'],
    ['2026', 'cert_2026'],
    ['Zürich', 'zurich'],
    ['a--b__c', 'a_b_c'],
    ['server_', 'server'],
    ['鍵', 'aquila'],
    ['ſtraße', 'stra_e'],
    ['', 'aquila'],
    ['x'.repeat(70), 'x'.repeat(64)],
    [`${'x'.repeat(63)}-y`, 'x'.repeat(63)],
  ];
  for (const [name, alias] of names) {
    it(`makes ${alias.slice(0, 20)} of ${JSON.stringify(name.slice(0, 20))}`, () => {
      expect(defaultAlias(name)).to.equal(alias);
      expect(aliasProblem(alias)).to.equal(undefined);
    });
  }
});

describe('shownAlias', () => {
  const shown: Array<[alias: string, shown: string]> = [
    ['aquila', 'aquila'],
    ['Zürich 鍵', 'Zürich 鍵'],
    ['\u001b[31mred\n', '\uFFFD[31mred\uFFFD'],
    ['a\u202eb', 'a\uFFFDb'],
    ['x'.repeat(65), `${'x'.repeat(63)}…`],
  ];
  for (const [alias, text] of shown) {
    it(`shows ${JSON.stringify(alias.slice(0, 20))} harmlessly`, () => expect(shownAlias(alias)).to.equal(text));
  }
});
