import { shellWord } from '../cert/shell.ts';
import { audienceOf, nameOf, type StoredLogin } from '../handover/stored-login.ts';

/** What a placeholder of a fix stands for; the second value is shown where the login doesn't have it. */
const placeholders: Readonly<Record<string, readonly [(login: StoredLogin) => string | undefined, string]>> = {
  '<org>': [nameOf, 'ORG'],
  '<username>': [({ username }) => username, 'USERNAME'],
  '<client-id>': [({ clientId }) => clientId, 'CLIENT_ID'],
  '<key>': [({ keyPath }) => keyPath, 'server.key'],
  '<key-folder>': [({ keyPath }) => keyPath?.replace(/[/\\][^/\\]*$/, ''), '.'],
  '<instance-url>': [({ instanceUrl }) => instanceUrl, 'https://MY_DOMAIN.my.salesforce.com'],
  '<audience>': [audienceOf, 'https://MY_DOMAIN.my.salesforce.com'],
};

/** A fix with everything filled in that the login knows, so that it can be pasted. */
export const fillFix = (fix: string, login: StoredLogin): string =>
  fix.replace(/<[a-z-]+>/g, (name) => {
    const [value, unknownValue] = placeholders[name] ?? [];
    const known = value?.(login);
    return known === undefined ? (unknownValue ?? name) : shellWord(known);
  });
