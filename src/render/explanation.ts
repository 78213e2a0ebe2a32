import { Messages } from '@salesforce/core/messages';
import { appChecks, verifyChecks } from '../checks/doors.ts';
import type { Explanation } from '../token/explain/explain.ts';
import type { Candidate } from '../token/explain/row.ts';
import { fixLines, printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'explain');

export type ExplanationView = {
  /** Columns of the screen. */
  columns: number;
  /** Whether the number of a line helps to find the words. */
  severalLines: boolean;
};

const labelWidth = 12;

/** What a text means, for a person: one block for each thing that it says. Commands are never broken. */
export function renderExplanations(explanations: readonly Explanation[], view: ExplanationView): string {
  if (explanations.length === 0) return wrapLine(messages.getMessage('none'), view.columns).join('\n');
  return explanations.map((one) => block(one, view).join('\n')).join('\n\n');
}

function block({ line, words, meaning, causes, fix, checks }: Explanation, view: ExplanationView): string[] {
  const width = view.columns - 2;
  const label = view.severalLines ? messages.getMessage('line', [line]) : messages.getMessage('words');
  const isTold = causes.some((cause) => cause.fix === fix);
  const body = [
    ...field(label, words, width),
    ...(isTold ? [] : fixLines(printable(fix), width)),
    ...candidateLines(causes, width),
    ...checkLines(checks),
  ];
  return [...wrapLine(`${capital(meaning)}.`, view.columns), ...body.map((text) => `  ${text}`)];
}

/** Possible causes in their order, each with what mends it; what mends several stands once. */
export function candidateLines(causes: readonly Candidate[], width: number): string[] {
  const shown = new Set<string>();
  return causes.flatMap((cause, at) => {
    const isNew = !shown.has(cause.fix);
    shown.add(cause.fix);
    return [
      ...field(wordFor(cause.sure, at, causes.length), cause.text, width),
      ...(isNew ? fixLines(printable(cause.fix), width - labelWidth).map((text) => under(text)) : []),
    ];
  });
}

const field = (label: string, text: string, width: number): string[] =>
  wrapLine(`${label.padEnd(labelWidth)}${printable(text)}`, width);

/** `possibly` marks what one report or an inference says. */
const wordFor = (isSure: boolean, at: number, count: number): string => {
  if (!isSure) return messages.getMessage('possibly');
  if (count === 1) return messages.getMessage('cause');
  return messages.getMessage(at === 0 ? 'likely' : 'or');
};

const under = (text: string): string => `${' '.repeat(labelWidth)}${text}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The commands that run the checks which can tell; a check that no command runs yet is left out. */
function checkLines(ids: readonly string[]): string[] {
  const inApp = ids.filter((id) => appChecks.some((check) => check.id === id));
  const inVerify = ids.filter((id) => !inApp.includes(id) && verifyChecks.some((check) => check.id === id));
  const commands = [
    ...(inVerify.length === 0 ? [] : [messages.getMessage('verify', [inVerify.join(',')])]),
    ...(inApp.length === 0 ? [] : [messages.getMessage('app-check')]),
  ];
  return commands.map(
    (command, at) => `${(at === 0 ? messages.getMessage('check') : '').padEnd(labelWidth)}${command}`
  );
}
