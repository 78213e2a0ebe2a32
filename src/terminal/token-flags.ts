import { Messages } from '@salesforce/core/messages';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** How every command that is about one token takes it from somewhere else than a stored login. */
export const tokenFileFlags = {
  'token-file': Flags.string({
    summary: messages.getMessage('flags.token-file.summary'),
    description: messages.getMessage('flags.token-file.description'),
    exclusive: ['target-org'],
  }),
  'instance-url': Flags.string({
    char: 'r',
    summary: messages.getMessage('flags.instance-url.summary'),
    dependsOn: ['token-file'],
  }),
};
