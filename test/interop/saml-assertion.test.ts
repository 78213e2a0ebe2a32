import { X509Certificate, createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { signSamlAssertion } from '../../src/token/saml/bearer-assertion.ts';
import { fixture } from '../emulator/test-client.ts';
import { Folder } from '../files/folder.ts';
import { hasTool, run } from './tools.ts';

const certificateFile = (name: string): string => fileURLToPath(new URL(`../fixtures/keys/${name}`, import.meta.url));

/** An assertion as `token request` makes it for a username. */
async function assertionFor(username: string): Promise<string> {
  const signer = {
    privateKey: createPrivateKey(fixture('rsa2048.key')),
    certificate: new X509Certificate(fixture('rsa2048.crt')),
  };
  const host = 'https://acme.my.salesforce.com';
  const claims = { clientId: '3MVG9', username, audience: host, recipient: `${host}/services/oauth2/token` };
  const assertion = await signSamlAssertion(claims, signer, { id: '_interop', now: new Date() });
  return Buffer.from(assertion, 'base64url').toString('utf8');
}

describe('interop: the SAML assertion and xmlsec1', () => {
  let folder: Folder | undefined;
  before(function () {
    if (!hasTool('xmlsec1')) this.skip();
    folder = new Folder();
  });
  after(() => {
    folder?.remove();
  });

  /** Verifies the signature by the certificate in it, which must be the one that is trusted. */
  function verify(xml: string, certificate = 'rsa2048.crt'): void {
    const file = folder!.at('assertion.xml');
    writeFileSync(file, xml);
    const idAttribute = ['--id-attr:ID', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion'];
    run('xmlsec1', '--verify', ...idAttribute, '--trusted-pem', certificateFile(certificate), file);
  }

  for (const username of ['integration@acme.com', `o'neil&<sons>"é鍵\r\n\t@acme.com`]) {
    it(`the signature over ${JSON.stringify(username)} is valid`, async () => {
      verify(await assertionFor(username));
    });
  }

  const tampered: Array<[what: string, from: string | RegExp, to: string]> = [
    ['another username', 'integration@acme.com', 'admin@acme.com'],
    ['another audience', '<saml:Audience>https://acme', '<saml:Audience>https://evil'],
    ['a later end', /NotOnOrAfter="[^"]+"/g, 'NotOnOrAfter="2999-01-01T00:00:00.000Z"'],
    ['another identifier', 'ID="_interop"', 'ID="_other"'],
    ['an added element', '</saml:Assertion>', '<saml:Advice/></saml:Assertion>'],
  ];
  for (const [what, from, to] of tampered) {
    it(`the signature is no longer valid over ${what}`, async () => {
      const genuine = await assertionFor('integration@acme.com');
      const changed = genuine.replace(from, to);
      expect(changed).to.not.equal(genuine);
      expect(() => {
        verify(changed);
      }).to.throw(/FAIL|failed/i);
    });
  }

  it('the signature is not valid by another certificate', async () => {
    const genuine = await assertionFor('integration@acme.com');
    expect(() => {
      verify(genuine, 'other2048.crt');
    }).to.throw(/FAIL|failed/i);
  });
});
