import type { CheckReport } from '../checks/summary.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { Problem } from '../errors.ts';
import { renderChecks, type ChecksView } from './checks.ts';
import { junitXml } from './junit.ts';
import { renderOrgTable, type OrgResult } from './org-table.ts';
import { prometheusText } from './prometheus.ts';

export const resultFormats = ['human', 'junit', 'prometheus'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** One org of the JSON result. */
export type VerifiedOrg = { username: string; alias?: string } & CheckReport;

type Diagnosed = { name: string; login: StoredLogin; report: CheckReport } | { name: string; problem: Problem };

/** The findings of one org, or those of several, in the form that was asked for; without a line break at the end. */
export function renderVerification(
  orgs: readonly Diagnosed[],
  { several, format }: { several: boolean; format: ResultFormat },
  view: ChecksView & { failOn: 'fail' | 'warn'; now: Date }
): string {
  if (format === 'junit') return junitXml(orgs, view.failOn).trimEnd();
  if (format === 'prometheus') return prometheusText(orgs, view.now).trimEnd();
  const [only] = orgs;
  if (!several && only && 'report' in only) return renderChecks(only.report.checks, only.report.summary, view);
  return renderOrgTable(orgs.map(inTable), view);
}

const inTable = (org: Diagnosed): OrgResult =>
  'problem' in org ? org : { username: org.login.username, alias: org.login.alias, ...org.report };

/**
 * The JSON result for several orgs, in the order given.
 *
 * @param reports those of the orgs, with a report in place of the reason why one has none
 */
export const verified = (
  orgs: readonly Diagnosed[],
  reports: readonly CheckReport[]
): { passed: boolean; orgs: VerifiedOrg[] } => ({
  passed: reports.every(({ passed }) => passed),
  orgs: orgs.flatMap((org, at) => {
    const report = reports[at];
    if (!report) return [];
    if ('problem' in org) return [{ username: org.name, ...report }];
    const { username, alias } = org.login;
    return [{ username, ...(alias !== undefined && { alias }), ...report }];
  }),
});
