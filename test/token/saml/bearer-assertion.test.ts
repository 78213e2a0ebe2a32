import { X509Certificate, createPrivateKey } from 'node:crypto';
import { expect } from 'chai';
import { samlBearerForm, signSamlAssertion } from '../../../src/token/saml/bearer-assertion.ts';
import type { SamlClaims } from '../../../src/token/saml/bearer-assertion.ts';
import { fixture } from '../../emulator/test-client.ts';
import { childElements, everyElement, parseXml } from '../../emulator/xml-document.ts';
import type { XmlElement } from '../../emulator/xml-document.ts';

const signer = {
  privateKey: createPrivateKey(fixture('rsa2048.key')),
  certificate: new X509Certificate(fixture('rsa2048.crt')),
};
const claims: SamlClaims = {
  clientId: '3MVG9.client_id',
  username: 'integration@acme.com',
  audience: 'https://acme.my.salesforce.com',
  recipient: 'https://acme.my.salesforce.com/services/oauth2/token',
};
const moment = { id: '_0123abcd', now: new Date('2026-11-21T10:00:00.250Z') };

const xmlOf = async (changes: Partial<SamlClaims> = {}): Promise<string> =>
  Buffer.from(await signSamlAssertion({ ...claims, ...changes }, signer, moment), 'base64url').toString('utf8');

/** The one element of this local name. */
function element(xml: string, name: string): XmlElement {
  const found = everyElement(parseXml(xml)).filter(({ localName }) => localName === name);
  expect(found.length, name).to.equal(1);
  return found[0]!;
}

describe('signSamlAssertion', () => {
  it('says who asks, for whom, of which org, and where the assertion may be used', async () => {
    const xml = await xmlOf();
    expect(element(xml, 'Issuer').textContent).to.equal('3MVG9.client_id');
    expect(element(xml, 'NameID').textContent).to.equal('integration@acme.com');
    expect(element(xml, 'Audience').textContent).to.equal('https://acme.my.salesforce.com');
    const confirmation = element(xml, 'SubjectConfirmation');
    expect(confirmation.getAttribute('Method')).to.equal('urn:oasis:names:tc:SAML:2.0:cm:bearer');
    const recipient = element(xml, 'SubjectConfirmationData').getAttribute('Recipient');
    expect(recipient).to.equal('https://acme.my.salesforce.com/services/oauth2/token');
    expect(element(xml, 'AuthnStatement').getAttribute('AuthnInstant')).to.equal('2026-11-21T10:00:00.250Z');
  });

  it('has the given identifier, and is valid from now for three minutes', async () => {
    const xml = await xmlOf();
    const root = element(xml, 'Assertion');
    expect(root.getAttribute('ID')).to.equal('_0123abcd');
    expect(root.getAttribute('Version')).to.equal('2.0');
    expect(root.getAttribute('IssueInstant')).to.equal('2026-11-21T10:00:00.250Z');
    expect(element(xml, 'Conditions').getAttribute('NotBefore')).to.equal('2026-11-21T10:00:00.250Z');
    for (const name of ['Conditions', 'SubjectConfirmationData']) {
      expect(element(xml, name).getAttribute('NotOnOrAfter'), name).to.equal('2026-11-21T10:03:00.250Z');
    }
  });

  it('is signed behind the issuer, by RSA with SHA-256 and exclusive canonicalisation, with the certificate alone', async () => {
    const xml = await xmlOf();
    const children = childElements(element(xml, 'Assertion')).map(({ localName }) => localName);
    expect(children.slice(0, 2)).to.deep.equal(['Issuer', 'Signature']);
    const algorithm = (name: string): string => element(xml, name).getAttribute('Algorithm');
    expect(algorithm('CanonicalizationMethod')).to.equal('http://www.w3.org/2001/10/xml-exc-c14n#');
    expect(algorithm('SignatureMethod')).to.equal('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect(algorithm('DigestMethod')).to.equal('http://www.w3.org/2001/04/xmlenc#sha256');
    expect(element(xml, 'Reference').getAttribute('URI')).to.equal('#_0123abcd');
    const certificate = Buffer.from(element(xml, 'X509Certificate').textContent, 'base64');
    expect(certificate.equals(signer.certificate.raw)).to.equal(true);
    expect(xml).to.not.include('PRIVATE KEY');
  });

  const hostile = `o'neil&<b a="1">\r\n\t]]>&amp;@acme.com`;
  it('keeps markup and white space of every value as text', async () => {
    const every = { clientId: hostile, username: hostile, audience: hostile, recipient: hostile };
    const xml = await xmlOf(every);
    for (const name of ['Issuer', 'NameID', 'Audience']) {
      expect(element(xml, name).textContent, name).to.equal(hostile);
    }
    expect(element(xml, 'SubjectConfirmationData').getAttribute('Recipient')).to.equal(hostile);
  });

  it('comes in base64url without padding, and goes into a form with two fields and nothing else', async () => {
    const assertion = await signSamlAssertion(claims, signer, moment);
    expect(assertion).to.match(/^[\w-]+$/);
    expect(samlBearerForm(assertion).toString()).to.equal(
      `grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&assertion=${assertion}`
    );
  });
});
