import check from '../../../src/checks/sso/sso-idp-initiated.ts';
import { describeCheck } from '../describe-check.ts';
import { canvasApp, samlLogins } from '../sso-facts.ts';

const none = samlLogins({}, { providers: [], enabled: false });

describeCheck(check, [
  {
    fact: 'passes where nobody signs on by SAML',
    given: { canvasApps: [], samlLogins: none },
    status: 'pass',
    detail: 'found      every login by SAML can begin with a request',
  },
  {
    fact: 'passes where canvas apps ask and providers can be asked, and says what no setting can do',
    given: { canvasApps: [canvasApp('SpInitiated'), canvasApp('None', { app: 'Notes' })], samlLogins: samlLogins() },
    status: 'pass',
    detail: /Dashboard\.samlInitiationMethod is SpInitiated\n[^]*Salesforce documents no setting with which/,
  },
  {
    fact: 'warns of a canvas app that is sent an assertion',
    given: { canvasApps: [canvasApp('IdpInitiated')], samlLogins: none },
    status: 'warn',
    detail: 'Dashboard: Salesforce posts an assertion to https://canvas.acme.com that the canvas app did not ask for',
    fix: 'Setup > App Manager > Dashboard > Edit > Canvas App Settings > SAML Initiation Method: Service Provider Initiated',
    data: { canvasApps: ['Dashboard'], 'Dashboard.samlInitiationMethod': 'IdpInitiated' },
  },
  {
    fact: 'knows the place of an external client app',
    given: { canvasApps: [canvasApp('IdpInitiated', { kind: 'external-client-app' })], samlLogins: none },
    status: 'warn',
    fix: 'Setup > External Client App Manager > Dashboard > Settings > Canvas',
  },
  {
    fact: 'warns of a provider that can not be asked',
    given: { canvasApps: [], samlLogins: samlLogins({ loginUrl: undefined }) },
    status: 'warn',
    detail: 'Acme IdP: without a login URL the org has nowhere to send a request',
    fix: 'Setup > Single Sign-On Settings > Acme IdP > Edit > Identity Provider Login URL',
  },
  {
    fact: 'passes on such a provider while SAML is off',
    given: { canvasApps: [], samlLogins: samlLogins({ loginUrl: undefined }, { enabled: false }) },
    status: 'pass',
  },
]);
