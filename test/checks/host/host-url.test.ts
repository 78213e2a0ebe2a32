import check from '../../../src/checks/host/host-url.ts';
import { describeCheck } from '../describe-check.ts';
import { login } from '../example-facts.ts';

const audience = (jwtAudience: string) => ({ login: login({ jwtAudience }) });

describeCheck(check, [
  { fact: 'passes with a My Domain', given: audience('https://acme.my.salesforce.com'), status: 'pass' },
  { fact: 'passes with the path of a site', given: audience('https://site.force.com/customers'), status: 'pass' },
  {
    fact: 'passes with the loginUrl of stock sf, whose slash is not handed over',
    given: { login: login({ jwtAudience: undefined, loginUrl: 'https://acme.my.salesforce.com/' }) },
    status: 'pass',
  },
  {
    fact: 'warns with login.salesforce.com, which external client apps can not use',
    given: audience('https://login.salesforce.com'),
    status: 'warn',
    detail: 'an external client app logs in only through the My Domain',
  },
  { fact: 'warns with test.salesforce.com', given: audience('https://test.salesforce.com'), status: 'warn' },
  {
    fact: 'does not warn with a host that merely ends like it',
    given: audience('https://my-login.salesforce.com'),
    status: 'pass',
  },
  {
    fact: 'fails with a slash at the end, and shows what the collector would ask',
    given: audience('https://acme.my.salesforce.com/'),
    status: 'fail',
    detail: 'https://acme.my.salesforce.com//services/oauth2/token',
  },
  {
    fact: 'fails with http',
    given: audience('http://acme.my.salesforce.com'),
    status: 'fail',
    detail: 'not an https address',
  },
  {
    fact: 'fails with a Lightning address',
    given: audience('https://acme.lightning.force.com'),
    status: 'fail',
    detail: 'Lightning',
  },
  {
    fact: 'fails with an address of Setup',
    given: audience('https://acme.my.salesforce-setup.com'),
    status: 'fail',
    detail: 'Setup',
  },
  { fact: 'fails with no address at all', given: audience('acme org'), status: 'fail', detail: 'not a web address' },
  {
    fact: 'fails without a scheme, and shows the right form',
    given: audience('acme.my.salesforce.com'),
    status: 'fail',
    detail: 'should be written https://acme.my.salesforce.com',
  },
  {
    fact: 'leaves a missing audience to handover-complete',
    given: { login: login({ jwtAudience: undefined, loginUrl: undefined }) },
    status: 'skip',
    blockedBy: 'handover-complete',
  },
]);
