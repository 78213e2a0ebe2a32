import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { readGivenToken, type GivenToken, type TokenKind } from '../../src/token/given-token.ts';

const access = '00D5g00000Acme1!AQcAQH0dMHEXAMPLE';
const refresh = '5Aep861EXAMPLE.refresh';
const authUrl = `force://PlatformCLI::${refresh}@acme.my.salesforce.com`;
const answer = {
  ...{ access_token: access, refresh_token: refresh, instance_url: 'https://acme.my.salesforce.com' },
  id: 'https://login.salesforce.com/id/00D5g00000Acme1EAB/0055g0000000001AAA',
};
const read = (text: string, wanted?: TokenKind): GivenToken => readGivenToken(text, 'token.txt', wanted);

describe('a token that a person hands over', () => {
  for (const [what, text, value, kind] of [
    ['alone', access, access, 'access'],
    ['between blanks', `\n  ${access}\r\n`, access, 'access'],
    ['behind Bearer', `Bearer ${access}`, access, 'access'],
    ['as a header', `authorization: OAuth ${access}`, access, 'access'],
    ['in single quotes', `'${access}'`, access, 'access'],
    ['in JWT format', 'eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln', 'eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln', 'access'],
    ['that renews others', refresh, refresh, 'refresh'],
    ['in an answer with both kinds', JSON.stringify(answer), access, 'access'],
    ['in an answer with a refresh token alone', JSON.stringify({ refresh_token: refresh }), refresh, 'refresh'],
  ] as const) {
    it(`is read ${what}`, () => {
      expect(read(text)).to.include({ value, kind });
    });
  }

  it('brings along what stands beside it in an answer', () => {
    expect(read(JSON.stringify(answer), 'refresh')).to.deep.equal({
      ...{ value: refresh, kind: 'refresh', instanceUrl: answer.instance_url, identityUrl: answer.id },
    });
  });

  for (const [what, text] of [
    ['an SFDX auth URL', authUrl],
    [
      'what sf org display --verbose --json prints',
      JSON.stringify({ result: { accessToken: access, sfdxAuthUrl: authUrl } }),
    ],
  ] as const) {
    it(`is the refresh token of ${what}, for the org that it names`, () => {
      expect(read(text, 'refresh')).to.include({
        ...{ value: refresh, kind: 'refresh', instanceUrl: 'https://acme.my.salesforce.com' },
      });
    });
  }

  it('is missing in an SFDX auth URL where an access token is wanted', () => {
    expect(() => read(authUrl, 'access'))
      .to.throw(SfError)
      .with.property('name', 'TokenFileLacksKind');
  });

  it('is of the kind that is said, whatever it looks like', () => {
    expect([read(access, 'refresh').kind, read(refresh, 'access').kind]).to.deep.equal(['refresh', 'access']);
  });

  for (const [what, text, code] of [
    ['nothing', '', 'TokenFileEmpty'],
    ['blanks', ' \n\t', 'TokenFileEmpty'],
    ['asterisks', '********', 'TokenFileMasked'],
    ['what sf prints in its place', "[REDACTED] Use 'sf org auth show-access-token' to view", 'TokenFileMasked'],
    ['the same in JSON', '{"access_token":"[REDACTED]"}', 'TokenFileMasked'],
    ['a key', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', 'TokenFileUnrecognised'],
    ['half an SFDX auth URL', 'force://PlatformCLI::5Aep861', 'TokenFileUnrecognised'],
    [
      'what sf prints in the place of such a URL',
      JSON.stringify({ result: { accessToken: '', sfdxAuthUrl: '[REDACTED]' } }),
      'TokenFileMasked',
    ],
    ['two tokens', `${access} ${refresh}`, 'TokenFileUnrecognised'],
    ['a page', '<html><title>Login</title></html>', 'TokenFileUnrecognised'],
    ['a few letters', 'abc', 'TokenFileUnrecognised'],
    ['JSON that breaks off', '{"access_token": "00D', 'TokenFileUnrecognised'],
    ['JSON of something else', '{"result": null}', 'TokenFileUnrecognised'],
    ['a number for a token', '{"access_token": 7}', 'TokenFileUnrecognised'],
  ] as const) {
    it(`in place of which stands ${what} is ${code}, without the text in the error`, () => {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof SfError)) throw error;
        expect([error.name, error.exitCode]).to.deep.equal([code, 2]);
        expect(error.message).to.include('token.txt');
        if (text.trim() !== '') expect(JSON.stringify(error.toObject())).to.not.include(text.trim());
        return;
      }
      expect.fail('it was taken');
    });
  }
});
