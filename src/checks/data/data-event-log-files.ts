import { blocked, defineCheck, fail, pass, warn } from '../define.ts';
import { cause, isDenied, refusalData, refusedLine } from '../user/api-refusal.ts';
import { grantPermission } from '../user/grant-permission.ts';
import { seesLogFiles } from '../user/rights.ts';

const missing = 'the user lacks "View Event Log Files"';
const unlicensed = 'the edition or the licences of the org do not include event log files';

export default defineCheck({
  id: 'data-event-log-files',
  title: 'event log files can be listed',
  why: 'The collector asks every hour which log files are new; what this query does not list, it never collects.',
  fix: 'Setup > Event Monitoring Settings: switch on "Generate event log files"',
  needs: ['eventLogFiles', 'userRights'],
  reads: 'eventLogFiles',
  judge: ({ eventLogFiles, userRights }) => {
    const sees = seesLogFiles(userRights, eventLogFiles);
    if ('refused' in eventLogFiles) {
      const { refused } = eventLogFiles;
      const line = refusedLine(refused);
      const data = refusalData(refused);
      if (!isDenied(refused)) return fail(line, { data, fix: 'look the code up in the REST API Developer Guide' });
      if (sees === false) return blocked('user-event-log-files', line, data);
      const licences = 'Setup > Company Information: look for Shield or Event Monitoring among the licences';
      return sees
        ? fail([line, cause('possibly', unlicensed)].join('\n'), { data, fix: licences })
        : fail([line, cause('likely', missing), cause('or', unlicensed)].join('\n'), {
            data,
            fix: `${grantPermission('View Event Log Files')}\n${licences}`,
          });
    }
    const { hourly, daily } = eventLogFiles;
    const data = { hourly, daily };
    const found = `${hourly} hourly and ${daily} daily log files of logins and logouts in the last 7 days`;
    if (hourly + daily > 0) return pass(found, { data });
    if (sees === false) return blocked('user-event-log-files', found, data);
    // A new org has none yet, so this alone is no failure.
    const causes = [
      'the org does not generate log files',
      'the org is new: the first come some hours after the first login',
    ];
    return warn([found, ...causes.map((text) => cause('possibly', text))].join('\n'), { data });
  },
});
