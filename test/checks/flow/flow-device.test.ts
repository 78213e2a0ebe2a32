import check from '../../../src/checks/flow/flow-device.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appFlows, appOauth, connectedApp } from '../example-facts.ts';

const given = (device: boolean | undefined, header = app()) => ({
  app: header,
  appOauth: appOauth({ flows: appFlows({ device }) }),
});

describeCheck(check, [
  {
    fact: 'passes where it is off',
    given: given(false),
    status: 'pass',
    detail: /^found {6}off\nby {9}isDeviceFlowEnabled is false\nin Setup {3}[^\n]+ > Enable Device Flow\n/,
  },
  {
    fact: 'warns where it is on',
    given: given(true),
    status: 'warn',
    data: { isDeviceFlowEnabled: true },
    fix: 'Setup > External Client App Manager > AQUILA > Settings > OAuth Settings > Flow Enablement > Enable Device Flow: clear it',
  },
  {
    fact: 'is unknown of a connected app, whose metadata does not show it',
    given: given(undefined, connectedApp()),
    status: 'unknown',
    detail: 'isDeviceFlowEnabled is not shown',
    fix: 'look in Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Enable for Device Flow',
  },
]);
