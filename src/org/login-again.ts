import { shellWord } from '../cert/shell.ts';
import type { StoredLogin } from '../handover/stored-login.ts';

/** The command that replaces a stored login which Salesforce no longer accepts. */
export function loginAgain({ alias, instanceUrl }: StoredLogin): string {
  const named = alias === undefined ? '' : ` --alias ${shellWord(alias)}`;
  const at = instanceUrl === undefined ? '' : ` --instance-url ${instanceUrl}`;
  return `sf org login web${named}${at}`;
}
