import { defineCheck, fail, pass, skip, warn } from '../define.ts';
import { cause } from './api-refusal.ts';
import { grantPermission } from './grant-permission.ts';
import { rightsOf, seesEvents } from './rights.ts';

const permission = 'View Real-Time Event Monitoring Data';

export default defineCheck({
  id: 'user-real-time-events',
  title: 'user may see stored real-time events',
  why: `Between two log files the collector reads LoginEvent and LogoutEvent, for which a user needs "${permission}".`,
  fix: grantPermission(permission),
  needs: ['userRights', 'loginEvents', 'logoutEvents'],
  judge: ({ userRights, loginEvents, logoutEvents }) => {
    const right = rightsOf(userRights)?.viewRealTimeEvents;
    const data = { viewRealTimeEvents: right ?? null };
    const sees = seesEvents(userRights, loginEvents, logoutEvents);
    if (sees) return pass(right ? undefined : 'the org shows events to this user', { data });
    if (sees === undefined) return skip('the org does not show whether the user has this permission', { data });
    const detail = [
      `the user lacks "${permission}"`,
      cause('possibly', 'Setup offers it only to orgs with the licence: Shield, or the Event Monitoring add-on'),
      'Without it logins and logouts still come from log files: ask CyTech Support to switch the object method off',
    ].join('\n');
    const isRefused = 'refused' in loginEvents || 'refused' in logoutEvents;
    return isRefused ? fail(detail, { data }) : warn(detail, { data });
  },
});
