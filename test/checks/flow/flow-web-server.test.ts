import type { OrgOauth } from '../../../src/app/org-settings.ts';
import type { AppFlows } from '../../../src/app/settings.ts';
import check from '../../../src/checks/flow/flow-web-server.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appFlows, appOauth, connectedApp } from '../example-facts.ts';
import { flowLogins, orgOauth } from '../flow-facts.ts';

const given = (flows: Partial<AppFlows>, org: Partial<OrgOauth> = {}, header = app()) => ({
  app: header,
  appOauth: appOauth({ flows: appFlows(flows) }),
  orgOauth: orgOauth(org),
  flowLogins: flowLogins({ 'web-server': { logins: 3, users: 2 } }),
});
const closesPkce = ['OauthOidc.isPkceRequired=true'];

describeCheck(check, [
  {
    fact: 'passes where the org requires PKCE, though the app does not',
    given: given({ pkceRequired: false }),
    status: 'pass',
    detail: 'OauthOidc.isPkceRequired is true\n',
  },
  {
    fact: 'passes where the app requires PKCE, though the org does not',
    given: given({}, { pkceRequired: false }),
    status: 'pass',
    data: { 'OauthOidc.isPkceRequired': false, isPkceRequired: true },
  },
  {
    fact: 'warns where neither requires PKCE, and tells what would end with it',
    given: given({ pkceRequired: false }, { pkceRequired: false }),
    status: 'warn',
    detail: /^found {6}PKCE is not required\n[^]*in use {5}3 logins by 2 users [^]*no code challenge would be refused/,
    data: { closedBy: closesPkce },
    fix: 'for all apps: sf aquila audit --target-org <admin> --name <app> --output-dir',
  },
  {
    fact: 'mends the app alone first, which ends no login of other apps',
    given: given({ pkceRequired: false }, { pkceRequired: false }),
    status: 'warn',
    fix: 'for this app alone: Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Security: require PKCE\n',
  },
  {
    fact: 'mends a connected app alone in Setup',
    given: given({ pkceRequired: false }, { pkceRequired: false }, connectedApp()),
    status: 'warn',
    fix: 'for this app alone: Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings): require PKCE\n',
  },
  {
    fact: 'is unknown where the app does not require PKCE and the org does not say',
    given: given({ pkceRequired: false }, { pkceRequired: undefined }),
    status: 'unknown',
    detail: 'OauthOidc.isPkceRequired is not shown',
  },
  {
    fact: 'warns where the secret is optional, with the place in Setup and nothing that the org could close',
    given: given({ secretOptional: true }, { pkceRequired: false }),
    status: 'warn',
    detail: 'found      the client secret is optional\n',
    fix: 'Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Security: select "Require Secret',
  },
  {
    fact: 'warns where the app takes passwords for codes and the org lets it',
    given: given({ codeCredentials: true }, { codeCredentials: true }, connectedApp()),
    status: 'warn',
    detail: 'isCodeCredentialEnabled is true',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings): clear',
  },
  {
    fact: 'passes where the app takes passwords for codes and the org does not let it',
    given: given({ codeCredentials: true }, { codeCredentials: false }),
    status: 'pass',
  },
  {
    fact: 'warns of both with both ways to mend them',
    given: given({ pkceRequired: false, secretOptional: true }, { pkceRequired: false }),
    status: 'warn',
    detail: 'PKCE is not required; the client secret is optional',
    data: { closedBy: closesPkce },
    fix: '"Require Secret for Web Server Flow"',
  },
]);
