import { basename } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import type { PermissionSetPlan } from '../app/permission-set.ts';
import type { CertificateFiles } from '../cert/file-set.ts';
import { shellWord } from '../cert/shell.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { CompleteHandover } from '../handover/fields.ts';
import { aquilaFormat } from '../handover/formats/aquila.ts';
import { renderPlan, type PlanView } from './app.ts';
import { certificateFileText } from './certificate.ts';
import { renderChecks, type ChecksView } from './checks.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

type Pair = {
  directory: string;
  keyFile: string;
  certificateFile: string;
  written: Partial<CertificateFiles>;
  facts: { subject: string; notAfter: string };
};

/** What a run is going to do. */
export type SetupPlanView = {
  org: string;
  instanceUrl: string;
  username: string;
  pair: Pair;
  permissionSet: PermissionSetPlan | undefined;
  app: PlanView;
  login: {
    isStored: boolean;
    replaced: unknown;
    alias: { name: string; takenFrom: string | undefined } | undefined;
    keyPath: string | undefined;
  };
  bundle: string | undefined;
};

/** The plan for whoever has to agree, place by place. */
export function renderSetupPlan(plan: SetupPlanView, changes: boolean, columns: number): string[] {
  const { org, instanceUrl, pair, permissionSet, app, bundle } = plan;
  const item = (text: string): string[] => indented(text, columns);
  return [
    ...wrapLine(messages.getMessage(changes ? 'plan.head' : 'plan.unchanged'), columns),
    '',
    messages.getMessage('plan.files', [pair.directory]),
    ...fileLines(pair, columns),
    ...(bundle === undefined ? [] : item(messages.getMessage('plan.bundle', [bundle]))),
    '',
    ...wrapLine(messages.getMessage('plan.org', [org, instanceUrl]), columns),
    ...(permissionSet ? item(permissionSetText(permissionSet)) : []),
    ...renderPlan(app, columns - 2).map((line) => (line === '' ? '' : `  ${line}`)),
    ...(app.changes.length === 0 ? [''] : []),
    messages.getMessage('plan.login'),
    ...loginTexts(plan).flatMap(item),
    '',
    ...wrapLine(messages.getMessage('plan.then'), columns),
  ];
}

const indented = (text: string, columns: number): string[] =>
  wrapLine(text, columns - 4).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`);

/** The order in which a reader needs them. */
const roles = ['certificate', 'privateKey', 'pem', 'csr', 'pkcs12', 'jks'] as const;

function fileLines({ keyFile, certificateFile, written, facts }: Pair, columns: number): string[] {
  const news = roles.flatMap((role) => {
    const path = written[role];
    if (path === undefined) return [];
    const what = certificateFileText(role);
    const text = role === 'certificate' ? messages.getMessage('plan.certificate', [what, facts.subject]) : what;
    return [{ name: basename(path), text }];
  });
  const isPresent = written.certificate === undefined;
  const present = [keyFile, certificateFile].map((file) => basename(file)).join(', ');
  const width = Math.max(0, ...news.map(({ name }) => name.length));
  return [
    ...(isPresent ? indented(messages.getMessage('plan.pair.present', [present]), columns) : []),
    ...news.flatMap(({ name, text }) =>
      wrapLine(text, columns - width - 4).map((line, at) => `  ${(at === 0 ? name : '').padEnd(width)}  ${line}`)
    ),
  ];
}

function permissionSetText({ name, created, lacking }: PermissionSetPlan): string {
  const labels = lacking.map(({ label }) => label).join(', ');
  if (created) return messages.getMessage('plan.permission-set.new', [name, labels]);
  return lacking.length > 0
    ? messages.getMessage('plan.permission-set.more', [name, labels])
    : messages.getMessage('plan.permission-set.same', [name]);
}

function loginTexts({ username, login: { isStored, replaced, alias, keyPath } }: SetupPlanView): string[] {
  const state = isStored ? 'stored' : replaced === undefined ? 'new' : 'replaced';
  const named = alias && [alias.name, ...(alias.takenFrom === undefined ? [] : [alias.takenFrom])];
  return [
    messages.getMessage(`plan.login.${state}`, [username]),
    ...(named ? [messages.getMessage(named.length > 1 ? 'plan.login.alias.taken' : 'plan.login.alias', named)] : []),
    ...(keyPath === undefined ? [] : [messages.getMessage('plan.login.key-path', [keyPath])]),
  ];
}

export type SetupEnd = {
  plan: SetupPlanView;
  steps: ReadonlyArray<{ step: string; status: string }>;
  verify: CheckReport | undefined;
  handover: CompleteHandover | undefined;
};

/** How it ended: what was done, whether it works, the five fields, and what is left to a person. */
export function renderSetupEnd({ plan, steps, verify, handover }: SetupEnd, view: ChecksView): string[] {
  const { columns } = view;
  const width = Math.max(...steps.map(({ step }) => step.length));
  const list = [
    messages.getMessage('done.steps'),
    ...steps.map(({ step, status }) => `  ${step.padEnd(width)}  ${status}`),
  ];
  if (!verify || !handover) return [...list, '', messages.getMessage('done.dry-run')];
  const ready = messages.getMessage(verify.passed ? 'done.ready' : 'done.not-ready');
  return [
    ...list,
    '',
    messages.getMessage('done.verify'),
    renderChecks(verify.checks, verify.summary, { ...view, concise: true }),
    '',
    ...wrapLine(ready, columns),
    '',
    messages.getMessage('done.fields'),
    ...aquilaFormat(handover.fields, handover.keyPathIsLocal).trimEnd().split('\n').slice(3),
    '',
    messages.getMessage('done.files'),
    ...whereabouts(plan),
    '',
    ...(verify.passed ? nextSteps(plan, handover, verify, columns) : []),
  ];
}

/** Paths are never broken: they are copied. */
function whereabouts({ pair, bundle }: SetupEnd['plan']): string[] {
  const { keyFile, certificateFile, written, facts } = pair;
  const rows: Array<[string | undefined, string]> = [
    [keyFile, messages.getMessage('done.file.key')],
    [written.pem, messages.getMessage('done.file.pem')],
    [certificateFile, messages.getMessage('done.file.certificate', [facts.notAfter.slice(0, 10)])],
    [written.pkcs12, certificateFileText('pkcs12')],
    [written.jks, certificateFileText('jks')],
    [bundle, messages.getMessage('done.file.bundle')],
  ];
  return rows.flatMap(([path, text]) => (path === undefined ? [] : [`  ${path}`, `      ${text}`]));
}

function nextSteps(
  { pair, username, org, bundle }: SetupEnd['plan'],
  { keyPathIsLocal }: CompleteHandover,
  { checks }: CheckReport,
  columns: number
): string[] {
  const key = pair.written.pem ?? pair.keyFile;
  const report = `sf aquila report --target-org ${shellWord(username)} --key-path /etc/aquila/server.pem`;
  const verify = `sf aquila verify --target-org ${shellWord(username)} --admin-org ${shellWord(org)}`;
  const send =
    bundle === undefined ? messages.getMessage('done.next.send') : messages.getMessage('done.next.bundle', [bundle]);
  const isShort = checks.some(({ id, status }) => id === 'data-session-lifetime' && status === 'warn');
  const unknownPath: [string, string?] =
    bundle === undefined
      ? [messages.getMessage('done.next.key-path'), report]
      : [messages.getMessage('done.next.key-path.bundle')];
  const steps: Array<[string, string?]> = [
    [messages.getMessage(keyPathIsLocal ? 'done.next.key.nowhere' : 'done.next.key', [key])],
    ...(keyPathIsLocal ? [unknownPath] : []),
    [send],
    ...(isShort ? [[messages.getMessage('done.next.session')] as [string]] : []),
    [messages.getMessage('done.next.prove'), verify],
  ];
  return [
    messages.getMessage('done.next'),
    ...steps.flatMap(([text, command], number) => [
      ...wrapLine(text, columns - 5).map((line, at) => `${at === 0 ? `  ${String(number + 1)}. ` : '     '}${line}`),
      ...(command === undefined ? [] : [`     ${command}`]),
    ]),
  ];
}

/** What each step is called on the screen. */
export const setupStageTitles = <Name extends string>(steps: readonly Name[]): Map<Name, string> =>
  new Map(steps.map((step) => [step, messages.getMessage(`stage.${step}`)]));

export const setupStageTitle = (org: string): string => messages.getMessage('stage.title', [org]);
