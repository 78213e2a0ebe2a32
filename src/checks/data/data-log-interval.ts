import { blocked, defineCheck, pass, skip, warn } from '../define.ts';
import { cause } from '../user/api-refusal.ts';

export default defineCheck({
  id: 'data-log-interval',
  title: 'org has log files of the interval that the collector asks for',
  why: 'The collector asks for hourly log files unless it is told otherwise, and of an org that has daily ones only it gets nothing.',
  fix: 'tell CyTech Support (support@cytechint.com) to set log_file_interval to Daily for this org',
  needs: ['eventLogFiles'],
  judge: ({ eventLogFiles }) => {
    if ('refused' in eventLogFiles) return blocked('data-event-log-files');
    const { hourly, daily } = eventLogFiles;
    if (hourly + daily === 0) return skip('there is no log file that would show the interval');
    const found = `${hourly} hourly and ${daily} daily log files in the last 7 days`;
    const data = { hourly, daily, logFileInterval: hourly > 0 ? 'Hourly' : 'Daily' };
    return hourly > 0
      ? pass(`${found}: log_file_interval Hourly, the default, is right`, { data })
      : warn(
          [
            `${found}: log_file_interval must be Daily, with the default Hourly nothing is collected`,
            cause(
              'possibly',
              'the org lacks the Event Monitoring add-on or Shield, which hourly log files seem to need'
            ),
          ].join('\n'),
          { data }
        );
  },
});
