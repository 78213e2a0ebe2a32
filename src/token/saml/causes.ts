import { bringUpToDate } from '../setup-places.ts';

/** Names of the causes that only the two SAML grants know. */
export type SamlCauseId =
  'digital-signatures-off' | 'kind-of-app' | 'saml-provider' | 'saml-recipient' | 'saml-response-spent' | 'saml-user';

const signOn = 'Setup > Single Sign-On Settings';

/** Causes of docs/reference/salesforce-oauth.md §4, in the form of those of §1.4. `sure: false` marks what is inferred. */
export const samlCauses = {
  signaturesOff: {
    id: 'digital-signatures-off',
    text: 'the app has no certificate, or takes no signed assertions: "Use digital signatures" of a connected app, "Enable JWT Bearer Flow" of an external client app',
    fix: `${bringUpToDate} --certificate-file <certificate>`,
    sure: true,
  },
  externalApp: {
    id: 'kind-of-app',
    text: 'the app is an external client app: Salesforce documents this grant for connected apps alone',
    fix: 'use the grant jwt-bearer, which needs the same key and the same approval',
    sure: false,
  },
  provider: {
    id: 'saml-provider',
    text: 'the org has no SAML configuration with the issuer, the certificate and the entity ID (audience) of this response',
    fix: `${signOn}: compare them with the response; the SAML Assertion Validator there names what differs`,
    sure: true,
  },
  recipient: {
    id: 'saml-recipient',
    text: 'the response is for another recipient than the OAuth 2.0 Token Endpoint or the Login URL of the org',
    fix: `${signOn} > the configuration > Endpoints: give the identity provider one of these addresses`,
    sure: true,
  },
  spent: {
    id: 'saml-response-spent',
    text: 'the response is some minutes old, or was used before',
    fix: 'get a new response from the identity provider and use it at once',
    sure: true,
  },
  user: {
    id: 'saml-user',
    text: 'no active user of the org has the username, federation ID or user ID that the response names',
    fix: `${signOn} > the configuration: see "SAML Identity Type", then compare with Setup > Users > the user`,
    sure: true,
  },
} as const satisfies Record<string, { id: SamlCauseId; text: string; fix: string; sure: boolean }>;
