import { labelled } from '../app/detail.ts';
import { defineCheck, pass, unknown, warn } from '../define.ts';
import { closedByAll, closeInOrg, flowDetail } from '../flow/evidence.ts';
import { endsAtLoginHosts, loginHosts, offers } from './my-domain.ts';

const place = 'My Domain > Routing and Policies > Edit';

export default defineCheck({
  id: 'sso-my-domain',
  title: 'people and SOAP clients log in at the My Domain alone',
  why: 'Single sign-on and the policies of the login page belong to the My Domain, and the general login hosts go round them.',
  fix: closeInOrg,
  needs: ['myDomain'],
  reads: 'myDomain',
  judge: ({ myDomain }) => {
    const { host, usersOnly, soapOnly, loginPage } = myDomain;
    const open = loginHosts(myDomain);
    const { detail, data } = flowDetail(
      open.map(({ who }) => `${who} can also log in at the general login hosts`).join(', ') || `only at ${host}`,
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
    const closings = open.map(({ closing }) => closing);
    return warn(detail, { data: { ...data, ...closedByAll(closings, endsAtLoginHosts) } });
  },
});
