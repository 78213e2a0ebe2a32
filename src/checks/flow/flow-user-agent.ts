import { defineCheck } from '../define.ts';
import { judgeBlocked } from './blocked-in-org.ts';
import { closeInOrg } from './evidence.ts';

export default defineCheck({
  id: 'flow-user-agent',
  title: 'user-agent flow is blocked in the org',
  why: 'In this flow the access token travels in the address of a page, where the browser and whoever reads along find it.',
  fix: closeInOrg,
  needs: ['orgOauth', 'flowLogins'],
  judge: ({ orgOauth, flowLogins }) =>
    judgeBlocked(orgOauth, flowLogins, {
      setting: 'userAgentBlocked',
      flow: 'user-agent',
      toggle: 'Allow OAuth User-Agent Flows',
      note: 'AQUILA does not use it. The web server flow with PKCE takes its place.',
    }),
});
