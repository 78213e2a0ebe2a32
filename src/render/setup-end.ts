import { basename } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import { defaultAppName } from '../app/name.ts';
import { shellWord } from '../cert/shell.ts';
import type { CheckReport } from '../checks/summary.ts';
import type { CompleteHandover } from '../handover/fields.ts';
import { aquilaFormat } from '../handover/formats/aquila.ts';
import { certificateFileText } from './certificate.ts';
import { renderChecks, type ChecksView } from './checks.ts';
import type { SetupPlanView } from './setup-plan.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

export type SetupEnd = {
  plan: SetupPlanView;
  steps: ReadonlyArray<{ step: string; status: string }>;
  verify?: CheckReport | undefined;
  handover?: CompleteHandover | undefined;
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
  const ready = messages.getMessage(
    verify.passed ? 'done.ready' : verify.summary.fail > 0 ? 'done.not-ready' : 'done.not-known'
  );
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
  const { keyFile, certificateFile, copy, written, facts } = pair;
  const rows: Array<[string | undefined, string]> = [
    [keyFile, messages.getMessage('done.file.key')],
    [copy, messages.getMessage('done.file.pem')],
    [certificateFile, messages.getMessage('done.file.certificate', [facts.notAfter.slice(0, 10)])],
    [written.pkcs12, certificateFileText('pkcs12')],
    [written.jks, certificateFileText('jks')],
    [bundle?.path, messages.getMessage('done.file.bundle')],
  ];
  return rows.flatMap(([path, text]) => (path === undefined ? [] : [`  ${path}`, `      ${text}`]));
}

function nextSteps(
  plan: SetupEnd['plan'],
  { keyPathIsLocal }: CompleteHandover,
  { checks }: CheckReport,
  columns: number
): string[] {
  const { pair, username, org, bundle } = plan;
  const key = pair.copy ?? pair.keyFile;
  const report = `sf aquila report --target-org ${shellWord(username)} --key-path /etc/aquila/server.pem`;
  const verify = `sf aquila verify --target-org ${shellWord(username)} --admin-org ${shellWord(org)}`;
  const renew = `sf aquila cert renew --target-org ${shellWord(username)} --admin-org ${shellWord(org)}`;
  const send =
    bundle === undefined
      ? messages.getMessage('done.next.send')
      : messages.getMessage('done.next.bundle', [bundle.path]);
  const isShort = checks.some(({ id, status }) => id === 'data-session-lifetime' && status === 'warn');
  const unknownPath: [string, string?] =
    bundle === undefined
      ? [messages.getMessage('done.next.key-path'), report]
      : [messages.getMessage('done.next.key-path.bundle'), again(plan, '--key-path /etc/aquila/server.pem')];
  const longer: [string, string] = [messages.getMessage('done.next.session'), again(plan, '--session-timeout 120')];
  const steps: Array<[string, string?]> = [
    [messages.getMessage(keyPathIsLocal ? 'done.next.key.nowhere' : 'done.next.key', [key])],
    ...(keyPathIsLocal ? [unknownPath] : []),
    [send],
    ...(isShort ? [longer] : []),
    [messages.getMessage('done.next.prove'), verify],
    [messages.getMessage('done.next.renew', [pair.facts.notAfter.slice(0, 10)]), renew],
  ];
  return [
    messages.getMessage('done.next'),
    ...steps.flatMap(([text, command], number) => [
      ...wrapLine(text, columns - 5).map((line, at) => `${at === 0 ? `  ${String(number + 1)}. ` : '     '}${line}`),
      ...(command === undefined ? [] : [`     ${command}`]),
    ]),
  ];
}

/** The same setup with one thing more, from whatever folder. */
function again({ org, username, app, pair, bundle }: SetupEnd['plan'], more: string): string {
  const isUsual = basename(pair.keyFile) === 'server.key' && basename(pair.certificateFile) === 'server.crt';
  const pairFlags = isUsual
    ? [['--output-dir', pair.directory]]
    : [
        ['--jwt-key-file', pair.keyFile],
        ['--certificate-file', pair.certificateFile],
      ];
  const flags = [
    ['--target-org', org],
    ['--username', username],
    ...(app.app === defaultAppName ? [] : [['--name', app.app]]),
    ...pairFlags,
    ...(bundle ? [['--bundle', bundle.path]] : []),
  ];
  return ['sf aquila setup', ...flags.map(([flag = '', value = '']) => `${flag} ${shellWord(value)}`), more].join(' ');
}
