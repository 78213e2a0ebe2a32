import type { NamableUsers } from '../flow-facts.ts';

/** Whom an assertion can name beside the integration user, in a few words; undefined where that is nobody. */
export function othersThan({ usernames, complete }: NamableUsers, username: string | undefined): string | undefined {
  const own = username?.toLowerCase();
  const others = usernames.filter((one) => one.toLowerCase() !== own);
  if (others.length <= (own === undefined ? 1 : 0)) return undefined;
  const shown = others.slice(0, 3).join(', ');
  const more = others.length > 3 ? ' …' : '';
  const users = `${own === undefined ? '' : 'other '}${others.length === 1 ? 'user' : 'users'}`;
  return `${complete ? '' : 'more than '}${others.length} ${users} can be named: ${shown}${more}`;
}
