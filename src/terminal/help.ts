import { Messages } from '@salesforce/core/messages';
import { toHelpSection } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

type HelpSection = ReturnType<typeof toHelpSection>;

const ofNetwork = {
  SF_AQUILA_HTTP_TIMEOUT: messages.getMessage('env.SF_AQUILA_HTTP_TIMEOUT'),
  HTTPS_PROXY: messages.getMessage('env.HTTPS_PROXY'),
  NO_PROXY: messages.getMessage('env.NO_PROXY'),
};

/** What the environment can change in a command that asks an org, and what else it can give to this one. */
export const variables = (more: Record<string, string>): HelpSection =>
  toHelpSection('ENVIRONMENT VARIABLES', { ...ofNetwork, ...more });

/** What the environment can change in every command that asks an org. */
export const networkVariables: HelpSection = variables({});

/** @param meaning what an exit code says in one command */
export const exitCodes = (meaning: (code: number) => string): HelpSection =>
  toHelpSection('EXIT CODES', Object.fromEntries([0, 1, 2, 130].map((code) => [String(code), meaning(code)])));
