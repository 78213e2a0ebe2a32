import { blocked, defineCheck, fail, pass, skip } from '../define.ts';
import { grantPermission } from './grant-permission.ts';
import { rightsOf, seesLogFiles } from './rights.ts';

export default defineCheck({
  id: 'user-event-log-files',
  title: 'user may see event log files',
  why: 'Logins, logouts and Apex are collected from event log files, which a user sees only with "View Event Log Files".',
  fix: grantPermission('View Event Log Files'),
  needs: ['userRights', 'eventLogFiles'],
  judge: ({ userRights, eventLogFiles }) => {
    const rights = rightsOf(userRights);
    const data = { viewEventLogFiles: rights?.viewEventLogFiles ?? null, viewAllData: rights?.viewAllData ?? null };
    const sees = seesLogFiles(userRights, eventLogFiles);
    if (sees === false) return fail('the user has neither "View Event Log Files" nor "View All Data"', { data });
    if (sees) {
      const by = rights?.viewEventLogFiles
        ? '"View Event Log Files"'
        : rights?.viewAllData
          ? '"View All Data"'
          : undefined;
      return pass(by ? `by the permission ${by}` : 'the org lists log files for this user', { data });
    }
    return 'refused' in eventLogFiles
      ? blocked('data-event-log-files', 'the org does not show what the user may do', data)
      : skip('the org does not show what the user may do, and lists no log file', { data });
  },
});
