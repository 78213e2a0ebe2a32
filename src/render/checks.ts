import { styleText } from 'node:util';
import { roomOf, rooms, type Room, type VerdictStatus } from '../checks/define.ts';
import { needsAdmin, type Finding } from '../checks/run.ts';
import type { Summary } from '../checks/summary.ts';
import { fixLines, printable, wrapLine } from './wrap.ts';

/** How findings are to look. */
export type ChecksView = {
  /** Columns of the screen. */
  columns: number;
  /** On a terminal a room that says one thing folds to one line. */
  terminal: boolean;
  /** With colour a mark is a sign, without it is a word. */
  colour: boolean;
  /** Only what is no pass. */
  concise: boolean;
  /** Nothing folds, and passes tell their detail. */
  verbose: boolean;
};

/** What the rooms are called over a list; a folded room keeps the words before the comma. */
export const roomNames: Readonly<Record<Room, string>> = {
  key: 'Key',
  cert: 'Certificate',
  host: 'Host',
  login: 'Login, as the collector does it',
  app: 'App',
  user: 'User',
  data: 'Data',
  handover: 'Hand-over',
  flow: 'Flows',
  sso: 'Single sign-on',
};

const signs = { pass: '✓', warn: '!', fail: '✗', skip: '-', unknown: '?' } as const;
const colours = { pass: 'green', warn: 'yellow', fail: 'red', skip: 'gray', unknown: 'magenta' } as const;

/** The findings for a person, room by room, and the counts on the last line. */
export function renderChecks(findings: readonly Finding[], summary: Summary, view: ChecksView): string {
  const sections = rooms.flatMap((room) => {
    const inRoom = findings.filter(({ id }) => roomOf(id) === room);
    const shown = view.concise ? inRoom.filter(({ status }) => status !== 'pass') : inRoom;
    return shown.length === 0 ? [] : [section(room, shown, view)];
  });
  const lacking = findings.filter(({ detail }) => detail === needsAdmin).length;
  return [...sections.flat(), ...(sections.length === 0 ? [] : ['']), countsLine(summary, lacking)].join('\n');
}

function section(room: Room, findings: readonly Finding[], view: ChecksView): string[] {
  const name = roomNames[room];
  const said = folds(view) ? oneThing(findings) : undefined;
  if (said !== undefined) return [`${(name.split(',')[0] ?? name).padEnd(15)}${sayOnce(said, view)}`];
  return [bold(name, view), ...groups(findings, view).flatMap((group) => groupLines(group, view))];
}

const folds = ({ terminal, verbose }: ChecksView): boolean => terminal && !verbose;

type OneThing = { status: 'pass' | 'skip'; text: string };

/** What all these findings say alike: that they passed, or that the same thing kept them from running. */
function oneThing(findings: readonly Finding[]): OneThing | undefined {
  const count = String(findings.length);
  if (findings.every(({ status }) => status === 'pass')) return { status: 'pass', text: `${count} passed` };
  const [reason, ...others] = new Set(findings.map(plainSkip));
  return reason === undefined || others.length > 0
    ? undefined
    : { status: 'skip', text: `${count} skipped, ${reason}` };
}

/** Why a check did not run, if it has nothing to add to that. */
const plainSkip = ({ status, detail, blockedBy }: Finding): string | undefined =>
  status === 'skip' &&
  (['left out by --skip', needsAdmin].includes(detail ?? '') || detail === `blocked by ${blockedBy ?? ''}`)
    ? detail
    : undefined;

/** Neighbours that were skipped for the same reason fold too. */
function groups(findings: readonly Finding[], view: ChecksView): Finding[][] {
  const found: Finding[][] = [];
  for (const finding of findings) {
    const last = found.at(-1);
    const reason = plainSkip(finding);
    if (folds(view) && last?.[0] && reason !== undefined && plainSkip(last[0]) === reason) last.push(finding);
    else found.push([finding]);
  }
  return found;
}

function groupLines(group: readonly Finding[], view: ChecksView): string[] {
  const [first] = group;
  const said = group.length > 1 ? oneThing(group) : undefined;
  if (said) return [`  ${sayOnce(said, view)}`];
  return first ? findingLines(first, view) : [];
}

const sayOnce = ({ status, text }: OneThing, view: ChecksView): string =>
  view.colour ? `${mark(status, view)} ${text}` : text;

function findingLines(finding: Finding, view: ChecksView): string[] {
  const { status, title, detail, fix, docs } = finding;
  const head = `  ${mark(status, view)} `;
  const underTitle = ' '.repeat(view.colour ? 4 : 10);
  const indent = ' '.repeat(6);
  const width = view.columns - indent.length;
  const reason = plainSkip(finding);
  const tells = reason === undefined && (status !== 'pass' || view.verbose);
  const body = [
    ...(tells && detail !== undefined
      ? printable(detail)
          .split('\n')
          .flatMap((line) => wrapLine(line, width))
      : []),
    ...(fix === undefined ? [] : fixLines(printable(fix), width)),
    ...(fix === undefined ? [] : [`see: ${docs}`]),
  ];
  const titleLines = wrapLine(reason === undefined ? title : `${title} (${reason})`, view.columns - underTitle.length);
  return [
    ...titleLines.map((line, at) => `${at === 0 ? head : underTitle}${line}`),
    ...body.map((line) => `${indent}${line}`),
  ];
}

const mark = (status: VerdictStatus, { colour }: ChecksView): string =>
  colour ? paint(colours[status], signs[status]) : status.padEnd(7);

const bold = (text: string, { colour }: ChecksView): string => (colour ? paint('bold', text) : text);

/** The caller has decided on colour; Node must not look at the environment again. */
const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
  styleText(format, text, { validateStream: false });

/** `2 failed, 1 warning, 7 skipped, 25 passed` */
function countsLine({ fail, unknown, warn, skip, pass }: Summary, lacking: number): string {
  const parts = [
    [fail, 'failed'],
    [unknown, 'unknown'],
    [warn, warn === 1 ? 'warning' : 'warnings'],
    [skip, lacking === 0 ? 'skipped' : `skipped (${lacking} for lack of --admin-org)`],
    [pass, 'passed'],
  ] as const;
  const said = parts.flatMap(([count, word]) => (count === 0 ? [] : [`${String(count)} ${word}`]));
  return said.length === 0 ? 'no checks' : said.join(', ');
}
