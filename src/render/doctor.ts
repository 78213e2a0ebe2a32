import type { CheckReport } from '../checks/summary.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { Problem } from '../errors.ts';

type Diagnosed = { name: string; login: StoredLogin; report: CheckReport } | { name: string; problem: Problem };

/** One line of `sf doctor`; it knows these four. */
export type DoctorStatus = { testName: string; status: 'pass' | 'warn' | 'fail' | 'unknown' };

/** What `sf doctor` is told: lines, what to do, and the values for its diagnosis.json. */
export type DoctorWords = { statuses: DoctorStatus[]; suggestions: string[]; data: object[] };

const plugin = '[sf-plugin-aquila]';

/**
 * A login without a fault is one line; of any other, each finding that is no pass is a line and a suggestion, since `sf doctor` prints lines
 * and suggestions apart and says nowhere which belong together.
 */
export function doctorWords(logins: readonly Diagnosed[]): DoctorWords {
  if (logins.length === 0) {
    const testName = `${plugin} no login of sf aquila is stored, so there is nothing to check`;
    return { statuses: [{ testName, status: 'pass' }], suggestions: [], data: [] };
  }
  const words = logins.map(wordsOf);
  return {
    statuses: words.flatMap(({ statuses }) => statuses),
    suggestions: words.flatMap(({ suggestions }) => suggestions),
    data: words.flatMap(({ data }) => data),
  };
}

/** Where the logins can't even be listed. */
export const doctorBroken: DoctorWords = {
  statuses: [{ testName: `${plugin} stored logins can be read`, status: 'unknown' }],
  suggestions: [
    suggestion(plugin, 'the stored logins could not be read; a file of ~/.sfdx may be damaged', 'sf org list auth'),
  ],
  data: [],
};

function wordsOf(login: Diagnosed): DoctorWords {
  const about = `${plugin} ${login.name}:`;
  if ('problem' in login) {
    const { code, message, actions } = login.problem;
    return {
      statuses: [{ testName: `${about} stored login can be read`, status: 'fail' }],
      suggestions: [suggestion(about, message, actions.join('\n'))],
      data: [{ org: login.name, code, message }],
    };
  }
  const { name, report } = login;
  const wrong = report.checks.flatMap((finding) => {
    const { status } = finding;
    return status === 'pass' || status === 'skip' ? [] : [{ ...finding, status }];
  });
  const fine: DoctorStatus = { testName: `${about} key, certificate and hand-over are in order`, status: 'pass' };
  return {
    statuses:
      wrong.length === 0 ? [fine] : wrong.map(({ title, status }) => ({ testName: `${about} ${title}`, status })),
    suggestions: wrong.map(({ id, detail, fix }) => suggestion(`${about} ${id}`, detail, fix)),
    data: [{ org: name, username: login.login.username, summary: report.summary, checks: report.checks }],
  };
}

/** What was found and what mends it, each in lines of their own below the name of the check. */
function suggestion(about: string, detail: string | undefined, fix: string | undefined): string {
  const lines = [
    ...(detail?.split('\n') ?? []),
    ...(fix?.split('\n').map((line, at) => (at === 0 ? `fix: ${line}` : line)) ?? []),
  ];
  return [about, ...lines].join('\n      ');
}
