import { SignedXml } from 'xml-crypto';
import { example } from './example.ts';
import { fixture } from './test-client.ts';

/** What an assertion made for a test says; times in milliseconds. */
export type Says = {
  id: string;
  issuer: string;
  nameId: string;
  audience: string;
  recipient: string;
  issuedAt: number;
  notBefore: number;
  notOnOrAfter: number;
  attributes: Record<string, string>;
};

const iso = (time: number): string => new Date(time).toISOString();

/** An assertion that is not signed. */
export function assertionXml(says: Says): string {
  const attributes = Object.entries(says.attributes).map(
    ([name, value]) => `<Attribute Name="${name}"><AttributeValue>${value}</AttributeValue></Attribute>`
  );
  return `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID="${says.id}" IssueInstant="${iso(says.issuedAt)}">
  <Issuer>${says.issuer}</Issuer>
  <Subject>
    <NameID>${says.nameId}</NameID>
    <SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
      <SubjectConfirmationData Recipient="${says.recipient}" NotOnOrAfter="${iso(says.notOnOrAfter)}"/>
    </SubjectConfirmation>
  </Subject>
  <Conditions NotBefore="${iso(says.notBefore)}" NotOnOrAfter="${iso(says.notOnOrAfter)}">
    <AudienceRestriction><Audience>${says.audience}</Audience></AudienceRestriction>
  </Conditions>
  ${attributes.length === 0 ? '' : `<AttributeStatement>${attributes.join('')}</AttributeStatement>`}
</Assertion>`;
}

/** A response around an assertion, as an identity provider posts it through a browser. */
export const responseXml = (assertion: string, issuer: string, status = 'Success'): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" IssueInstant="${iso(Date.now())}">
<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>
${assertion}
</samlp:Response>`;

export type Signing = {
  key: string;
  signature: string;
  digest: string;
  canonicalization: string;
  /** Certificate for KeyInfo; empty: none. */
  certificate: string;
};

/** Signs the element with this identifier, behind its issuer. */
export function signXml(xml: string, id: string, changes: Partial<Signing> = {}): string {
  const { key, signature, digest, canonicalization, certificate } = {
    key: 'rsa2048.key',
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
    canonicalization: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    certificate: '',
    ...changes,
  };
  const signing = new SignedXml({
    ...{ privateKey: fixture(key), signatureAlgorithm: signature, canonicalizationAlgorithm: canonicalization },
    ...(certificate !== '' && { publicCert: fixture(certificate) }),
  });
  const element = `//*[@ID="${id}"]`;
  const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', canonicalization];
  signing.addReference({ xpath: element, digestAlgorithm: digest, transforms });
  signing.computeSignature(xml, { location: { reference: `${element}/*[local-name(.)="Issuer"]`, action: 'after' } });
  return signing.getSignedXml();
}

/** What a right client says to an org: the app as issuer, the org's My Domain as audience, its token endpoint as recipient. */
export function rightSays({ myDomainUrl }: { myDomainUrl: string }): Says {
  const now = Date.now();
  return {
    id: `_${String(now)}${String(process.hrtime.bigint())}`,
    issuer: example.clientId,
    nameId: example.username,
    audience: myDomainUrl,
    recipient: `${myDomainUrl}/services/oauth2/token`,
    issuedAt: now,
    notBefore: now,
    notOnOrAfter: now + 180_000,
    attributes: {},
  };
}
