import { roomOf, type VerdictStatus } from '../checks/define.ts';
import type { Finding } from '../checks/run.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { Problem } from '../errors.ts';
import { tellingLine } from './org-table.ts';
import { printable } from './wrap.ts';

/** An org under the name that the user gave it, with its findings or with the reason why there are none. Names must differ. */
export type NamedReport = { name: string; report: CheckReport } | { name: string; problem: Problem };

/** What a test runner would say of one check. */
type TestCase = {
  name: string;
  /** Jenkins and GitLab group by it: `aquila.` and the room. */
  classname: string;
  outcome: 'passed' | 'failure' | 'error' | 'skipped';
  /** The kind of failure or error. */
  type?: string;
  /** One line. */
  message?: string;
  text?: string;
};

/**
 * The findings of one or several orgs as JUnit XML for Jenkins, GitLab and what else reads it: a suite per org, a case per check. A fail is
 * a failure, an unknown is an error, a skip is skipped, and a warning is a pass with its text in `system-out`. The org stands in the name
 * of each case, because GitLab puts the suites of a job together and drops all but the first case of a name. No times are told: facts
 * are read for several checks at once.
 *
 * @param failOn with `warn` warnings are failures too, so that the report agrees with the exit code
 */
export function junitXml(orgs: readonly NamedReport[], failOn: 'fail' | 'warn' = 'fail'): string {
  const suites = orgs.map((org) => ({ name: org.name, cases: casesOf(org, failOn) }));
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'sf aquila verify', ...counts(all) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite${attributes({ name, ...counts(cases), skipped: String(number(cases, 'skipped')) })}>`,
      ...cases.flatMap(caseLines),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

const number = (cases: readonly TestCase[], outcome: TestCase['outcome']): number =>
  cases.filter((one) => one.outcome === outcome).length;

const counts = (cases: readonly TestCase[]): Record<string, string> => ({
  tests: String(cases.length),
  failures: String(number(cases, 'failure')),
  errors: String(number(cases, 'error')),
});

function casesOf(org: NamedReport, failOn: 'fail' | 'warn'): TestCase[] {
  const whole = { name: `verify (${org.name})`, classname: 'aquila.verify' };
  if ('problem' in org) {
    const { code, message, actions } = org.problem;
    return [{ ...whole, outcome: 'error', type: code, message, text: [message, ...actions].join('\n') }];
  }
  const cases = org.report.checks.map((finding) => caseOf(finding, org.name, failOn));
  const isGreen = cases.every(({ outcome }) => outcome === 'passed' || outcome === 'skipped');
  if (org.report.passed || !isGreen) return cases;
  const message = 'what proves the login did not run';
  return [...cases, { ...whole, outcome: 'failure', type: 'skip', message, text: message }];
}

function caseOf(finding: Finding, org: string, failOn: 'fail' | 'warn'): TestCase {
  const { id, status, title, detail, fix, docs } = finding;
  const text = [
    title,
    ...(detail === undefined ? [] : [detail]),
    ...(fix === undefined ? [] : [`fix: ${fix}`, `see: ${docs}`]),
  ].join('\n');
  return {
    name: `${id} (${org})`,
    classname: `aquila.${roomOf(id)}`,
    outcome: status === 'warn' && failOn === 'warn' ? 'failure' : outcomes[status],
    type: status,
    message: detail === undefined ? title : tellingLine(detail),
    ...(status === 'pass' ? {} : { text }),
  };
}

const outcomes = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failure',
  unknown: 'error',
  skip: 'skipped',
} as const satisfies Record<VerdictStatus, TestCase['outcome']>;

function caseLines({ name, classname, outcome, type = '', message = '', text }: TestCase): string[] {
  const head = `    <testcase${attributes({ name, classname })}`;
  if (outcome === 'passed') {
    return text === undefined
      ? [`${head}/>`]
      : [`${head}>`, `      <system-out>${escaped(`${type}: ${text}`)}</system-out>`, '    </testcase>'];
  }
  const said: Record<string, string> = outcome === 'skipped' ? { message } : { message, type };
  const body = outcome === 'skipped' ? '/>' : `>${escaped(text ?? '')}</${outcome}>`;
  return [`${head}>`, `      <${outcome}${attributes(said)}${body}`, '    </testcase>'];
}

const attributes = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('\n', '&#10;')}"`)
    .join('');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Halves of characters and the two that are none: XML 1.0 §2.2 has no way to write them, nor control characters. */
const impossible = /[\p{Cs}\uFFFE\uFFFF]/gu;

const escaped = (text: string): string =>
  printable(text.replace(/\r\n?/g, '\n'))
    .replace(impossible, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
