import check from '../../../src/checks/sso/sso-service-provider.ts';
import { describeCheck } from '../describe-check.ts';
import { now } from '../example-facts.ts';
import { certificateBody, orgCertificate, samlLogins } from '../sso-facts.ts';

const clock = { now, warnDays: 60 };
const edit = 'Setup > Single Sign-On Settings > Acme IdP > Edit > ';

describeCheck(check, [
  {
    fact: 'passes with what it looked at: issuer, audience, both certificates with their end, and who makes users',
    given: { samlLogins: samlLogins(), ...clock },
    status: 'pass',
    detail:
      /^found {6}SAML logins by 1 identity provider\n[^]*Acme IdP: its certificate C=PH, O=Acme, CN=AQUILA \(rsa2048\) ends on 2126-10-28, in \d+ days; requests are signed; certificate SAML_Signing ends on 2031-06-01, in 364 days; by RSA-SHA256; assertions are not encrypted\nAcme IdP: no users are made by logins/,
    data: { providers: ['Acme IdP'], remarks: [] },
  },
  {
    fact: 'passes where there is no identity provider, and says so',
    given: { samlLogins: samlLogins({}, { providers: [], enabled: undefined }), ...clock },
    status: 'pass',
    detail: 'found      no identity provider',
  },
  {
    fact: 'passes where SAML is off, whatever is set up',
    given: { samlLogins: samlLogins({ requestCertificateId: undefined }, { enabled: false }), ...clock },
    status: 'pass',
    detail: 'SAML is off, for 1 identity provider',
  },
  {
    fact: 'is unknown where the org does not say whether SAML is on',
    given: { samlLogins: samlLogins({}, { enabled: undefined }), ...clock },
    status: 'unknown',
  },
  {
    fact: "fails on a provider's certificate that has ended, and is not certain what Salesforce makes of it",
    given: { samlLogins: samlLogins({ certificate: certificateBody('chains/leaf-expired.crt') }), ...clock },
    status: 'fail',
    detail:
      /its certificate .* ended on 2025-12-31, \d+ days ago; whether Salesforce still takes what it signed is not certain\nby /,
    fix: `${edit}Identity Provider Certificate`,
  },
  {
    fact: 'fails on a certificate that can not be read',
    given: { samlLogins: samlLogins({ certificate: 'MIIBroken' }), ...clock },
    status: 'fail',
    detail: 'Acme IdP: its certificate can not be read',
  },
  {
    fact: "fails on the day on which the org's certificate ends",
    given: { samlLogins: samlLogins({}, { certificates: [orgCertificate({ ends: '2030-06-01' })] }), ...clock },
    status: 'fail',
    detail: 'certificate SAML_Signing ended on 2030-06-01, today',
  },
  {
    fact: "warns of an org's certificate within the days that were asked for",
    given: { samlLogins: samlLogins({}, { certificates: [orgCertificate({ ends: '2030-07-01' })] }), ...clock },
    status: 'warn',
    detail: 'certificate SAML_Signing ends on 2030-07-01, in 29 days; fewer than 60 days are a warning',
    fix: `Setup > Certificate and Key Management: make a new one; then ${edit}Request Signing Certificate`,
  },
  {
    fact: 'passes with as many days as were asked for',
    given: {
      samlLogins: samlLogins({}, { certificates: [orgCertificate({ ends: '2030-07-01' })] }),
      ...clock,
      warnDays: 29,
    },
    status: 'pass',
  },
  {
    fact: 'fails on a certificate that waits for its authority',
    given: { samlLogins: samlLogins({}, { certificates: [orgCertificate({ ends: undefined })] }), ...clock },
    status: 'fail',
    detail: 'certificate SAML_Signing waits for what its authority signs',
  },
  {
    fact: 'is unknown where the org does not show its certificates, and names the permission',
    given: { samlLogins: samlLogins({}, { certificates: undefined }), ...clock },
    status: 'unknown',
    fix: 'the permission "View Setup and Configuration"',
  },
  {
    fact: 'takes an id of 15 characters for the one of 18',
    given: { samlLogins: samlLogins({ requestCertificateId: '0P15g0000000001' }), ...clock },
    status: 'pass',
  },
  {
    fact: 'warns of requests that are not signed',
    given: { samlLogins: samlLogins({ requestCertificateId: undefined }), ...clock },
    status: 'warn',
    detail: /^found {6}SAML logins by 1 identity provider\n {11}Acme IdP: requests are not signed\nby /,
    fix: `${edit}Request Signing Certificate`,
  },
  {
    fact: 'asks for no signature where the org sends no requests',
    given: { samlLogins: samlLogins({ requestCertificateId: undefined, loginUrl: undefined }), ...clock },
    status: 'pass',
    detail: 'without a login URL, to which the org would send requests',
  },
  {
    fact: 'warns of SHA-1 as method and as digest',
    given: { samlLogins: samlLogins({ signatureMethod: 'RSA-SHA1', sha1Digests: true }), ...clock },
    status: 'warn',
    detail: 'requests are signed by RSA-SHA1 with SHA-1 digests',
    fix: 'RSA-SHA256',
  },
  {
    fact: 'warns of SHA-1 digests under RSA-SHA256',
    given: { samlLogins: samlLogins({ sha1Digests: true }), ...clock },
    status: 'warn',
    detail: 'requests are signed by RSA-SHA256 with SHA-1 digests',
  },
  {
    fact: 'warns of the audience that is no name of this org',
    given: { samlLogins: samlLogins({ entityId: 'https://saml.salesforce.com' }), ...clock },
    status: 'warn',
    detail: 'its audience https://saml.salesforce.com does not tell this org from another',
  },
  {
    fact: 'warns of SAML 1.1',
    given: { samlLogins: samlLogins({ version: 'SAML1_1' }), ...clock },
    status: 'warn',
    fix: `${edit}SAML Version: 2.0`,
  },
  {
    fact: 'warns of standard provisioning, which takes the profile from the assertion',
    given: { samlLogins: samlLogins({ provisioning: { handler: undefined, runsAs: undefined } }), ...clock },
    status: 'warn',
    detail: 'whoever controls it makes users with any profile',
  },
  {
    fact: 'passes with a handler, and names class and user',
    given: { samlLogins: samlLogins({ provisioning: { handler: 'AcmeJit', runsAs: 'jit@acme.com' } }), ...clock },
    status: 'pass',
    detail: 'as the Apex class AcmeJit says, which runs as jit@acme.com',
  },
  {
    fact: 'watches the certificate that assertions are encrypted for',
    given: {
      samlLogins: samlLogins(
        { decryptionCertificate: 'Decrypt' },
        {
          certificates: [
            orgCertificate(),
            orgCertificate({ id: '0P15g0000000002AAA', name: 'Decrypt', ends: '2030-05-01' }),
          ],
        }
      ),
      ...clock,
    },
    status: 'fail',
    detail: 'assertions are encrypted; certificate Decrypt ended on 2030-05-01, 31 days ago',
  },
  {
    fact: 'gives every fix once, and the worst status for all',
    given: {
      samlLogins: samlLogins({
        requestCertificateId: undefined,
        certificate: certificateBody('chains/leaf-expired.crt'),
      }),
      ...clock,
    },
    status: 'fail',
    detail: /ended on 2025-12-31[^\n]*\n {11}Acme IdP: requests are not signed\nby /,
    fix: `\n${edit}Request Signing Certificate`,
  },
]);
