import check from '../../../src/checks/flow/flow-saml-assertion.ts';
import type { SamlLogins } from '../../../src/checks/sso-facts.ts';
import { describeCheck } from '../describe-check.ts';

const provider = (name: string) => ({ name }) as SamlLogins['providers'][number];
const given = (enabled: boolean | undefined, ...names: string[]) => ({
  samlLogins: { enabled, providers: names.map(provider), certificates: [] },
});

describeCheck(check, [
  {
    fact: 'passes without an identity provider',
    given: given(true),
    status: 'pass',
    detail: 'trusts no identity provider',
  },
  {
    fact: 'passes where SAML is off',
    given: given(false, 'Acme IdP'),
    status: 'pass',
    detail: 'found      SAML is off',
  },
  {
    fact: 'warns of each identity provider, and says that no switch closes the flow alone',
    given: given(true, 'Acme IdP', 'Old IdP'),
    status: 'warn',
    detail: 'open to assertions of Acme IdP, Old IdP\n',
    data: { 'identity providers': 'Acme IdP, Old IdP' },
    fix: 'no switch that is known to close this flow alone',
  },
  {
    fact: 'warns where the org does not say whether SAML is on',
    given: given(undefined, 'Acme IdP'),
    status: 'warn',
    detail: 'enableSamlLogin is not shown',
  },
]);
