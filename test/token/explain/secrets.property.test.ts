import { expect } from 'chai';
import fc from 'fast-check';
import { explainRows } from '../../../src/token/explain/explain.ts';
import { holdsSecret, maskSecrets } from '../../../src/token/explain/secrets.ts';
import { runs } from '../../mutations.ts';
import { explain } from './explaining.ts';

const letters = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const accessToken = fc
  .tuple(letters(alphanumeric, 12), letters(`${alphanumeric}._`, 60, 100))
  .map(([org, rest]) => `00D${org}!AQ${rest}`);
const refreshToken = letters(`${alphanumeric}._`, 70, 90).map((rest) => `5Aep861${rest}`);
const assertion = fc
  .tuple(letters(`${alphanumeric}-_`, 17, 40), letters(`${alphanumeric}-_`, 60, 200), letters(`${alphanumeric}-_`, 342))
  .map(([header, payload, signature]) => `eyJ${header}.eyJ${payload}.${signature}`);
const pem = fc
  .tuple(fc.constantFrom('', 'RSA ', 'EC '), fc.array(letters(`${alphanumeric}+/`, 64), { minLength: 2, maxLength: 6 }))
  .map(([kind, lines]) => `-----BEGIN ${kind}PRIVATE KEY-----\n${lines.join('\n')}\n-----END ${kind}PRIVATE KEY-----`);
const secret = fc.oneof(accessToken, refreshToken, assertion, pem);

const phrase = fc.constantFrom(...explainRows.flatMap(({ words }) => words));
const glue = fc.constantFrom(' ', '\n', ': ', '=', ' token=', '"', ' … ', ', open ');

/** Eight characters of it in a row would already be a piece of the secret. */
const pieces = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 12) }, (_, at) => text.slice(at + 4, at + 12)).filter(
    (piece) => !/[\n ]|---|BEGIN|PRIVATE/.test(piece)
  );

describe('explain: secrets', function () {
  this.timeout(0);

  it('of a text with known errors and secrets in any order, no secret comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(phrase, glue, secret, glue), { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts
          // Secrets may stand where a row lets anything stand.
          .map(([words, before, token, after]) => `${words.replace('…', () => token)}${before}${token}${after}`)
          .join('');
        const answer = JSON.stringify(explain(`${text}\ninvalid assertion`));
        expect(answer).to.include('invalid assertion');
        const leaked = parts.flatMap(([, , token]) => pieces(token)).filter((piece) => answer.includes(piece));
        expect(leaked).to.deep.equal([]);
      }),
      runs(300, 20_000)
    );
  });

  it('whatever holds a token, an assertion or a private key is known to hold a secret', () => {
    fc.assert(
      fc.property(secret, glue, (token, before) => {
        expect(holdsSecret(`log${before}${token}\nend`)).to.equal(true);
        expect(pieces(token).filter((piece) => maskSecrets(`log${before}${token}`).includes(piece))).to.deep.equal([]);
      }),
      runs(300, 20_000)
    );
  });

  it('named secrets are known by their names', () => {
    for (const text of ['client_secret=abc', '"refresh_token": "abc"', 'password: abc', 'assertion=abc&grant_type=x']) {
      expect([holdsSecret(text), maskSecrets(text).includes('abc')], text).to.deep.equal([true, false]);
    }
  });

  it('errors, ids and addresses are no secrets', () => {
    const text =
      'session response error: 400 at https://acme.my.salesforce.com for integration@acme.com, client 3MVG9, org 00Dxx0000000000EAA: invalid assertion';
    expect([holdsSecret(text), maskSecrets(text)]).to.deep.equal([false, text]);
  });
});
