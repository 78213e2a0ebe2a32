import { basename } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import type { PermissionSetPlan } from '../app/permission-set.ts';
import type { CertificateFiles } from '../cert/file-set.ts';
import { renderPlan, type PlanView } from './app.ts';
import { certificateFileText, gitWarnings, type KeyPairWarning } from './certificate.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

type Pair = {
  directory: string;
  keyFile: string;
  certificateFile: string;
  /** Of the key, for the collector. */
  copy: string | undefined;
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
    replaces: 'own' | 'other' | undefined;
    alias: { name: string; takenFrom: string | undefined } | undefined;
    keyPath: string | undefined;
  };
  bundle: { path: string; state: 'new' | 'same' | 'anew' } | undefined;
  dryRun: boolean;
  doubts: {
    openToGit: Parameters<typeof gitWarnings>[0];
    subject: boolean;
    keyPath: string | undefined;
  };
};

/** The plan for whoever has to agree, place by place. */
export function renderSetupPlan(plan: SetupPlanView, changes: boolean, columns: number): string[] {
  const { org, instanceUrl, pair, permissionSet, app, bundle, dryRun } = plan;
  const head = changes ? 'plan.head' : dryRun ? 'plan.unchanged.dry-run' : 'plan.unchanged';
  const item = (text: string): string[] => indented(text, columns);
  return [
    ...wrapLine(messages.getMessage(head), columns),
    '',
    messages.getMessage('plan.files', [pair.directory]),
    ...fileLines(pair, columns),
    ...(bundle ? item(messages.getMessage(`plan.bundle.${bundle.state}`, [bundle.path])) : []),
    '',
    ...wrapLine(messages.getMessage('plan.org', [org, instanceUrl]), columns),
    ...(permissionSet ? item(permissionSetText(permissionSet)) : []),
    ...renderPlan(app, columns - 2).map((line) => (line === '' ? '' : `  ${line}`)),
    ...(app.changes.length === 0 ? [''] : []),
    messages.getMessage('plan.login'),
    ...loginTexts(plan).flatMap(item),
    ...(dryRun && !changes ? [] : ['', ...wrapLine(then(app.created), columns)]),
  ];
}

const then = (isNew: boolean): string =>
  [messages.getMessage('plan.then'), ...(isNew ? [messages.getMessage('plan.then.new')] : [])].join(' ');

/** What should be read before the plan is agreed to. */
export function setupWarnings({ pair, doubts }: SetupPlanView): KeyPairWarning[] {
  const { openToGit, subject, keyPath } = doubts;
  const warning = (name: string, ...tokens: string[]): KeyPairWarning => ({
    ...{ name, message: messages.getMessage(name, tokens), actions: messages.getMessages(`${name}.actions`) },
  });
  return [
    ...gitWarnings(openToGit),
    ...(subject ? [warning('SubjectNotUsed', pair.certificateFile, pair.facts.subject)] : []),
    ...(keyPath === undefined ? [] : [warning('KeyPathDoubtful', keyPath)]),
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

function loginTexts({ username, login: { isStored, replaces, alias, keyPath } }: SetupPlanView): string[] {
  const state = isStored ? 'stored' : replaces === undefined ? 'new' : `replaced.${replaces}`;
  const named = alias && [alias.name, ...(alias.takenFrom === undefined ? [] : [alias.takenFrom])];
  return [
    messages.getMessage(`plan.login.${state}`, [username]),
    ...(named ? [messages.getMessage(named.length > 1 ? 'plan.login.alias.taken' : 'plan.login.alias', named)] : []),
    ...(keyPath === undefined ? [] : [messages.getMessage('plan.login.key-path', [keyPath])]),
  ];
}

/** What each step is called on the screen. */
export const setupStageTitles = <Name extends string>(steps: readonly Name[]): Map<Name, string> =>
  new Map(steps.map((step) => [step, messages.getMessage(`stage.${step}`)]));

export const setupStageTitle = (org: string): string => messages.getMessage('stage.title', [org]);
