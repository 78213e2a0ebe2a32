import { Messages } from '@salesforce/core/messages';
import { problem, toError } from '../errors.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

/** What a run can't do without. */
export type Missing =
  'target-org' | 'username' | 'contact-email' | 'permission-set' | 'client-id' | 'keystore-password';

/** The flag, or the variable, that gives each. */
const sources: Readonly<Record<Missing, string>> = {
  'target-org': '--target-org',
  username: '--username',
  'contact-email': '--contact-email',
  'permission-set': '--permission-set',
  'client-id': '--client-id',
  'keystore-password': '--keystore-password-file',
};

/** One error for all that is missing, with a line for each. */
export function incomplete(missing: readonly Missing[]): Error {
  const { code, message, actions } = problem('SetupIncomplete', [missing.map((one) => sources[one]).join(', ')], []);
  return toError({
    code,
    message,
    actions: [...missing.map((one) => messages.getMessage(`missing.${one}`)), ...actions],
  });
}
