import fc from 'fast-check';

const word = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((characters) => characters.join(''));

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64url = `${alphanumeric}-_`;
const base64 = `${alphanumeric}+/`;

const keyBody = fc
  .tuple(word(base64, 61), fc.array(word(base64, 64), { minLength: 2, maxLength: 5 }), word(base64, 30))
  .map(([first, lines, last]) => [`MII${first}`, ...lines, `${last}==`].join('\n'));
const keyLabel = fc.constantFrom('PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY');
const jwt = fc
  .tuple(word(base64url, 20), word(base64url, 80), word(base64url, 86))
  .map(([header, claims, signature]) => `eyJ${header}.eyJ${claims}.${signature}`);
const named = (names: readonly string[], value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...names),
      fc.constantFrom('NAME=VALUE', '"NAME":"VALUE"', 'NAME: VALUE', "NAME = 'VALUE'"),
      value
    )
    .map(([name, form, text]) => form.replace('NAME', name).replace('VALUE', text));

/** What must never leave this machine, as Salesforce and OpenSSL write it: tokens of both formats, keys, assertions, secrets. */
export const secret: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(word(alphanumeric, 12), word(`${alphanumeric}._`, 96)).map(([org, rest]) => `00D${org}!AQ${rest}`),
  jwt,
  word(`${alphanumeric}._`, 80).map((rest) => `5Aep861${rest}`),
  fc.tuple(keyLabel, keyBody).map(([label, body]) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`),
  fc.tuple(keyLabel, keyBody).map(([label, body]) => `-----BEGIN ${label}-----\n${body}`),
  keyBody,
  word('0123456789ABCDEF', 64),
  word('123456789', 19),
  named(['client_secret', 'clientSecret', 'refresh_token', 'assertion', 'client_assertion'], word(base64url, 24)),
  named(['passphrase', 'password', 'SF_AQUILA_KEY_PASSPHRASE'], word(`${alphanumeric}.!`, 16))
);

/** What of a secret must not be seen: every run of twelve characters or more that could be part of its value. */
export const secretParts = (planted: string): string[] =>
  (planted.match(/[\w+/.!-]{12,}/g) ?? []).filter(
    (part) => !/^-+|^(?:client_?secret|client_assertion|refresh_token)|^SF_AQUILA/i.test(part)
  );
