import check from '../../../src/checks/sso/sso-delegated-authentication.ts';
import { describeCheck } from '../describe-check.ts';
import { delegatedAuthentication } from '../sso-facts.ts';

const username = 'integration@acme.com';
const select = 'Disable login with Salesforce credentials: select it, with no Delegated Gateway URL';

describeCheck(check, [
  {
    fact: 'passes where the feature is on and the user has the permission, and says by what',
    given: { delegatedAuthentication: delegatedAuthentication() },
    status: 'pass',
    detail: `${username}: has the permission "Is Single Sign-On Enabled" by the permission set AQUILA`,
    data: { username, through: ['permission set AQUILA'] },
  },
  {
    fact: 'warns where the feature is on and the user has not the permission',
    given: { delegatedAuthentication: delegatedAuthentication({ user: { username, through: [] } }) },
    status: 'warn',
    detail: `a password of ${username}, if it has one, opens the org`,
    fix: 'Setup > Permission Sets > New > System Permissions > Is Single Sign-On Enabled; then assign it to <username>',
  },
  {
    fact: 'warns where the feature is off, though the permission was given before',
    given: { delegatedAuthentication: delegatedAuthentication({ enabled: false }) },
    status: 'warn',
    detail: 'Salesforce checks every password itself',
    fix: select,
  },
  {
    fact: 'warns where the org does not know the permission',
    given: {
      delegatedAuthentication: delegatedAuthentication({ enabled: false, user: { username, through: undefined } }),
    },
    status: 'warn',
    detail: 'the permission "Is Single Sign-On Enabled" does not exist while the feature is off',
    fix: `${select}\nSetup > Permission Sets`,
  },
  {
    fact: 'is unknown where the feature is on and the org does not show the permission',
    given: { delegatedAuthentication: delegatedAuthentication({ user: { username, through: undefined } }) },
    status: 'unknown',
    detail: 'the org does not show who has the permission "Is Single Sign-On Enabled"',
    fix: 'look in Setup > Users > <username>',
  },
  {
    fact: 'says where it passes that a gateway, which no API shows, could take the password',
    given: { delegatedAuthentication: delegatedAuthentication() },
    status: 'pass',
    detail: 'no API shows the URL, so look',
  },
  {
    fact: 'is skipped without a user, and says how to name one',
    given: { delegatedAuthentication: delegatedAuthentication({ user: undefined }) },
    status: 'skip',
    detail: 'give --username, the integration user, to see whether a password of it opens the org',
  },
  {
    fact: 'is unknown where the org does not return the setting',
    given: { delegatedAuthentication: delegatedAuthentication({ enabled: undefined }) },
    status: 'unknown',
  },
]);
