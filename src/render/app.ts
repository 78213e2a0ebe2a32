import { Messages } from '@salesforce/core/messages';
import type { Change } from '../app/plan.ts';
import { pollMinutes } from '../app/session-length.ts';
import { shellWord } from '../cert/shell.ts';
import { printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'app.create');

/** Where names end and values begin, at the least and at the most, and the least room that values get. */
const [shortestName, longestName, leastRoom] = [16, 37, 30];

export type PlanView = { app: string; org: string; created: boolean; changes: readonly Change[] };

/** The plan for a person: each setting with its value now and then. */
export function renderPlan({ app, org, created, changes }: PlanView, columns: number): string[] {
  if (changes.length === 0) return wrapLine(messages.getMessage('plan.none', [app, org]), columns);
  const count =
    changes.length === 1 ? messages.getMessage('settings.one') : messages.getMessage('settings.many', [changes.length]);
  const head = created
    ? messages.getMessage('plan.new', [app, org])
    : messages.getMessage('plan.update', [app, org, count]);
  // A longer name stands on a line of its own, and does not push the others apart.
  const lengths = changes.map(({ setting }) => setting.length).filter((length) => length <= longestName);
  const width = Math.min(Math.max(...lengths, shortestName), columns - leastRoom - 4);
  return [...wrapLine(head, columns), '', ...changes.flatMap((change) => changeLines(change, { width, columns })), ''];
}

function changeLines({ setting, from, to }: Change, { width, columns }: { width: number; columns: number }): string[] {
  const room = columns - width - 4;
  const values = [...(from === null ? [] : [oneLine(from)]), `${from === null ? '' : '-> '}${oneLine(to)}`];
  const whole = values.join(' ');
  const lines = whole.length <= room ? [whole] : values.flatMap((value) => wrapLine(value, room));
  const [first = '', ...rest] = setting.length <= width ? lines : ['', ...lines];
  return [`  ${setting.padEnd(width)}  ${first}`.trimEnd(), ...rest.map((line) => `  ${' '.repeat(width)}  ${line}`)];
}

const oneLine = (value: string): string => printable(value).replaceAll('\n', ' ');

/** What a person should know before saying yes to a change of somebody else's app, and the question. */
export function foreignQuestion(app: string, users: string, cutsOff: boolean, columns: number): string {
  const text = messages.getMessage('question.foreign', [app, users]);
  const lines = wrapLine(cutsOff ? `${text} ${messages.getMessage('question.cuts-off')}` : text, columns - 2);
  return [...lines, messages.getMessage('question.change')].join('\n');
}

export type DoneView = PlanView & {
  dryRun: boolean;
  /** The org was asked whether it takes the plan. */
  validates: boolean;
  clientId: string | undefined;
  username: string | undefined;
  certificateFile: string | undefined;
  instanceUrl: string;
};

/** What was done, and the command that comes next. */
export function renderCreatedApp(done: DoneView, columns: number): string[] {
  const { app, org, created, changes, clientId, username, certificateFile, instanceUrl } = done;
  const paragraph = (text: string): string[] => wrapLine(text, columns);
  if (done.dryRun) {
    if (done.validates) return paragraph(messages.getMessage('done.validated', [org]));
    return paragraph(messages.getMessage(changes.length > 0 ? 'done.not-validated' : 'done.validated.none'));
  }
  const head = changes.length === 0 ? [] : [messages.getMessage(created ? 'done.created' : 'done.updated', [app, org])];
  const session = changes.find(({ setting }) => setting.startsWith('Session Timeout'));
  const keyFile = certificateFile?.replace(/\.[^./\\]+$/, '.key') ?? 'server.key';
  const login = [
    `sf aquila login --username ${shellWord(username ?? 'USERNAME')} --client-id ${shellWord(clientId ?? 'CLIENT_ID')}`,
    `--jwt-key-file ${shellWord(keyFile)} --instance-url ${shellWord(instanceUrl)}`,
  ].join(' ');
  return [
    ...head.flatMap(paragraph),
    '',
    ...(clientId === undefined
      ? paragraph(messages.getMessage('client-id.hidden', [app]))
      : [messages.getMessage('client-id'), `  ${clientId}`]),
    ...(session === undefined || Number(session.to) >= pollMinutes ? [] : ['', ...paragraph(sessionNote(session.to))]),
    ...(changes.length === 0 ? [] : ['', ...paragraph(messages.getMessage('next.login')), `  ${login}`]),
  ];
}

const sessionNote = (minutes: string): string =>
  messages.getMessage('session', [messages.getMessage('session.unit', [minutes])]);

/** The files of a source tree, and how they get into an org. */
export function renderAppSource(
  { name, files, folder }: { name: string; files: readonly string[]; folder: string },
  columns: number
): string[] {
  return [
    messages.getMessage('done.written', [name]),
    '',
    ...files.map((file) => `  ${file}`),
    '',
    ...wrapLine(messages.getMessage('next.deploy.note'), columns),
    '',
    messages.getMessage('next.deploy'),
    `  cd ${shellWord(folder)}`,
    '  sf project deploy start --source-dir . --target-org ADMIN',
  ];
}

/** What each stage of the work is called on the screen. */
export const stageTitles = <Name extends string>(stages: readonly Name[]): Map<Name, string> =>
  new Map(stages.map((stage) => [stage, messages.getMessage(`stage.${stage}`)]));

export const stageTitle = (app: string, org: string): string => messages.getMessage('stage.title', [app, org]);

/** What is left behind where the work is interrupted in this stage; undefined where nothing was to be changed. */
export function interruptedWords(
  { app, org, changes, dryRun }: Omit<PlanView, 'created'> & { dryRun: boolean },
  stage: string
): string | undefined {
  if (dryRun || changes.length === 0) return undefined;
  const isDone = stage === 'read' || stage === 'wait';
  return messages.getMessage(isDone ? 'interrupted.after' : 'interrupted.partly', [printable(app), org]);
}
