import check from '../../../src/checks/sso/sso-my-domain.ts';
import { describeCheck } from '../describe-check.ts';
import { myDomain } from '../sso-facts.ts';

const soap = 'MyDomain.doesApiLoginRequireOrgDomain';

describeCheck(check, [
  {
    fact: 'passes where the general login hosts are shut for people and for SOAP',
    given: { myDomain: myDomain() },
    status: 'pass',
    detail: 'found      only at acme.my.salesforce.com\nby         MyDomain.canOnlyLoginWithMyDomainUrl is true\n',
  },
  {
    fact: 'warns of both, with the settings that close them and what they end',
    given: { myDomain: myDomain({ usersOnly: false, soapOnly: false }) },
    status: 'warn',
    detail: 'people can also log in at the general login hosts, SOAP clients',
    data: { closedBy: ['MyDomain.canOnlyLoginWithMyDomainUrl=true', `${soap}=true`] },
  },
  {
    fact: 'closes only what is open',
    given: { myDomain: myDomain({ soapOnly: false }) },
    status: 'warn',
    data: { closedBy: [`${soap}=true`], [soap]: false },
  },
  {
    fact: 'says what the login page offers, and whether AQUILA is touched',
    given: {
      myDomain: myDomain({ loginPage: { password: false, saml: true, authProviders: true, certificate: true } }),
    },
    status: 'pass',
    detail:
      /login page offers SAML, other providers, a certificate\nAQUILA .* https:\/\/acme\.my\.salesforce\.com this does not touch it/,
  },
  {
    fact: 'passes on a login page that offers nothing, which only a stranger would think of',
    given: {
      myDomain: myDomain({ loginPage: { password: false, saml: false, authProviders: false, certificate: false } }),
    },
    status: 'pass',
    detail: 'login page offers nothing',
  },
  {
    fact: 'is unknown where the org does not return a setting',
    given: { myDomain: myDomain({ usersOnly: undefined, loginPage: undefined }) },
    status: 'unknown',
    detail: 'MyDomain.canOnlyLoginWithMyDomainUrl is not shown',
    fix: 'look in Setup > My Domain > Routing and Policies',
  },
]);
