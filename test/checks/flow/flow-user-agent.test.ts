import check from '../../../src/checks/flow/flow-user-agent.ts';
import { describeCheck } from '../describe-check.ts';
import { flowLogins, orgOauth } from '../flow-facts.ts';

describeCheck(check, [
  {
    fact: 'passes where the org blocks it, whatever the other switch says',
    given: { orgOauth: orgOauth({ usernamePasswordBlocked: false }), flowLogins: flowLogins() },
    status: 'pass',
    detail: 'OauthOidc.blockOAuthUsrAgtFlow is true',
  },
  {
    fact: 'warns where it is open, and tells that nobody uses it',
    given: { orgOauth: orgOauth({ userAgentBlocked: false }), flowLogins: flowLogins() },
    status: 'warn',
    detail: /^found {6}open to apps\n[^]*in use {5}no login in the last 30 days\n/,
    data: { closedBy: ['OauthOidc.blockOAuthUsrAgtFlow=true'], ends: 'no login in the last 30 days' },
  },
  {
    fact: 'is unknown where the org does not return the setting',
    given: { orgOauth: orgOauth({ userAgentBlocked: undefined }), flowLogins: flowLogins() },
    status: 'unknown',
  },
]);
