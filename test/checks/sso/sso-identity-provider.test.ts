import check from '../../../src/checks/sso/sso-identity-provider.ts';
import { describeCheck } from '../describe-check.ts';
import { now } from '../example-facts.ts';
import { identityProvider, orgCertificate, serviceProvider } from '../sso-facts.ts';

const clock = { now, warnDays: 60 };

describeCheck(check, [
  {
    fact: 'passes where Salesforce is no identity provider, and says so',
    given: { identityProvider: identityProvider({ enabled: false, certificate: undefined }), ...clock },
    status: 'pass',
    detail:
      'found      Salesforce is no identity provider\nby         IdentityProvider.enableIdentityProvider is false',
  },
  {
    fact: 'passes with the end of the certificate and what it does for each app',
    given: { identityProvider: identityProvider(), ...clock },
    status: 'pass',
    detail:
      'certificate SAML_Signing ends on 2031-06-01, in 364 days\n' +
      'Wiki: https://wiki.acme.com, assertions go to https://wiki.acme.com/saml/acs, signed by SHA256, not encrypted, its requests must be signed',
  },
  {
    fact: 'says that an app takes unsigned requests and gets encrypted assertions',
    given: {
      identityProvider: identityProvider({
        serviceProviders: [serviceProvider({ requestsSigned: false, encrypted: true, signatures: undefined })],
      }),
      ...clock,
    },
    status: 'pass',
    detail: 'signed by a method that is not shown, encrypted, unsigned requests are taken',
  },
  {
    fact: 'warns where no app uses it, with the setting that switches it off',
    given: { identityProvider: identityProvider({ serviceProviders: [] }), ...clock },
    status: 'warn',
    detail: 'no app of this org uses it, so it can perhaps be switched off',
    data: {
      closedBy: ['IdentityProvider.enableIdentityProvider=false'],
      ends: 'nothing of this org; apps of installed packages with SAML are not seen here, so look for them in Setup > Identity Provider first',
    },
    fix: '--output-dir',
  },
  {
    fact: 'fails on a certificate that has ended',
    given: { identityProvider: identityProvider({ certificates: [orgCertificate({ ends: '2030-01-31' })] }), ...clock },
    status: 'fail',
    detail:
      'certificate SAML_Signing ended on 2030-01-31, 121 days ago; service providers that look at it refuse its logins',
    fix: 'give it to every service provider',
  },
  {
    fact: 'warns of a certificate that ends soon',
    given: { identityProvider: identityProvider({ certificates: [orgCertificate({ ends: '2030-06-03' })] }), ...clock },
    status: 'warn',
    detail: 'ends on 2030-06-03, in 1 day; fewer than 60 days are a warning',
  },
  {
    fact: 'is unknown where the certificate is not shown',
    given: { identityProvider: identityProvider({ certificates: undefined }), ...clock },
    status: 'unknown',
  },
  {
    fact: 'is unknown where the org does not say whether it is one',
    given: { identityProvider: identityProvider({ enabled: undefined }), ...clock },
    status: 'unknown',
    fix: 'look in Setup > Identity Provider',
  },
  {
    fact: 'warns of SHA-1, with the place of a connected app',
    given: {
      identityProvider: identityProvider({ serviceProviders: [serviceProvider({ signatures: 'SHA1' })] }),
      ...clock,
    },
    status: 'warn',
    detail: 'Wiki: assertions are signed by SHA-1',
    fix: 'Setup > App Manager > Wiki > Edit > Web App Settings: Signing Algorithm SHA256',
  },
  {
    fact: 'fails on assertions without TLS, with the place of an external client app',
    given: {
      identityProvider: identityProvider({
        serviceProviders: [serviceProvider({ kind: 'external-client-app', acsUrl: 'http://wiki.acme.com/acs' })],
      }),
      ...clock,
    },
    status: 'fail',
    fix: 'Setup > External Client App Manager > Wiki > Policies > SAML Policies: ACS URL with https',
  },
]);
