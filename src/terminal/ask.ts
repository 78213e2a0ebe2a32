import { Messages } from '@salesforce/core/messages';
import { prompts } from '@salesforce/sf-plugins-core';
import { contactEmailProblem } from '../app/definition.ts';
import { aquilaError } from '../errors.ts';
import { readOrgUrl } from '../token/org-url.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** Whether a question can be asked and seen: a terminal on both sides, and nobody asked for JSON or silence. */
export function canAsk(options: { json: boolean; noPrompt: boolean }): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !options.json && !options.noPrompt;
}

/** A question answered with a line of text; an empty answer is fine unless `check` says otherwise. */
type TextQuestion = {
  message: string;
  /** Answers why a text is refused; undefined if it is fine. */
  check?: (answer: string) => string | undefined;
};

/**
 * Asks for a line of text; blanks around it don't count.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export async function askText({ message, check }: TextQuestion): Promise<string> {
  const { default: input } = await import('@inquirer/input');
  const validate = (answer: string): true | string => check?.(answer.trim()) ?? true;
  return (await orDeclined(input({ message, validate }))).trim();
}

/**
 * Asks for the My Domain address of an org until the answer can be one.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export async function askInstanceUrl(): Promise<string> {
  return askText({
    message: messages.getMessage('instance-url'),
    check: (answer) => {
      const reading = readOrgUrl(answer, 'origin');
      return 'problem' in reading ? `${reading.problem.message} ${reading.problem.actions[0] ?? ''}` : undefined;
    },
  });
}

/**
 * Asks for an address that Salesforce can write to, until the answer can be one.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export async function askContactEmail(message: string): Promise<string> {
  return askText({ message, check: (answer) => contactEmailProblem(answer)?.message });
}

/**
 * Lets a person choose one of several by its number; Enter takes the first, unless 0 is an answer too.
 *
 * @param title what is asked; none where it stands on the screen already
 * @param message what stands before the answer; with one of its own, 0 is an answer too
 * @returns where the choice stands in the list; -1 for 0
 * @throws QuestionDeclined on Ctrl-C
 */
export async function askChoice(
  title: string | undefined,
  choices: readonly string[],
  message?: string
): Promise<number> {
  const least = message === undefined ? 1 : 0;
  const lines = choices.map((choice, at) => `  ${String(at + 1).padStart(2)}. ${choice}`);
  process.stderr.write([...(title === undefined ? [] : [title]), ...lines, ''].join('\n'));
  const isNumber = (answer: string): boolean =>
    (answer === '' && least === 1) ||
    (/^\d{1,4}$/.test(answer) && Number(answer) >= least && Number(answer) <= choices.length);
  const answer = await askText({
    message: message ?? messages.getMessage('number'),
    check: (text) =>
      isNumber(text) ? undefined : messages.getMessage('number.invalid', [String(least), String(choices.length)]),
  });
  return answer === '' ? 0 : Number(answer) - 1;
}

/** The longest time that a timer takes, 24 days: a passphrase may have to be looked up. */
const patienceMs = 2 ** 31 - 1;

/**
 * Asks for a secret that doesn't appear on the screen.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export async function askHidden(message: string): Promise<string> {
  return orDeclined(prompts.secretPrompt({ message, ms: patienceMs }));
}

/**
 * Asks for yes or no; Enter means no.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export async function confirm(message: string): Promise<boolean> {
  return orDeclined(prompts.confirm({ message, ms: patienceMs, defaultAnswer: false }));
}

/** The library's own error would end with another exit code than 130, and without a word on what to do. */
async function orDeclined<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw aquilaError('QuestionDeclined');
    throw error;
  }
}
