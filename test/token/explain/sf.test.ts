import { expect } from 'chai';
import { explain, explains } from './explaining.ts';

describe('explain: errors of sf, of key files and of the network', () => {
  explains([
    [
      "We encountered a JSON web token error, which is likely not an issue with Salesforce CLI. Here's the error: Name::message",
      /login of sf failed/,
      'login-accepted',
      '',
    ],
    ['Error authenticating with JWT config due to: %s', /login of sf failed/, 'login-accepted', ''],
    ['Unable to refresh session due to: something', /could not log in again/, 'login-accepted', '?'],
    ['Invalid instance URL. It should NOT be a lightning domain.', /copied from the browser/, 'host-url', '!'],
    ['Destination URL not reset', /stored address/, 'login-instance-url', '?'],
    ['Using insecure protocol: http: on url: http://acme.example', /begins with http/, 'host-url', '!'],
    ['AuthInfoOverwriteError', /has a login of this user already/, undefined, '!'],
    [
      'AuthDecryptError: Failed to decipher auth data. reason: unknown',
      /could not read or write the secret/,
      undefined,
      '!!',
    ],
    ['Error in keychain setContentsFromObject', /could not read or write the secret/, undefined, '!!'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', /could not read or write the secret/, undefined, '!!'],
    ['GenericKeychainInvalidPermsError', /others may read the file key\.json/, undefined, '!'],
    ['Unexpected end of JSON input', /cut off/, undefined, '!'],
    [
      'UnexpectedValueTypeError: Value is not a string',
      /lacks the identity or the instance URL/,
      'login-accepted',
      '!',
    ],
    ['structuredClone is not defined', /Node that runs sf is too old/, undefined, '!'],
    ["Cannot read properties of undefined (reading 'bind')", /Node that runs sf is too old/, undefined, '!'],
    ['The signup request failed with C-1016', /scratch org can not be made/, 'app-kind', '!'],
    [
      "sf-plugin-aquila isn't signed by Salesforce. Only install the plugin if you trust its creator",
      /whether to trust a plugin/,
      undefined,
      '!',
    ],
    ['Prompt timed out.', /nobody was there to answer/, undefined, '!'],
    ['x is a linked ESM module and cannot be auto-transpiled', /harmless/, undefined, '!'],
    // key files
    ['secretOrPrivateKey must be an asymmetric key when using RS256', /dozen defects/, 'key-readable', '!!'],
    ['secretOrPrivateKey must have a value', /is empty/, 'key-readable', '!'],
    ['secretOrPrivateKey has a minimum key size of 2048 bits for RS256', /too short/, 'key-rsa', '!'],
    ['"alg" parameter for "ec" key type must be one of: ES256, ES384, ES512.', /can not sign/, 'key-rsa', '!'],
    ['"alg" parameter for "rsa-pss" key type must be one of: PS256, PS384, PS512.', /can not sign/, 'key-rsa', '!'],
    ['Unknown key type "ed25519".', /can not sign/, 'key-rsa', '!'],
    ['ERR_OSSL_UNSUPPORTED error:1E08010C:DECODER routines::unsupported', /Node could not read/, 'key-readable', '!'],
    ['error:1E08010C:DECODER routines::unsupported', /Node could not read/, 'key-readable', '!'],
    [
      'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED error:07880109…',
      /passphrase, and none was given/,
      'key-unencrypted',
      '!',
    ],
    ['-----BEGIN ENCRYPTED PRIVATE KEY-----', /can not be given one/, 'key-unencrypted', '!'],
    ['Proc-Type: 4,ENCRYPTED', /can not be given one/, 'key-unencrypted', '!'],
    ['error:0909006C:PEM routines:get_name:no start line', /found no key in the file/, 'key-readable', '!'],
    ['error:0906D06C:PEM routines:PEM_read_bio:no start line', /found no key in the file/, 'key-readable', '!'],
    ["ENOENT: no such file or directory, open '/builds/acme/server.key'", /no longer where/, 'key-readable', '!'],
    ['openssl req -subj "C:/Program Files/Git/CN=AQUILA"', /^possibly Git Bash/, undefined, '?'],
    ['openssl is not recognized', /neither is needed/, undefined, '!'],
    [
      "No certificate was imported because the keystore file doesn't contain a PrivateKey entry.",
      /certificates only/,
      undefined,
      '!',
    ],
    ['The key is not an RSA key.', /imports RSA keys only/, 'key-rsa', '!'],
    ['The key must be in PKCS#8 format.', /in another form/, undefined, '!'],
    ['Imported keys must have a bit size of 2048, 3072, or 4096.', /key of this length/, 'key-rsa', '!'],
    [
      'The private key does not match the certificate chain in the keystore.',
      /do not belong together/,
      'cert-matches-key',
      '!',
    ],
    [
      "Error: The Keystore contains a certificate 'certName' whose per key password is not the same as the keystore password.",
      /another password than the keystore/,
      undefined,
      '!',
    ],
    // the network
    ['getaddrinfo ENOTFOUND acme.my.salesforce.com', /name of the host is not known/, 'host-reachable', '!!!'],
    ['unable to get local issuer certificate', /not trusted on this machine/, 'host-reachable', '!'],
    ['self-signed certificate in certificate chain', /not trusted on this machine/, 'host-reachable', '!'],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', /switched off/, 'host-reachable', '!'],
    [
      'write EPROTO 140:error:1408F10B:SSL routines:wrong version number',
      /most likely the proxy/,
      'host-reachable',
      '!',
    ],
    ['fetch failed', /did not reach its host/, 'host-reachable', '!?'],
    ['connect ECONNREFUSED 10.0.0.1:443', /does not take connections/, 'host-reachable', '!'],
    ['read ECONNRESET', /broke or stayed silent/, 'host-reachable', '!?'],
  ]);

  it('in what sf lists of several pairs, the refused audience comes after the real error, and the wrapping last', () => {
    const found = explain(
      [
        'Error (JwtGrantError): We encountered a JSON web token error, which is likely not an issue with Salesforce CLI. Here’s the error: JwtAuthError::Error authenticating with JWT.',
        'Errors encountered:',
        'audience is invalid  [audience=https://login.salesforce.com login=https://acme.my.salesforce.com]',
        'user hasn’t approved this consumer',
      ].join('\n')
    );
    expect(found.map(({ line, words }) => [line, words])).to.deep.equal([
      [4, "user hasn't approved this consumer"],
      [3, 'audience is invalid'],
      [1, 'JwtGrantError'],
    ]);
  });

  it('the audience alone is no noise', () => {
    expect(explain('JwtAuthError::Error authenticating with JWT.\naudience is invalid')[0]?.words).to.equal(
      'audience is invalid'
    );
  });
});
