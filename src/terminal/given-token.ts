import { Messages } from '@salesforce/core/messages';
import { readText } from '../files/read-text.ts';
import { readGivenToken, type GivenToken, type TokenKind } from '../token/given-token.ts';
import { askHidden } from './ask.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/**
 * The token that a flag gives: in a file, or with `-` piped in, or typed at a terminal without being seen.
 *
 * @param kind which of two tokens in an answer of the token endpoint; undefined where nobody says
 * @returns undefined without the flag
 * @throws what `readText` and `readGivenToken` throw, QuestionDeclined
 */
export async function givenToken(
  file: string | undefined,
  kind: TokenKind | undefined,
  canAsk: boolean
): Promise<(GivenToken & { file: string }) | undefined> {
  if (file === undefined) return undefined;
  const name = file === '-' ? messages.getMessage('standard-input') : file;
  const isTyped = file === '-' && canAsk;
  const text = isTyped ? await askHidden(messages.getMessage('token')) : await readText(file);
  return { ...readGivenToken(text, name, kind), file: name };
}
