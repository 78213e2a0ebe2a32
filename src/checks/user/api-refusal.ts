import type { CheckId, VerdictData } from '../define.ts';
import type { Refused } from '../data-facts.ts';

type Refusal = Refused['refused'];

/** The token itself was refused: another login, or another app, would be needed (docs/reference/salesforce-oauth.md §5.6). */
export const isTokenRefused = ({ status, errorCode }: Refusal): boolean =>
  status === 401 || /^INVALID_(?:SESSION_ID|AUTH_HEADER|JWT_FORMAT)$/.test(errorCode);

export const isApiDisabled = ({ errorCode }: Refusal): boolean => errorCode.startsWith('API_DISABLED');

/** The check that speaks of a refusal which meets every request alike; undefined for one that is about what was asked. */
export function speakerOf(refused: Refusal): CheckId | undefined {
  if (isApiDisabled(refused) || isTokenRefused(refused)) return 'user-api-enabled';
  return refused.errorCode === 'REQUEST_LIMIT_EXCEEDED' ? 'data-api-limit' : undefined;
}

/** Salesforce's own words; of a refused query without the lines that repeat the query and point into it. */
export const refusedLine = ({ status, errorCode, message }: Refusal): string =>
  `Salesforce answered ${status} ${errorCode}: ${message.replace(/^[^]*\nERROR at Row:[^\n]*\n/, '').trim()}`;

/** The same for machines, with the words as they came. */
export const refusalData = ({ status, errorCode, message }: Refusal): VerdictData => ({ status, errorCode, message });

/** What an org says where a permission or a licence is missing, or both: the words do not tell which. */
export const isDenied = ({ status, errorCode }: Refusal): boolean =>
  status === 403 || /^INVALID_TYPE$|INSUFFICIENT_ACCESS/.test(errorCode);

/** A cause with the word for how certain it is, in one column with the others. */
export const cause = (word: 'likely' | 'or' | 'possibly', text: string): string => `${word.padEnd(12)}${text}`;
