import { expect } from 'chai';
import {
  grantNames,
  grantOf,
  ingredientFlags,
  ingredientsOf,
  missingIngredients,
  secretNames,
  strayFlag,
  type GrantName,
  type Ingredient,
  type Ingredients,
} from '../../src/token/grants.ts';

describe('what a grant is made of', () => {
  it('every secret comes from a file, a question or the environment: its flag names a file', () => {
    expect(secretNames.map((name) => ingredientFlags[name]).filter((flag) => !flag.endsWith('-file'))).to.deep.equal(
      []
    );
  });

  it('flags become ingredients, and a repeated one a text with blanks', () => {
    const flags = { 'client-id': '3MVG9', scope: ['api', 'web id'], 'jwt-key-file': undefined };
    expect(ingredientsOf(flags)).to.deep.equal({ clientId: '3MVG9', scope: 'api web id' });
  });

  for (const name of grantNames) {
    it(`${name}: everything it needs is enough, and each thing less is named by its flag`, () => {
      const grant = grantOf(name, {});
      expect(missingIngredients(name, grant, new Set(grant.needs))).to.equal(undefined);
      for (const one of grant.needs) {
        const present = new Set(grant.needs.filter((other) => other !== one));
        expect(missingIngredients(name, grant, present)?.message).to.equal(
          `The grant ${name} needs --${ingredientFlags[one]}.`
        );
      }
    });

    it(`${name}: all that it needs and takes may be given, and nothing else`, () => {
      const { needs, takes, scopesAre } = grantOf(name, {});
      // The handler chooses the other form of the exchange.
      const own = [...needs, ...takes].filter((one) => one !== 'tokenHandler' && one !== 'clientAuthentication');
      const given: Ingredients = Object.fromEntries(own.map((one) => [one, 'x']));
      expect(strayFlag(name, given)).to.equal(undefined);
      const others = (Object.keys(ingredientFlags) as Ingredient[]).filter(
        (one) => ![...needs, ...takes].includes(one)
      );
      for (const one of others) {
        const stray = strayFlag(name, { [one]: 'x' });
        if (one === 'scope') expect(stray?.message).to.include(String(scopesAre));
        else expect(stray?.message).to.equal(`--${ingredientFlags[one]} says nothing to the grant ${name}.`);
      }
    });
  }

  const proofs: Array<[GrantName, Ingredients['clientAuthentication'], Ingredient[]]> = [
    ['client-credentials', undefined, ['clientId', 'clientSecret']],
    ['client-credentials', 'client_secret_basic', ['clientId', 'clientSecret']],
    ['client-credentials', 'private_key_jwt', ['clientId', 'key']],
    ['client-credentials', 'none', ['clientId']],
    ['refresh-token', 'client_secret_post', ['clientId', 'refreshToken', 'clientSecret']],
    ['jwt-bearer', 'none', ['clientId', 'username', 'key']],
  ];
  for (const [name, clientAuthentication, needs] of proofs) {
    it(`${name} with client authentication ${String(clientAuthentication)} needs ${needs.join(', ')}`, () => {
      expect(grantOf(name, { clientAuthentication }).needs).to.deep.equal(needs);
    });
  }
});
