import { Messages } from '@salesforce/core/messages';
import { decodePassword } from '../cert/passphrase.ts';
import { aquilaError } from '../errors.ts';
import { decodeText } from '../files/read-text.ts';
import { readInputFile, readStandardInput } from '../files/read.ts';
import { readGivenToken } from '../token/given-token.ts';
import type { SecretName } from '../token/grants.ts';
import { askHidden } from './ask.ts';
import { requireOneStandardInput } from './passphrase.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** The variable that holds the secret of an app. */
const clientSecretVariable = 'SF_AQUILA_CLIENT_SECRET';

/** Paths that flags gave, or `-` for standard input. */
export type SecretFiles = Partial<Record<SecretName, string | undefined>>;

/**
 * Where the secrets of a token request come from: the file of a flag, else for the client's secret the environment, else, where it is
 * needed, a hidden question.
 *
 * @returns reads one; undefined where nothing gives it
 * @throws StandardInputTakenTwice; of one: what is wrong with its file, or what `readGivenToken` throws
 */
export function secretSource(
  files: SecretFiles,
  canAsk: boolean
): (name: SecretName, isNeeded: boolean) => Promise<string | undefined> {
  requireOneStandardInput(...Object.values(files));
  return async (name, isNeeded) => {
    const file = files[name];
    const variable = process.env[clientSecretVariable];
    const typed = file === '-' && process.stdin.isTTY && canAsk;
    const decode = (bytes: Uint8Array, source: string): string => {
      // A refresh token may stand in what sf or the org printed, which has more lines than one.
      const printed = name === 'refreshToken' ? decodeText(Buffer.from(bytes)).trim() : '';
      if (printed !== '') return readGivenToken(printed, source, 'refresh').value;
      // A SAML response has as many lines as it likes. A password may begin or end with a blank; around any other secret an editor has left it.
      const text = name === 'assertion' ? Buffer.from(bytes).toString('utf8') : decodePassword(bytes, source);
      const secret = name === 'password' ? text : text.trim();
      if (secret === '') throw aquilaError('SecretEmpty', [source]);
      return secret;
    };
    if (file === '-' && !typed) return decode(await readStandardInput(), messages.getMessage('standard-input'));
    if (file !== undefined && !typed) {
      const { bytes, path } = await readInputFile(file, 'any');
      return decode(bytes, path);
    }
    if (!typed && name === 'clientSecret' && variable) return decode(Buffer.from(variable), clientSecretVariable);
    if (!canAsk || (!isNeeded && !typed)) return undefined;
    return decode(Buffer.from(await askHidden(messages.getMessage(`secret.${name}`))), messages.getMessage('answer'));
  };
}
