import { roomOf, type VerdictStatus } from './define.ts';
import type { Finding } from './run.ts';

export type Summary = Record<VerdictStatus, number>;

/** The result of every command that runs checks. */
export type CheckReport = { passed: boolean; summary: Summary; checks: Finding[] };

const leftOut = (finding: Finding): boolean => finding.status === 'skip' && finding.blockedBy === undefined;

/** The rooms that prove something: without them nothing has passed. */
const proves = ({ id }: Finding): boolean => roomOf(id) === 'login' || roomOf(id) === 'data';

/**
 * Whether the findings add up to a pass: no fail, no unknown, and nothing of the rooms login and data skipped because another finding
 * stood in the way. What the user left out of these rooms by name does not count, nor what can't run without it.
 */
const passed = (findings: readonly Finding[]): boolean =>
  findings.every((finding) => {
    if (finding.status === 'fail' || finding.status === 'unknown') return false;
    if (finding.status !== 'skip' || !proves(finding) || leftOut(finding)) return true;
    return findings.some((other) => other.id === finding.blockedBy && proves(other) && leftOut(other));
  });

export function report(findings: Finding[]): CheckReport {
  const summary: Summary = { pass: 0, warn: 0, fail: 0, skip: 0, unknown: 0 };
  for (const { status } of findings) summary[status] += 1;
  return { passed: passed(findings), summary, checks: findings };
}

/** 0 when the findings pass, 1 when they don't; with `warn` a warning is enough for 1. */
export const exitCode = ({ passed: good, summary }: CheckReport, failOn: 'fail' | 'warn'): 0 | 1 =>
  good && (failOn === 'fail' || summary.warn === 0) ? 0 : 1;
