import check from '../../../src/checks/flow/flow-jwt-bearer.ts';
import type { AppPolicy } from '../../../src/app/settings.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, appPolicy, appScopes, appState, connectedApp } from '../example-facts.ts';

const given = (policy: Partial<AppPolicy> = {}, scopes: string[] = [], certificate?: string, header = app()) => ({
  app: header,
  appState: appState(),
  appOauth: appOauth(certificate === undefined ? {} : { certificate: certificate || undefined }),
  appScopes: appScopes(...scopes),
  appPolicy: appPolicy(policy),
});
const create = 'sf aquila app create --target-org <admin> --name <app>';

describeCheck(check, [
  {
    fact: 'passes with certificate, scopes and approved users',
    given: given(),
    status: 'pass',
    detail:
      /^found {6}open, for users whom an admin has approved\nby {9}certificate is there\n {11}scopes is api, web, refresh_token\n/,
    data: { 'permitted users': 'admin-approved', 'IP relaxation': 'enforce' },
  },
  {
    fact: 'passes where only a refresh may come from elsewhere, because there is none',
    given: given({ ipRelaxation: 'relax-refresh' }),
    status: 'pass',
  },
  {
    fact: 'is unknown where the org does not show the IP policy, with the place in Setup',
    given: given({ ipRelaxation: undefined }),
    status: 'unknown',
    fix: 'Policies > OAuth Policies > App Authorization > IP Relaxation',
    detail: 'IP relaxation is not shown',
  },
  {
    fact: 'fails where users approve the app themselves',
    given: given({ permittedUsers: 'self-authorize' }),
    status: 'fail',
    detail: 'in a browser, which the collector does not have',
    fix: create,
  },
  {
    fact: 'fails without a scope of the guide, and names it',
    given: given({}, ['api', 'web']),
    status: 'fail',
    detail: 'scopes are missing: refresh_token\n',
    fix: create,
  },
  {
    fact: 'fails with the place in Setup for a connected app',
    given: given({}, ['api', 'refresh_token'], undefined, connectedApp()),
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Selected OAuth Scopes: add "Manage user data via Web',
  },
  {
    fact: 'warns where login IP ranges do not hold',
    given: given({ ipRelaxation: 'bypass' }),
    status: 'warn',
    detail: 'IP relaxation is bypass',
    fix: 'IP Relaxation: choose "Enforce IP restrictions"',
  },
  {
    fact: 'warns where another factor takes the place of the ranges',
    given: given({ ipRelaxation: 'second-factor' }),
    status: 'warn',
  },
  {
    fact: 'warns with the scope full',
    given: given({}, ['full', 'refresh_token']),
    status: 'warn',
    detail: 'the scope full opens more',
    fix: 'take away "Full access (full)"',
  },
  {
    fact: 'is unknown where the org shows no certificate',
    given: given({}, [], ''),
    status: 'unknown',
    detail: 'certificate is not shown',
    fix: 'find out by a login: sf aquila login',
  },
  {
    fact: 'fails with two defects and both ways to mend them',
    given: given({ permittedUsers: 'self-authorize', ipRelaxation: 'bypass' }),
    status: 'fail',
    detail: 'does not have; login IP ranges do not hold',
    fix: `${create}\nSetup > `,
  },
  {
    fact: 'leaves an app that is off to the check of that',
    given: { ...given(), appState: appState({ enabled: false }) },
    status: 'skip',
    blockedBy: 'app-enabled',
  },
]);
