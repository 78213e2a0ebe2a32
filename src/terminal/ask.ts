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
