import type { Closing } from '../../app/org-settings.ts';
import type { MyDomain } from '../sso-facts.ts';

/** What ends once nobody gets in at the general login hosts. */
export const endsAtLoginHosts =
  'logins at https://login.salesforce.com (sandbox: https://test.salesforce.com) of people and of SOAP clients; in a sandbox also the ' +
  'action Log In of the page Sandboxes; perhaps the login of AQUILA, where its Audience URL is one of these hosts: give it the My Domain first';

/** Who gets in at the general login hosts, as far as the org shows it, and which settings keep them out. */
export function loginHosts({ usersOnly, soapOnly }: MyDomain): Array<{ who: string; closing: Closing }> {
  const people: Closing = { member: 'MyDomain', element: 'canOnlyLoginWithMyDomainUrl', to: 'true' };
  const programs: Closing = { member: 'MyDomain', element: 'doesApiLoginRequireOrgDomain', to: 'true' };
  return [
    ...(usersOnly === true ? [] : [{ who: 'people', closing: people }]),
    ...(soapOnly === true ? [] : [{ who: 'SOAP clients', closing: programs }]),
  ];
}

/** The ways in that the login page of the My Domain has, as words. */
export function offers(page: MyDomain['loginPage']): string {
  if (page === undefined) return 'not shown';
  const ways = [
    ...(page.password ? ['username and password'] : []),
    ...(page.saml ? ['SAML'] : []),
    ...(page.authProviders ? ['other providers'] : []),
    ...(page.certificate ? ['a certificate'] : []),
  ];
  return ways.length === 0 ? 'offers nothing' : `offers ${ways.join(', ')}`;
}
