import { roomOf, type CheckId, type VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import { report, type CheckReport } from '../../src/checks/summary.ts';

export const finding = (id: CheckId, status: VerdictStatus, more: Partial<Finding> = {}): Finding => ({
  ...{ id, title: `${roomOf(id)} is well`, status, docs: `docs/checks/${id}.md` },
  ...more,
});

/** A refused login as the check tells it. */
export const refused = finding('login-accepted', 'fail', {
  title: "Salesforce accepts the collector's login",
  detail: [
    'POST https://acme.my.salesforce.com/services/oauth2/token answered 400',
    "invalid_grant: user hasn't approved this consumer",
    'likely      the user is not pre-authorised for the app',
  ].join('\n'),
  data: {
    status: 400,
    error: 'invalid_grant',
    errorDescription: "user hasn't approved this consumer",
    causes: ['preauthorisation', 'self-authorisation'],
  },
  fix: 'assign the permission set: sf org assign permset --name AQUILA --target-org ADMIN',
});

const soon = finding('cert-expires-later', 'warn', {
  title: 'certificate does not expire soon',
  detail: 'expires on 2026-12-24, in 33 days, which is less than the 60 asked for',
  data: { notAfter: '2026-12-24T12:00:00Z', daysLeft: 33, warnDays: 60 },
  fix: 'sf aquila cert create --output-dir next',
});

/** One finding of each status. */
export const red: CheckReport = report([
  finding('key-readable', 'pass', { detail: 'server.key' }),
  soon,
  finding('host-clock', 'unknown', { detail: 'it could not be told', fix: 'look' }),
  refused,
  finding('login-username', 'skip', { detail: 'blocked by login-accepted', blockedBy: 'login-accepted' }),
]);

export const green: CheckReport = report([
  finding('key-readable', 'pass'),
  finding('cert-expires-later', 'pass', {
    data: { notAfter: '2027-11-21T00:00:00Z', daysLeft: 364, warnDays: 60 },
  }),
  finding('login-accepted', 'pass'),
]);

export const yellow: CheckReport = report([soon, finding('login-accepted', 'pass')]);

const unknownLogin = {
  code: 'LoginUnknown',
  message: 'No login is stored under acmee.',
  actions: ['Did you mean acme?', 'sf aquila login --help'],
} as const;

/** As a command gets it. */
export const unknownOrg = { name: 'acmee', problem: { ...unknownLogin, actions: [...unknownLogin.actions] } };
