import type { KeyObject, X509Certificate } from 'node:crypto';

/** What the assertion of the SAML bearer grant says (RFC 7522 §3, docs/reference/salesforce-oauth.md §4). */
export type SamlClaims = {
  /** `Issuer`: the client id of the app. */
  clientId: string;
  /** `NameID` of the subject: the Salesforce username, which is not the e-mail address. */
  username: string;
  /** `Audience`, verbatim. */
  audience: string;
  /** `Recipient`: the token endpoint that the assertion is sent to. */
  recipient: string;
};

/** The key that signs, and the certificate of the same key that the app holds. */
export type SamlSigner = { privateKey: KeyObject; certificate: X509Certificate };

/** What comes from outside a pure room: a random identifier, which must begin with a letter or `_` (XML's NCName), and this machine's clock. */
export type SamlMoment = { id: string; now: Date };

/** Seconds from `IssueInstant` to `NotOnOrAfter`. */
const samlAssertionLifetime = 180;

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/**
 * Makes the assertion and signs it: enveloped signature, RSA with SHA-256, exclusive canonicalisation, the certificate in `KeyInfo`.
 * The elements are those of Salesforce's own example, without white space between them.
 *
 * @param signer a pair that belongs together: that is not checked here
 * @returns the XML in base64url (RFC 4648 §5) without padding, as the `assertion` parameter takes it; a secret until it has expired
 */
export async function signSamlAssertion(
  claims: SamlClaims,
  { privateKey, certificate }: SamlSigner,
  { id, now }: SamlMoment
): Promise<string> {
  const { SignedXml } = await import('xml-crypto');
  const signing = new SignedXml({
    privateKey,
    publicCert: certificate.toString(),
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
  });
  signing.addReference({
    xpath: '/*',
    uri: `#${id}`,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
  });
  const afterIssuer = { reference: '/*/*[local-name(.)="Issuer"]', action: 'after' } as const;
  signing.computeSignature(assertionXml(claims, id, now), { prefix: 'ds', location: afterIssuer });
  return Buffer.from(signing.getSignedXml()).toString('base64url');
}

function assertionXml({ clientId, username, audience, recipient }: SamlClaims, id: string, now: Date): string {
  const instant = now.toISOString();
  const end = new Date(now.getTime() + samlAssertionLifetime * 1000).toISOString();
  return [
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    ` ID="${id}" IssueInstant="${instant}" Version="2.0">`,
    `<saml:Issuer>${escaped(clientId)}</saml:Issuer>`,
    '<saml:Subject>',
    '<saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">',
    `${escaped(username)}</saml:NameID>`,
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${escaped(recipient)}"/>`,
    '</saml:SubjectConfirmation>',
    '</saml:Subject>',
    `<saml:Conditions NotBefore="${instant}" NotOnOrAfter="${end}">`,
    `<saml:AudienceRestriction><saml:Audience>${escaped(audience)}</saml:Audience></saml:AudienceRestriction>`,
    '</saml:Conditions>',
    `<saml:AuthnStatement AuthnInstant="${instant}">`,
    '<saml:AuthnContext>',
    '<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef>',
    '</saml:AuthnContext>',
    '</saml:AuthnStatement>',
    '</saml:Assertion>',
  ].join('');
}

/** Any text as a value of an element or of an attribute; white space by number, since XML changes it otherwise (XML 1.0 §2.11, §3.3.3). */
const escaped = (value: string): string =>
  value.replace(/[&<>"'\t\n\r]/g, (character) => `&#${String(character.charCodeAt(0))};`);

/** The form body of the grant: exactly these two fields (docs/reference/salesforce-oauth.md §4). */
export const samlBearerForm = (assertion: string): URLSearchParams =>
  new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion });
