import { join, sep } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import type { CertificateFacts } from '../cert/certificate.ts';
import type { RenewalKind } from '../cert/renewal.ts';
import { shellWord } from '../cert/shell.ts';
import { printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.renew');

/** What a run is going to do. */
export type RenewalView = {
  kind: RenewalKind;
  resumed: boolean;
  app: string;
  org: string;
  instanceUrl: string;
  present: CertificateFacts;
  next: CertificateFacts;
  heldOther: string | undefined;
  hidden: boolean;
  folder: string;
  waiting: string;
  files: readonly string[];
  left: ReadonlyArray<{ path: string; reason: string }>;
  others: readonly string[];
  beside?: string;
};

/** The plan for whoever has to agree. */
export function renderRenewalPlan(plan: RenewalView, columns: number): string[] {
  const { kind, resumed, org, instanceUrl, present, next, heldOther, hidden, folder, files, left, others } = plan;
  const app = printable(plan.app);
  const head =
    plan.beside === undefined
      ? messages.getMessage(`plan.${kind}`, [app, org, instanceUrl])
      : messages.getMessage('plan.beside', [printable(plan.beside), app, org, instanceUrl]);
  const item = (text: string): string[] =>
    wrapLine(text, columns - 4).map((line, at) => `${at ? '    ' : '  '}${line}`);
  const notes = [
    ...(resumed ? [messages.getMessage('plan.resumed')] : []),
    ...(heldOther === undefined ? [] : [messages.getMessage('plan.held', [heldOther])]),
    ...(hidden ? [messages.getMessage('plan.hidden')] : []),
    ...(next.notAfter < present.notAfter ? [messages.getMessage('plan.shorter')] : []),
    ...(others.length > 0 ? [messages.getMessage('plan.shared', [others.join(', ')])] : []),
    messages.getMessage(`plan.collector.${plan.beside === undefined ? kind : 'beside'}`),
  ];
  return [
    ...wrapLine(head, columns),
    '',
    ...certificateLines(messages.getMessage('plan.now'), present, columns),
    ...certificateLines(messages.getMessage('plan.next'), next, columns),
    '',
    messages.getMessage('plan.files', [folder]),
    ...files.flatMap((name) =>
      item(messages.getMessage(plan.beside === undefined ? 'plan.replaced' : 'plan.new', [name]))
    ),
    ...left.flatMap(({ path, reason }) => item(messages.getMessage(`plan.left.${reason}`, [path]))),
    '',
    ...notes.flatMap((note) => wrapLine(note, columns)),
  ];
}

/** Half a fingerprint on a line: its sixteen pairs, behind what it is. */
const fingerprintWidth = 'SHA-256  '.length + 16 * 3;

/** A certificate behind a word: what it is, and its fingerprint. */
function certificateLines(label: string, facts: CertificateFacts, columns: number): string[] {
  const { subject, notAfter, daysLeft, fingerprint256 } = facts;
  const words = [printable(subject), notAfter.slice(0, 10), daysText(daysLeft)];
  return [
    ...wrapLine(messages.getMessage('plan.certificate', words), columns - 8),
    ...wrapLine(`SHA-256  ${fingerprint256}`, fingerprintWidth),
  ].map((line, at) => `  ${at === 0 ? label.padEnd(6) : ' '.repeat(6)}${line}`);
}

function daysText(days: number): string {
  if (days < 0) return messages.getMessage('plan.days.over');
  return days === 1 ? messages.getMessage('plan.days.one') : messages.getMessage('plan.days.many', [days]);
}

/** How a run ended. */
export type RenewalEnd = {
  plan: RenewalView | undefined;
  dryRun: boolean;
  result: {
    certificate: CertificateFacts;
    rekeyed: boolean;
    verified: boolean;
    backup: readonly string[];
    gapSeconds?: number;
    keyFile?: string;
  };
  /** As a person calls them in a command. */
  login: string;
  admin: string;
  warnDays: number;
  /** Absolute path of the key that the login is made with. */
  keyFile: string;
  /** The path on the collector, where it is known. */
  keyPath: string | undefined;
};

/** The end of a run, and what is left to a person. */
export function renderRenewalEnd(end: RenewalEnd, columns: number): string[] {
  const { plan, dryRun, result } = end;
  const until = result.certificate.notAfter.slice(0, 10);
  const wrap = (text: string): string[] => wrapLine(text, columns);
  if (!plan) return wrap(messages.getMessage('done.none', [until, result.certificate.daysLeft, end.warnDays]));
  if (dryRun) return wrap(messages.getMessage('done.dry-run'));
  const app = printable(plan.app);
  if (plan.beside !== undefined) return besideEnd(end, { app, beside: printable(plan.beside), until }, columns);
  const kept = result.backup[0];
  const folder = kept?.slice(0, kept.lastIndexOf(sep));
  const { rekeyed, verified, gapSeconds } = result;
  const stores = plan.files.filter((name) => /\.(?:p12|jks)$/.test(name)).join(', ');
  const storeLines = stores === '' ? [] : wrap(messages.getMessage('done.keystores', [stores]));
  if (!rekeyed) {
    return [
      ...wrap(messages.getMessage(verified ? 'done.renew' : 'done.unseen', [app, until])),
      ...storeLines,
      ...(folder === undefined ? [] : wrap(messages.getMessage('done.kept.renew', [folder]))),
    ];
  }
  return [
    ...wrap(messages.getMessage('done.rekey', [app, until])),
    ...(gapSeconds === undefined ? [] : wrap(messages.getMessage('done.gap', [secondsText(gapSeconds)]))),
    '',
    ...copyLines('done.copy', end, columns),
    ...storeLines,
    ...(folder === undefined ? [] : wrap(messages.getMessage('done.kept', [folder]))),
  ];
}

function secondsText(seconds: number): string {
  if (seconds === 0) return messages.getMessage('seconds.none');
  return seconds === 1 ? messages.getMessage('seconds.one') : messages.getMessage('seconds.many', [seconds]);
}

function copyLines(message: string, { plan, keyFile, keyPath }: RenewalEnd, columns: number): string[] {
  // The copy for the collector, where there is one: its owner and mode may change there.
  const pem = plan?.files.find((name) => name.endsWith('.pem'));
  const file = plan && pem !== undefined ? join(plan.folder, pem) : keyFile;
  const known = message === 'done.copy' && keyPath !== undefined;
  return wrapLine(messages.getMessage(known ? 'done.copy.as' : message, known ? [file, keyPath] : [file]), columns);
}

function besideEnd(
  end: RenewalEnd,
  { app, beside, until }: { app: string; beside: string; until: string },
  columns: number
): string[] {
  const { login, admin, result } = end;
  const step = (text: string): string[] => {
    const command = /: (sf .*)$/s.exec(text)?.[1];
    const words = command === undefined ? text : text.slice(0, -command.length).trimEnd();
    return [...wrapLine(words, columns), ...(command === undefined ? [] : [`  ${command}`])];
  };
  return [
    ...wrapLine(messages.getMessage('done.beside', [beside, login, until]), columns),
    '',
    ...copyLines('done.beside.copy', { ...end, keyFile: result.keyFile ?? end.keyFile }, columns),
    ...step(messages.getMessage('done.beside.fields', [shellWord(login)])),
    ...step(messages.getMessage('done.beside.remove', [shellWord(admin), shellWord(app)])),
  ];
}

/** What the stages of the work are called on a screen. */
export const renewalStageTitles = <Name extends string>(stages: readonly Name[], beside: boolean): Map<Name, string> =>
  new Map(
    stages.map((stage) => {
      const own = beside && (stage === 'deploy' || stage === 'replace');
      return [stage, messages.getMessage(`stage.${stage}${own ? '.beside' : ''}`)];
    })
  );

export const renewalStageTitle = (app: string, org: string): string =>
  messages.getMessage('stage.title', [printable(app), org]);

/** What an interruption in a stage leaves behind. */
export function renewalInterrupted(stage: string, { waiting, beside }: RenewalView): string | undefined {
  if (stage === 'replace') return undefined;
  if (stage !== 'stage' && beside !== undefined) return messages.getMessage('interrupted.beside', [beside, waiting]);
  return messages.getMessage(`interrupted.${stage}`, stage === 'prove' ? [waiting] : []);
}
