import check from '../../../src/checks/app/app-scopes.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appScopes, connectedApp } from '../example-facts.ts';

const given = (...scopes: string[]) => ({ app: app(), appScopes: appScopes(...scopes) });

describeCheck(check, [
  {
    fact: 'passes with the three of the guide',
    given: given('api', 'web', 'refresh_token'),
    status: 'pass',
    detail: /^found {6}api, web, refresh_token\nwanted {5}api, web, refresh_token\nin Setup [^\n]+$/,
    data: { found: 'api, web, refresh_token', missing: [] },
  },
  { fact: 'passes with more than these', given: given('openid', 'web', 'api', 'refresh_token'), status: 'pass' },
  { fact: 'passes with offline_access, the other name', given: given('api', 'web', 'offline_access'), status: 'pass' },
  {
    fact: 'passes with full in place of api and web, and says what that leaves open',
    given: given('full', 'refresh_token'),
    status: 'pass',
    detail: /full includes api and web\.\npossibly {3}client credentials fail with "no valid scopes defined"/,
  },
  {
    fact: 'passes with full beside api and web without another word',
    given: given('full', 'api', 'web', 'refresh_token'),
    status: 'pass',
    detail: /^(?![^]*possibly)/,
  },
  { fact: 'passes with a connected app', given: { ...given(), app: connectedApp() }, status: 'pass' },
  {
    fact: 'fails without api',
    given: given('web', 'refresh_token'),
    status: 'fail',
    detail: 'missing    api',
    data: { missing: ['api'] },
    fix: 'sf aquila app create --target-org <admin> --name <app>',
  },
  { fact: 'fails without web', given: given('api', 'refresh_token'), status: 'fail', detail: 'missing    web' },
  {
    fact: 'fails without refresh_token',
    given: given('api', 'web'),
    status: 'fail',
    detail: 'missing    refresh_token',
  },
  {
    fact: 'fails with full alone, which never includes refresh_token',
    given: given('full'),
    status: 'fail',
    detail: 'missing    refresh_token\n',
  },
  {
    fact: 'fails without any',
    given: { app: app(), appScopes: { scopes: [] } },
    status: 'fail',
    detail: /^found {6}none\n[^]*missing {4}api, web, refresh_token$/,
  },
  {
    fact: 'fails with a connected app, and names the scopes as Setup does',
    given: { app: connectedApp(), appScopes: appScopes('api') },
    status: 'fail',
    fix: 'Selected OAuth Scopes: add "Manage user data via Web browsers (web)" and "Perform requests at any time (refresh_token, offline_access)"',
  },
]);
