import { expect } from 'chai';
import { readSamlResponse, samlAssertionForm } from '../../../src/token/saml/response.ts';
import { assertionXml, responseXml, signXml } from '../../emulator/saml-maker.ts';
import type { Says } from '../../emulator/saml-maker.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const says: Says = {
  ...{ id: '_a', issuer: 'https://idp.acme.com', nameId: 'soc@acme.com', audience: 'https://saml.salesforce.com' },
  ...{ recipient: 'https://acme.my.salesforce.com', issuedAt: noon, notBefore: noon, notOnOrAfter: noon + 300_000 },
  attributes: {},
};
const response = signXml(responseXml(assertionXml(says), says.issuer), '_a');
const base64 = Buffer.from(response).toString('base64');

const read = (text: string, now = noon): ReturnType<typeof readSamlResponse> =>
  readSamlResponse(text, 'response.xml', new Date(now));
const problemIn = async (text: string, now = noon): Promise<{ code: string; message: string; actions: string[] }> => {
  const reading = await read(text, now);
  if (!('problem' in reading)) throw new Error('nothing was found to be wrong');
  return reading.problem;
};

describe('readSamlResponse', () => {
  const forms: Array<[string, string]> = [
    ['XML', response],
    [
      'XML with a declaration, a byte order mark and blank lines around it',
      `\uFEFF\n<?xml version="1.0"?>\n${response}\n\n`,
    ],
    ['base64', base64],
    ['base64 in lines of 76 characters', base64.replace(/.{76}/g, '$&\r\n')],
    ['base64url without padding', Buffer.from(response).toString('base64url')],
  ];
  for (const [what, text] of forms) {
    it(`gives the XML in base64 for ${what}`, async () => {
      const reading = await read(text);
      const xml = 'base64' in reading ? Buffer.from(reading.base64, 'base64').toString('utf8') : '';
      expect(xml).to.contain(response);
      expect('base64' in reading && /^[A-Za-z0-9+/]+={0,2}$/.test(reading.base64)).to.equal(true);
    });
  }

  it('takes a response that is signed as a whole', async () => {
    expect(await read(signXml(responseXml(assertionXml(says), says.issuer), '_response'))).to.have.property('base64');
  });

  it('takes an encrypted assertion as it is', async () => {
    const encrypted = response.replace(
      /<Assertion [\s\S]*<\/Assertion>/,
      '<saml:EncryptedAssertion>x</saml:EncryptedAssertion>'
    );
    expect(await read(encrypted, noon + 86_400_000)).to.deep.equal({
      base64: Buffer.from(encrypted).toString('base64'),
      orgId: undefined,
    });
  });

  const addresses: Array<[string, string | undefined]> = [
    ['https://login.salesforce.com/?so=00D5g00000Acme1', '00D5g00000Acme1'],
    ['https://login.salesforce.com/services/oauth2/token?x=1&amp;so=00D5g00000Acme1EAB', '00D5g00000Acme1EAB'],
    ['https://acme.my.salesforce.com', undefined],
    ['https://login.salesforce.com/?so=005000000000001', undefined],
    ['?so=00D5g00000Acme1', undefined],
  ];
  for (const [address, orgId] of addresses) {
    it(`names ${orgId ?? 'no org'} in a response for ${address}`, async () => {
      expect(await read(response.replace(says.recipient, address))).to.have.property('orgId', orgId);
      const closed = response.replace(/<Assertion [\s\S]*<\/Assertion>/, '<EncryptedAssertion>x</EncryptedAssertion>');
      const whole = closed.replace('ID="_response"', `ID="_response" Destination="${address}"`);
      expect(await read(whole)).to.have.property('orgId', orgId);
    });
  }

  const unreadable: Array<[string, string]> = [
    ['words', 'see attachment'],
    ['base64 of something else', Buffer.from('hello there').toString('base64')],
    ['XML that is cut off', response.slice(0, -40)],
    ['a document type', `<!DOCTYPE x>${response}`],
    ['an address with the response in it', `https://acme.my.salesforce.com?SAMLResponse=${encodeURIComponent(base64)}`],
  ];
  for (const [what, text] of unreadable) {
    it(`finds no response in ${what}`, async () => {
      const { code, message, actions } = await problemIn(text);
      expect(code).to.equal('SamlResponseUnreadable');
      expect(message).to.contain('response.xml');
      expect(actions.join(' ')).to.contain('SAMLResponse');
    });
  }

  for (const [what, text, kind] of [
    ['an assertion alone', signXml(assertionXml(says), '_a'), 'Assertion'],
    ['metadata', '<md:EntityDescriptor xmlns:md="m"></md:EntityDescriptor>', 'EntityDescriptor'],
  ] as const) {
    it(`says that ${what} is no response`, async () => {
      const { code, message } = await problemIn(text);
      expect(code).to.equal('SamlResponseMissing');
      expect(message).to.contain('response.xml').and.contain(`of the kind ${kind}`);
    });
  }

  it('repeats the codes of a provider that did not log the user in', async () => {
    const refused = responseXml('', says.issuer, 'Responder').replace(
      /<samlp:StatusCode([^>]*)\/>/,
      '<samlp:StatusCode$1><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode>'
    );
    const { code, message } = await problemIn(refused);
    expect(code).to.equal('SamlResponseFailed');
    expect(message).to.contain('Responder, AuthnFailed');
  });

  it('says that nothing is signed', async () => {
    expect((await problemIn(responseXml(assertionXml(says), says.issuer))).code).to.equal('SamlResponseUnsigned');
  });

  it('calls an assertion expired three minutes after its end, as long as the two clocks may differ', async () => {
    const end = says.notOnOrAfter;
    expect(await read(response, end + 179_999)).to.have.property('base64');
    const { code, message } = await problemIn(response, end + 180_000);
    expect(code).to.equal('SamlResponseExpired');
    expect(message).to.contain('2026-11-21T12:05:00.000Z');
  });

  it('quotes nothing of what it read', async () => {
    const texts = [`secret-${base64}`, response.slice(0, -40), responseXml(assertionXml(says), says.issuer)];
    for (const text of texts) {
      const { message, actions } = await problemIn(text);
      expect([message, ...actions].join(' ')).to.not.match(/soc@acme\.com|secret-|PHNhbWxw/);
    }
  });

  it('goes into a form with three fields and nothing else', () => {
    expect(samlAssertionForm('a+/=').toString()).to.equal(
      'grant_type=assertion&assertion_type=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Aprofiles%3ASSO%3Abrowser&assertion=a%2B%2F%3D'
    );
  });
});
