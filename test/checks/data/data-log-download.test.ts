import check from '../../../src/checks/data/data-log-download.ts';
import { describeCheck } from '../describe-check.ts';
import { logDownload, refusal, userRights } from '../example-facts.ts';

const denied = logDownload({ status: 403, errorCode: 'INSUFFICIENT_ACCESS', contentType: 'application/json' });

describeCheck(check, [
  {
    fact: 'passes with a log file, and names the address',
    given: { logDownload: logDownload(), userRights: userRights() },
    status: 'pass',
    detail: /^GET https:\/\/acme\.my\.salesforce\.com\/services\/data\/[^ ]+\/LogFile answered 200 with 1234 bytes$/,
  },
  {
    fact: 'passes whatever kind of file the org calls it, so long as it is no page',
    given: { logDownload: logDownload({ contentType: 'application/octet-stream', bytes: 1 }), userRights: undefined },
    status: 'pass',
  },
  {
    fact: 'passes without a content type',
    given: { logDownload: logDownload({ contentType: undefined }), userRights: undefined },
    status: 'pass',
  },
  {
    fact: 'fails with a page in place of the file',
    given: { logDownload: logDownload({ contentType: 'text/html; charset=UTF-8' }), userRights: userRights() },
    status: 'fail',
    detail: 'with a page in place of a log file',
  },
  {
    fact: 'fails with an empty file',
    given: { logDownload: logDownload({ bytes: 0 }), userRights: userRights() },
    status: 'fail',
    detail: 'the file is empty',
  },
  {
    fact: 'fails when the org does not find the file',
    given: { logDownload: logDownload({ status: 404, errorCode: 'NOT_FOUND' }), userRights: userRights() },
    status: 'fail',
    detail: /answered 404 NOT_FOUND$/,
    data: { errorCode: 'NOT_FOUND' },
  },
  {
    fact: 'fails when the org denies the file to a user without View All Data, which is possibly the reason',
    given: { logDownload: denied, userRights: userRights() },
    status: 'fail',
    detail: 'possibly    for downloads this org asks for "View All Data"',
    fix: 'select "View All Data"',
  },
  {
    fact: 'fails without a guess when the user has View All Data',
    given: { logDownload: denied, userRights: userRights({ viewAllData: true }) },
    status: 'fail',
    detail: /answered 403 INSUFFICIENT_ACCESS$/,
  },
  {
    fact: 'fails without a guess when the rights are hidden',
    given: { logDownload: denied, userRights: refusal() },
    status: 'fail',
    detail: /INSUFFICIENT_ACCESS$/,
  },
  {
    fact: 'is left out where there is nothing to download',
    given: { logDownload: undefined, userRights: userRights() },
    status: 'skip',
  },
]);
