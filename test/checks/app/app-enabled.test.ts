import check from '../../../src/checks/app/app-enabled.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appState, connectedApp } from '../example-facts.ts';

describeCheck(check, [
  {
    fact: 'passes when the app and its OAuth plugin are on',
    given: { app: app(), appState: appState() },
    status: 'pass',
    detail: 'found      app enabled, OAuth on',
  },
  {
    fact: 'fails when the app is disabled',
    given: { app: app(), appState: appState({ enabled: false }) },
    status: 'fail',
    detail:
      'found      app disabled, OAuth on\nwanted     app enabled, OAuth on\n' +
      'in Setup   External Client App Manager > AQUILA > Policies',
    fix: 'sf aquila app create --target-org <admin> --name <app>',
  },
  {
    fact: 'fails when OAuth is off',
    given: { app: app(), appState: appState({ oauth: false }) },
    status: 'fail',
    detail: /found {6}app enabled, OAuth off\n[^]*Settings > OAuth Settings > Enable OAuth$/,
    data: { found: 'app enabled, OAuth off', wanted: 'app enabled, OAuth on' },
  },
  {
    fact: 'fails when both are off, and names the app itself first',
    given: { app: app(), appState: appState({ enabled: false, oauth: false }) },
    status: 'fail',
    detail: /found {6}app disabled, OAuth off\n[^]*> Policies$/,
  },
  {
    fact: 'passes with a connected app that has OAuth settings, whatever a switch says that this kind does not have',
    given: { app: connectedApp(), appState: appState({ enabled: false }) },
    status: 'pass',
    detail: 'found      OAuth on\nwanted     OAuth on',
  },
  {
    fact: 'fails with a connected app without OAuth settings',
    given: { app: connectedApp(), appState: appState({ oauth: false }) },
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Enable OAuth Settings: select it',
  },
]);
