import { Messages } from '@salesforce/core/messages';
import { decodePassphrase } from '../cert/passphrase.ts';
import { readInputFile, readStandardInput } from '../files/read.ts';
import { askHidden } from './ask.ts';
import { keyPassphraseVariable } from './passphrase.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/**
 * The passphrase of keys that exist, from the file, else from the environment.
 *
 * @param file a path, or `-` for standard input
 * @returns undefined if neither gives one
 * @throws what `decodePassphrase` and `readInputFile` throw
 */
export async function givenPassphrase(file: string | undefined): Promise<string | undefined> {
  const variable = process.env[keyPassphraseVariable];
  if (file === '-') return decodePassphrase(await readStandardInput(), messages.getMessage('standard-input'));
  if (file !== undefined) {
    const { bytes, path } = await readInputFile(file, 'passphrase');
    return decodePassphrase(bytes, path);
  }
  if (variable === undefined || variable === '') return undefined;
  return decodePassphrase(Buffer.from(variable), keyPassphraseVariable);
}

/**
 * Asks for the passphrase of a key that exists; undefined if nothing was typed.
 *
 * @throws QuestionDeclined on Ctrl-C
 */
export async function askPassphrase(keyFile: string): Promise<string | undefined> {
  const answer = await askHidden(messages.getMessage('passphrase.of', [keyFile]));
  return answer === '' ? undefined : answer;
}
