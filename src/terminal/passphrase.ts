import { Messages } from '@salesforce/core/messages';
import { decodePassphrase } from '../cert/passphrase.ts';
import { aquilaError } from '../errors.ts';
import { readInputFile, readStandardInput } from '../files/read.ts';
import { askHidden } from './ask.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** The variable that holds the passphrase of a private key. */
export const keyPassphraseVariable = 'SF_AQUILA_KEY_PASSPHRASE';

export type PassphraseSources = {
  /** A path, or `-` for standard input. */
  file: string | undefined;
  /** Whether the command can do nothing without one. */
  isNeeded: boolean;
  canAsk: boolean;
};

/**
 * The passphrase for a new key: from the file, else from the environment, else asked for twice where one is needed.
 *
 * @returns undefined if none was given and none is needed
 * @throws PassphraseMissing, PassphrasesDiffer, QuestionDeclined, or what `decodePassphrase` and `readInputFile` throw
 */
export async function newPassphrase({ file, isNeeded, canAsk }: PassphraseSources): Promise<string | undefined> {
  const variable = process.env[keyPassphraseVariable];
  const typed = file === '-' && process.stdin.isTTY;
  if (file === '-' && !typed) return decodePassphrase(await readStandardInput(), messages.getMessage('standard-input'));
  if (file !== undefined && !typed) {
    const { bytes, path } = await readInputFile(file, 'passphrase');
    return decodePassphrase(bytes, path);
  }
  if (!typed && variable !== undefined && variable !== '') {
    return decodePassphrase(Buffer.from(variable), keyPassphraseVariable);
  }
  if (!typed && !isNeeded) return undefined;
  if (!canAsk) throw aquilaError('PassphraseMissing', [], [keyPassphraseVariable]);
  return askTwice();
}

/** @throws StandardInputTakenTwice where two secrets would be read from it */
export function requireOneStandardInput(...files: Array<string | undefined>): void {
  if (files.filter((file) => file === '-').length > 1) throw aquilaError('StandardInputTakenTwice');
}

async function askTwice(): Promise<string> {
  const source = messages.getMessage('passphrase.answer');
  const first = decodePassphrase(Buffer.from(await askHidden(messages.getMessage('passphrase.new'))), source);
  const second = await askHidden(messages.getMessage('passphrase.again'));
  if (first !== second) throw aquilaError('PassphrasesDiffer');
  return first;
}
