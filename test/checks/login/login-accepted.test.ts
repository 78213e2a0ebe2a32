import { expect } from 'chai';
import check from '../../../src/checks/login/login-accepted.ts';
import type { Attempt, Facts, Host, LoginEntry } from '../../../src/checks/facts.ts';
import { describeCheck } from '../describe-check.ts';
import { discovery, granted, host, login, now, refused, url } from '../example-facts.ts';

const sameOrg = host({ http: discovery() });
const noOrg = host({ orgId: undefined, http: discovery({ status: 404 }) });
const otherOrg = host({ orgId: '00D5g00000Other1EAB', http: discovery() });
const late = (seconds: number) => ({ receivedAt: new Date(now.getTime() - seconds * 1000) });

const notApproved = refused('invalid_grant', "user hasn't approved this consumer");
const expired = (behind: number): Attempt => refused('invalid_grant', 'expired authorization code', late(behind));

const after = (attempt: Attempt, answered: Host = sameOrg, changes = {}) => ({
  attempt,
  host: answered,
  login: login(changes),
  loginHistory: undefined,
  appWitness: undefined,
});

/** A line of the Login History, so many seconds before the answer. */
const line = (status: string, seconds = 1): LoginEntry => ({
  time: new Date(now.getTime() - seconds * 1000).toISOString().replace('Z', '+0000'),
  status,
  ...{ application: 'AQUILA', loginType: 'Remote Access 2.0' },
});

describeCheck(check, [
  { fact: 'passes with a grant', given: after(granted(), host()), status: 'pass', data: { status: 200 } },
  {
    fact: "fails with Salesforce's words verbatim, and the first cause's place in Setup",
    given: after(notApproved),
    status: 'fail',
    detail: `POST ${url}/services/oauth2/token answered 400\ninvalid_grant: user hasn't approved this consumer\n`,
    data: { status: 400, error: 'invalid_grant', errorDescription: "user hasn't approved this consumer" },
    fix: 'sf aquila app create --target-org <admin> --name <app> --username <username>',
  },
  {
    fact: 'fails with one cause left where the org does not take the audience',
    given: after(refused('invalid_grant', 'audience is invalid')),
    status: 'fail',
    data: { causes: ['audience-mismatch'], ruledOut: [] },
    fix: 'My Domain',
  },
  {
    fact: 'fails without an invented cause for words that no source explains',
    given: after(refused('new_error', 'what nobody knows')),
    status: 'fail',
    detail: 'new_error: what nobody knows\nlikely      nothing that is documented for this answer',
    data: { causes: [], ruledOut: [] },
  },
  {
    fact: 'fails with a page in place of an answer, of which only the title is shown',
    given: after(
      refused('', '', { status: 503, body: '<html><title>Data Not Available</title><body>secret</body></html>' }),
      host({ orgId: undefined })
    ),
    status: 'fail',
    detail: /HTTP 503, Data Not Available\nlikely {6}the org is under maintenance(?![^]*secret)/,
    data: { status: 503, error: null, causes: ['maintenance', 'not-a-token-endpoint'] },
  },
  {
    fact: 'fails with an answer that is no whole grant, and says what belongs to one',
    given: after(granted({ instance_url: undefined })),
    status: 'fail',
    detail: 'answered 200\nHTTP 200, without an error code\nthe answer is no whole grant',
  },
  {
    fact: 'fails with both addresses where the login is stored for another host than its audience',
    given: after(refused('app_not_found', 'External client app is not installed in this org'), noOrg, {
      jwtAudience: 'https://login.salesforce.com',
    }),
    status: 'fail',
    detail: `stored for ${url} with the audience https://login.salesforce.com; the collector has one field for both`,
    fix: 'sf aquila login --username <username>',
  },
  {
    fact: 'leaves a clock that is far behind to host-clock, and still shows the words',
    given: after(expired(600)),
    status: 'skip',
    blockedBy: 'host-clock',
    detail:
      'blocked by host-clock\nPOST https://acme.my.salesforce.com/services/oauth2/token answered 400\ninvalid_grant: expired',
    data: { error: 'invalid_grant', causes: ['clock'] },
  },
  {
    fact: 'fails itself for a clock that is behind, but not far enough for host-clock to fail',
    given: after(expired(120)),
    status: 'fail',
    data: { causes: ['clock'] },
    fix: 'set the clock',
  },
  {
    fact: 'fails with nothing left when Salesforce speaks of time and the clock is right',
    given: after(expired(0)),
    status: 'fail',
    detail: "ruled out   wrong clock (0 s from the host's)\nlikely      nothing that is documented",
    data: { causes: [], ruledOut: ['clock'] },
  },
  {
    fact: 'leaves an address of another org to host-org-id, and still shows the words',
    given: after(notApproved, otherOrg),
    status: 'skip',
    blockedBy: 'host-org-id',
    detail: "invalid_grant: user hasn't approved this consumer",
  },
  {
    fact: 'fails itself at another org for a reason that has nothing to do with the org',
    given: after(refused('invalid_grant', 'ip restricted'), otherOrg),
    status: 'fail',
    data: { causes: ['ip-restricted', 'login-hours'] },
  },
  {
    fact: 'leaves a refusal to the check that an administrator sees fail, and still shows words and causes',
    given: { ...after(notApproved), appWitness: { adminApproved: true, preauthorised: false } },
    status: 'skip',
    blockedBy: 'user-preauthorized',
    detail:
      /^blocked by user-preauthorized\nPOST [^]*\ninvalid_grant: user hasn't approved [^]*\nlikely {6}the user is not/,
    data: { error: 'invalid_grant', ruledOut: ['wrong-host', 'approvals-gone'] },
  },
  {
    fact: 'fails with the causes that are left where an administrator sees the likeliest excluded',
    given: { ...after(notApproved), appWitness: { adminApproved: true, preauthorised: true, userKnown: true } },
    status: 'fail',
    detail:
      /\nlikely {6}the app or a change to it is not yet known[^]*\nruled out {3}missing approval \(the user has it\), /,
    data: { causes: ['not-replicated', 'scope-missing'] },
    fix: 'wait ten minutes',
  },
  {
    fact: 'shows the line of the Login History before the causes',
    given: { ...after(notApproved), loginHistory: line('User is frozen') },
    status: 'fail',
    detail: /consumer\nhistory {5}User is frozen \(Login History of the org\)\nlikely {6}/,
  },
  {
    fact: 'does not show the line of an earlier login that succeeded, since this one left none',
    given: { ...after(notApproved), loginHistory: line('Success') },
    status: 'fail',
    detail: /consumer\nlikely /,
  },
  {
    fact: 'does not show a line that is older than this attempt',
    given: { ...after(notApproved), loginHistory: line('User is frozen', 61) },
    status: 'fail',
    detail: /consumer\nlikely /,
  },
]);

describe('login-accepted, the whole text', () => {
  it('lists causes in order, marks what is not sure, and ends with what is ruled out and why', () => {
    const verdict = check.judge(after(notApproved) as Facts);
    expect(verdict.detail?.split('\n')).to.deep.equal([
      'POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
      "invalid_grant: user hasn't approved this consumer",
      'likely      the user is not pre-authorised for the app, or the app still lets users authorise themselves',
      'or          the app or a change to it is not yet known everywhere; that takes 2 to 10 minutes, by some reports 30',
      'possibly    the app lacks the scope "Perform requests at any time (refresh_token, offline_access)", which is required although this flow never issues a refresh token',
      'possibly    the username does not exist in this org; it is not the e-mail address, and a sandbox adds a suffix to it',
      "ruled out   wrong host (it names this login's org), a refreshed sandbox (that would have another org id)",
    ]);
    expect(verdict.data).to.deep.equal({
      status: 400,
      error: 'invalid_grant',
      errorDescription: "user hasn't approved this consumer",
      causes: ['not-pre-authorised', 'not-replicated', 'scope-missing', 'wrong-username'],
      ruledOut: ['wrong-host', 'approvals-gone'],
    });
  });
});
