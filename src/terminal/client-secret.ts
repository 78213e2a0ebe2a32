import { Messages } from '@salesforce/core/messages';
import { askHidden } from './ask.ts';
import { secretSource } from './token-secrets.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** Where the secret of an app comes from that a command can do without. */
export type OptionalSecret = {
  /** From the file of the flag, else from the environment. */
  given: () => Promise<string | undefined>;
  /** From a person, who may leave it empty; undefined where nobody can be asked. */
  ask: ((clientId: string) => Promise<string | undefined>) | undefined;
};

/** @param file a path, or `-` for standard input */
export function optionalClientSecret(file: string | undefined, canAsk: boolean): OptionalSecret {
  const source = secretSource({ clientSecret: file }, canAsk);
  const ask = async (clientId: string): Promise<string | undefined> => {
    const answer = (await askHidden(messages.getMessage('client-secret.of', [shortened(clientId)]))).trim();
    return answer === '' ? undefined : answer;
  };
  return { given: () => source('clientSecret', false), ask: canAsk ? ask : undefined };
}

/** A client id takes more than a line, and its beginning tells an app from another. */
const shortened = (clientId: string): string => (clientId.length <= 15 ? clientId : `${clientId.slice(0, 12)}...`);
