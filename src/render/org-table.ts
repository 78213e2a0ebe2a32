import { styleText } from 'node:util';
import { shellWord } from '../cert/shell.ts';
import type { VerdictStatus } from '../checks/define.ts';
import type { Finding } from '../checks/run.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { Problem } from '../errors.ts';
import { fixLines, printable, wrapLine } from './wrap.ts';

/** One of several orgs that were checked. */
export type VerifiedOrg = { username: string; alias?: string | undefined } & CheckReport;

/** One of several orgs that could not be checked at all, such as a name that nothing is stored under. */
export type UncheckedOrg = { name: string; problem: Problem };

export type OrgResult = VerifiedOrg | UncheckedOrg;

/** How the table is to look. */
export type OrgTableView = {
  /** Columns of the screen. */
  columns: number;
  /** With colour a mark is a sign, without it is a word. */
  colour: boolean;
  /** Only the orgs that are no pass. */
  concise: boolean;
};

/** How a person calls the org in a command: the alias where there is one. */
const orgName = (org: OrgResult): string => ('problem' in org ? org.name : (org.alias ?? org.username));

const signs = { pass: '✓', warn: '!', fail: '✗', skip: '-', unknown: '?' } as const;
const colours = { pass: 'green', warn: 'yellow', fail: 'red', skip: 'gray', unknown: 'magenta' } as const;
const counted = ['fail', 'unknown', 'warn', 'skip', 'pass'] as const satisfies readonly VerdictStatus[];
const cell = 9;

/** Worst first; orgs that are alike keep the order in which they were given. */
const severity: readonly VerdictStatus[] = ['fail', 'unknown', 'warn', 'pass'];

/** What the findings of an org come to. An org that could not be checked has failed: silence must not look like success. */
export function orgStatus(org: OrgResult): Exclude<VerdictStatus, 'skip'> {
  if ('problem' in org) return 'fail';
  if (!org.passed) return org.summary.fail > 0 ? 'fail' : 'unknown';
  return org.summary.warn > 0 ? 'warn' : 'pass';
}

/**
 * Several orgs for a person: a line for each with its counts, the worst first; then, org by org, what is no pass, in short; the last line
 * counts the orgs. Every org given has its line, whatever became of the others.
 */
export function renderOrgTable(orgs: readonly OrgResult[], view: OrgTableView): string {
  const sorted = severity.flatMap((status) => orgs.filter((org) => orgStatus(org) === status));
  const shown = view.concise ? sorted.filter((org) => orgStatus(org) !== 'pass') : sorted;
  const blocks = shown.filter((org) => orgStatus(org) !== 'pass').map((org) => ['', ...orgLines(org, view)]);
  const table = shown.length === 0 ? [] : [...tableLines(shown, view), ...blocks.flat(), ''];
  return [...table, totalLine(orgs)].join('\n');
}

/** The columns before the names: without colour a mark is a word, and takes more. */
const markWidth = ({ colour }: OrgTableView): number => (colour ? 2 : 8);

function tableLines(orgs: readonly OrgResult[], view: OrgTableView): string[] {
  const before = ' '.repeat(markWidth(view));
  const room = Math.max(view.columns - before.length - cell * counted.length, 20);
  const longest = Math.max(...orgs.map((org) => [...tableName(org)].length), 'Org'.length);
  const width = Math.min(room, longest);
  const head = `${before}${'Org'.padEnd(width)}${['failed', 'unknown', 'warnings', 'skipped', 'passed'].map((word) => word.padStart(cell)).join('')}`;
  const rows = orgs.flatMap((org) => {
    const names = pieces(tableName(org), width);
    const counts =
      'problem' in org
        ? '  could not be checked'
        : counted.map((status) => String(org.summary[status]).padStart(cell)).join('');
    return names.map((name, at) =>
      at === 0
        ? `${mark(orgStatus(org), view)}${name}${' '.repeat(width - [...name].length)}${counts}`
        : `${before}${name}`
    );
  });
  return [bold(head, view), ...rows];
}

function tableName(org: OrgResult): string {
  const known = 'problem' in org || org.alias === undefined ? orgName(org) : `${org.alias} (${org.username})`;
  return oneLine(known);
}

const oneLine = (text: string): string => printable(text).replaceAll('\n', '\uFFFD');

/** A name in pieces that fit, at its space where there is one; a username may be as long as a line. */
function pieces(name: string, width: number): string[] {
  const chunks = wrapLine(name, width).flatMap((line) => {
    const characters = [...line];
    return Array.from({ length: Math.ceil(characters.length / width) }, (_, at) =>
      characters.slice(at * width, (at + 1) * width).join('')
    );
  });
  return chunks.length === 0 ? [''] : chunks;
}

/** What needs attention in one org, and the command that says more. */
function orgLines(org: OrgResult, view: OrgTableView): string[] {
  const name = bold(oneLine(orgName(org)), view);
  const width = view.columns - 6;
  if ('problem' in org) {
    const { message, code, actions } = org.problem;
    const text = printable(`${message} (${code})`)
      .split('\n')
      .flatMap((line) => wrapLine(line, width));
    return [name, ...[...text, ...fixLines(printable(actions.join('\n')), width)].map((line) => `      ${line}`)];
  }
  const more = `      more: sf aquila verify --target-org ${shellWord(oneLine(orgName(org)))}`;
  return [name, ...tellingFindings(org).flatMap((finding) => findingLines(finding, view)), more];
}

/** All that is neither pass nor skip; where only skips kept an org from passing, these. */
function tellingFindings({ passed, checks }: CheckReport): Finding[] {
  const telling = checks.filter(({ status }) => status !== 'pass' && status !== 'skip');
  const isExplained = passed || telling.some(({ status }) => status !== 'warn');
  return isExplained ? telling : checks.filter(({ status }) => status !== 'pass');
}

/** Mark and title, the line of the detail that says most, and the fix. */
function findingLines({ status, title, detail, fix }: Finding, view: OrgTableView): string[] {
  const width = view.columns - 6;
  const under = ' '.repeat(2 + markWidth(view));
  const said = detail === undefined ? undefined : tellingLine(detail);
  return [
    ...wrapLine(title, view.columns - under.length).map(
      (line, at) => `${at === 0 ? `  ${mark(status, view)}` : under}${line}`
    ),
    ...(said === undefined ? [] : wrapLine(printable(said), width).map((line) => `      ${line}`)),
    ...(fix === undefined ? [] : fixLines(printable(fix), width).map((line) => `      ${line}`)),
  ];
}

/** Where a detail begins with the request that was sent, the answer in the next line says more. */
export function tellingLine(detail: string): string {
  const [first = '', second] = detail.split(/\r\n?|\n/);
  return second !== undefined && /^(?:POST|GET) \S+ answered \d+$/.test(first) ? second : first;
}

/** `4 orgs: 1 failed, 1 could not be checked, 2 passed` */
function totalLine(orgs: readonly OrgResult[]): string {
  const unchecked = orgs.filter((org) => 'problem' in org).length;
  const count = (status: VerdictStatus): number => orgs.filter((org) => orgStatus(org) === status).length;
  const parts = [
    [count('fail') - unchecked, 'failed'],
    [unchecked, 'could not be checked'],
    [count('unknown'), 'unknown'],
    [count('warn'), 'passed with warnings'],
    [count('pass'), 'passed'],
  ] as const;
  const said = parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  if (said.length === 0) return 'no orgs';
  return `${orgs.length} ${orgs.length === 1 ? 'org' : 'orgs'}: ${said.join(', ')}`;
}

const mark = (status: VerdictStatus, { colour }: OrgTableView): string =>
  colour ? `${paint(colours[status], signs[status])} ` : status.padEnd(8);

const bold = (text: string, { colour }: OrgTableView): string => (colour ? paint('bold', text) : text);

/** The caller has decided on colour; Node must not look at the environment again. */
const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
  styleText(format, text, { validateStream: false });
