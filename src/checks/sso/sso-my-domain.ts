import { labelled } from '../app/detail.ts';
import { defineCheck, pass, unknown, warn } from '../define.ts';
import { closedByAll, closeInOrg, flowDetail } from '../flow/evidence.ts';
import type { MyDomain } from '../sso-facts.ts';

const place = 'My Domain > Routing and Policies > Edit';
const ends =
  'logins at https://login.salesforce.com (sandbox: https://test.salesforce.com) of people and of SOAP clients; in a sandbox also the ' +
  'action Log In of the page Sandboxes; perhaps the login of AQUILA, where its Audience URL is one of these hosts: give it the My Domain first';

export default defineCheck({
  id: 'sso-my-domain',
  title: 'people and SOAP clients log in at the My Domain alone',
  why: 'Single sign-on and the policies of the login page belong to the My Domain, and the general login hosts go round them.',
  fix: closeInOrg,
  needs: ['myDomain'],
  reads: 'myDomain',
  judge: ({ myDomain: { host, usersOnly, soapOnly, loginPage } }) => {
    const open = [
      ...(usersOnly === true ? [] : ['people can also log in at the general login hosts']),
      ...(soapOnly === true ? [] : ['SOAP clients can also log in at the general login hosts']),
    ];
    const { detail, data } = flowDetail(
      open.length === 0 ? `only at ${host}` : open.join(', '),
      {
        'MyDomain.canOnlyLoginWithMyDomainUrl': usersOnly ?? null,
        'MyDomain.doesApiLoginRequireOrgDomain': soapOnly ?? null,
      },
      place,
      labelled('login page', offers(loginPage)),
      `AQUILA logs in by OAuth. With the Audience URL https://${host} this does not touch it; with that of a general login host it may.`
    );
    if (open.length === 0) return pass(detail, { data });
    if (usersOnly === undefined || soapOnly === undefined)
      return unknown(detail, { data, fix: `look in Setup > ${place}` });
    const closing = [
      ...(usersOnly ? [] : [{ member: 'MyDomain', element: 'canOnlyLoginWithMyDomainUrl', to: 'true' } as const]),
      ...(soapOnly ? [] : [{ member: 'MyDomain', element: 'doesApiLoginRequireOrgDomain', to: 'true' } as const]),
    ];
    return warn(detail, { data: { ...data, ...closedByAll(closing, ends) } });
  },
});

function offers(page: MyDomain['loginPage']): string {
  if (page === undefined) return 'not shown';
  const ways = [
    ...(page.password ? ['username and password'] : []),
    ...(page.saml ? ['SAML'] : []),
    ...(page.authProviders ? ['other providers'] : []),
    ...(page.certificate ? ['a certificate'] : []),
  ];
  return ways.length === 0 ? 'offers nothing' : `offers ${ways.join(', ')}`;
}
