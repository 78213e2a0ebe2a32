import { defineCheck, fail, pass, skip } from '../define.ts';
import { cause } from '../user/api-refusal.ts';
import { grantPermission } from '../user/grant-permission.ts';
import { rightsOf } from '../user/rights.ts';

export default defineCheck({
  id: 'data-log-download',
  title: 'log file can be downloaded from the Instance URL',
  why: 'The collector downloads log files from the Instance URL that is handed over, not from the one that Salesforce names.',
  fix: 'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <audience>',
  needs: ['logDownload', 'userRights'],
  reads: 'logDownload',
  judge: ({ logDownload, userRights }) => {
    if (logDownload === undefined)
      return skip('there is no log file yet, or none short enough to be downloaded for a test');
    const { url, status, bytes, contentType, errorCode } = logDownload;
    const data = { status, bytes, contentType: contentType ?? null, errorCode: errorCode ?? null };
    const answer = `GET ${url} answered ${status}${errorCode === undefined ? '' : ` ${errorCode}`}`;
    if (status === 200) {
      if (/html/i.test(contentType ?? '')) return fail(`${answer}, but with a page in place of a log file`, { data });
      return bytes > 0
        ? pass(`${answer} with ${bytes} bytes`, { data })
        : fail(`${answer}, but the file is empty`, { data });
    }
    const rights = rightsOf(userRights);
    if (status === 403 && rights?.viewAllData === false) {
      const why = cause('possibly', 'for downloads this org asks for "View All Data" besides "View Event Log Files"');
      return fail([answer, why].join('\n'), { data, fix: grantPermission('View All Data') });
    }
    return fail(answer, { data });
  },
});
