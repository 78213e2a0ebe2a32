import { makeApp } from '../emulator/app-state.ts';
import { example } from '../emulator/index.ts';
import { describeAppFaults } from './app-setting.ts';

const { flows } = makeApp({ clientId: '' }, '');

describeAppFaults('client credentials', {
  'the flow is off': {
    spoil: (app) => void (app.flows.clientCredentials = false),
    speaks: { 'app-client-credentials': 'fail' },
    found: 'in the settings off',
    wanted: 'in the settings on',
    fix: '',
    inSetup: 'Edit > API (Enable OAuth Settings) > Enable Client Credentials Flow: select it',
  },
  'on in the policy, with nobody to run as': {
    // A connected app has one switch for both.
    kinds: ['external-client-app'],
    spoil: (app) => void (app.flows.clientCredentialsPolicy = true),
    speaks: { 'app-client-credentials': 'warn' },
    found: 'in the settings on, in the policy on, without a user to run as',
    wanted: 'in the settings on, and in the policy a user to run as',
    fix: ' --client-credentials-user USERNAME',
    inSetup: '',
    leaves: { flows: { ...flows, clientCredentialsPolicy: true, clientCredentialsUser: example.username } },
  },
});
