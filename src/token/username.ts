import { problem, type Problem } from '../errors.ts';

/**
 * Whether a text can be a Salesforce username. The name becomes part of a path under `~/.sfdx`, and `sf org list` sees only files
 * of this form, so nothing else may pass (docs/reference/sf-cli.md §5).
 *
 * @returns the problem, or undefined for a good username
 */
export function usernameProblem(username: string): Problem<'UsernameInvalid'> | undefined {
  const good = /^[^.@\s/\\][^@\s/\\]*@[^.@\s/\\]+(\.[^.@\s/\\]+)+$/.test(username) && username.length <= 80;
  return good ? undefined : problem('UsernameInvalid', [username]);
}
