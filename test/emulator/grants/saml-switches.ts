import type { OAuthRow } from '../oauth-errors.ts';

type Answer = OAuthRow | 'accept';
type Choice = 'accept' | 'refuse';

/** What the reference leaves open about the two SAML grants (docs/reference/salesforce-oauth.md §4). */
export type SamlSwitches = {
  /** The bearer grant: an audience, a recipient, a time that is not right. What JWT bearer has too is answered as there, by `answers`. */
  samlAudience: Answer;
  samlRecipient: Answer;
  samlNotYetValid: Answer;
  /** The bearer grant for an external client app. */
  samlExternalClientApp: Answer;
  /** The token endpoint as audience, which is in Salesforce's own example though not in its text. */
  samlAudienceTokenEndpoint: Choice;
  /** Signatures by RSA with SHA-1, which older documentation allows beside SHA-256. */
  samlSha1: Choice;
  /** How far the two clocks may be apart. */
  samlGraceSeconds: number;
  /** The assertion grant: how long after its issue an assertion serves, whatever it says itself. */
  samlMaxAgeSeconds: number;
  /** The assertion grant: the same assertion again. */
  samlReplay: Choice;
  /** The assertion grant at the login host, which serves more orgs than one, without `so`. */
  samlWithoutOrgId: Choice;
  /** A response that is signed as a whole, with an assertion in it that is not signed by itself. */
  samlResponseSignature: Choice;
  /** `scope` of the token of the assertion grant, which has no app. */
  samlAssertionScope: string;
  /** `error_uri` of the assertion grant; empty: the page SAML Assertion Validator of the org. */
  samlErrorUri: string;
};

export const samlDefaults = (): SamlSwitches => ({
  samlAudience: 'E4b',
  samlRecipient: 'E3',
  samlNotYetValid: 'E5',
  samlExternalClientApp: 'accept',
  samlAudienceTokenEndpoint: 'accept',
  samlSha1: 'refuse',
  samlGraceSeconds: 180,
  samlMaxAgeSeconds: 300,
  samlReplay: 'refuse',
  samlWithoutOrgId: 'refuse',
  samlResponseSignature: 'accept',
  samlAssertionScope: 'full',
  samlErrorUri: '',
});
