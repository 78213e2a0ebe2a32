import type { AppPolicy } from '../../app/settings.ts';
import type { AppTokens } from '../flow-facts.ts';

/** The guide's lifetime, in days. */
export const longest = 365;
const daysOf = { days: 1, hours: 1 / 24, months: 30 };

/** Whether refresh tokens outlive the guide's lifetime, or never end. */
export function isLong({ policy, period, unit }: AppPolicy['refreshToken']): boolean {
  if (policy === 'infinite') return true;
  return policy === 'specific-lifetime' && period !== undefined && period * daysOf[unit ?? 'days'] > longest + 1;
}

/** How many tokens of an app the org honours, in a few words. */
export function tokensInUse(tokens: AppTokens | undefined): string {
  if (tokens === undefined) return 'not shown: "Customize Application" shows the tokens of all users';
  if (tokens.tokens === 0) return 'nobody has a token of this app';
  const last = tokens.lastUsed === undefined ? '' : `, last used ${tokens.lastUsed.slice(0, 10)}`;
  const of = `${tokens.users} ${tokens.users === 1 ? 'user' : 'users'}`;
  return `${tokens.complete ? '' : 'at least '}${tokens.tokens} ${tokens.tokens === 1 ? 'token' : 'tokens'} of ${of}${last}`;
}
