import type { SfError } from '@salesforce/core/sfError';
import { problem, toError } from '../errors.ts';
import type { GrantName } from './grants.ts';
import { refusalLine, type Refusal } from './refusal.ts';
import type { HttpAnswer } from './response.ts';

/** Seconds of difference between two clocks that a slow answer can explain. */
const tolerance = 60;

/**
 * A refused login as the error that ends the command: Salesforce's own words, our candidates in order, and a fix for each.
 *
 * @param http the answer, whose `Date` header tells whether this machine's clock may be the cause
 */
export const refusalError = (refusal: Refusal, http: HttpAnswer, username: string): SfError =>
  explained('LoginRefused', { refusal, http, who: username, username });

/** The same of any grant; `username` is empty where the grant is for no user that is known beforehand. */
export const grantRefused = (refusal: Refusal, http: HttpAnswer, grant: GrantName, username: string): SfError =>
  explained('GrantRefused', { refusal, http, who: grant, username });

type Refused = { refusal: Refusal; http: HttpAnswer; who: string; username: string };

function explained(code: 'LoginRefused' | 'GrantRefused', { refusal, http, who, username }: Refused): SfError {
  const { status, error, errorDescription, errorUri, row, causes } = refusal;
  const skew = http.date ? Math.round((http.receivedAt.getTime() - http.date.getTime()) / 1000) : 0;
  const lines = [
    refusalLine(refusal),
    ...causeLines(causes),
    ...(errorUri === undefined ? [] : [`Salesforce names this page for it: ${errorUri}`]),
    ...(Math.abs(skew) > tolerance ? [clockLine(skew)] : []),
  ];
  const { message, actions } = problem(code, [who, http.url, lines.join('\n')], []);
  const fixes = causes.map(({ fix }) => capital(filled(fix, username)));
  const refused = { code, message, actions: fixes.length === 0 ? actions : [...new Set(fixes)] };
  return toError(refused, {
    status,
    ...(error !== undefined && { error }),
    ...(errorDescription !== undefined && { errorDescription }),
    ...(errorUri !== undefined && { errorUri }),
    ...(row !== undefined && { row }),
    causes: causes.map(({ id }) => id),
  });
}

/** The causes of a refusal in order, as lines of an error. */
export function causeLines(causes: ReadonlyArray<{ text: string }>): string[] {
  const [only, ...others] = causes;
  if (only === undefined) return ['No documented cause fits these words.'];
  if (others.length === 0) return [`Cause: ${only.text}.`];
  return ['Possible causes, likeliest first:', ...causes.map(({ text }, at) => `  ${String(at + 1)}. ${text}`)];
}

function clockLine(skew: number): string {
  const minutes = String(Math.round(Math.abs(skew) / 60));
  return `The clock of this machine is ${minutes} min ${skew > 0 ? 'ahead of' : 'behind'} the clock of the host.`;
}

/** What a refused login knows of the names in a fix; the rest stays for the reader to fill in. */
const filled = (fix: string, username: string): string =>
  fix
    .replaceAll('<username>', () => (username === '' ? 'USERNAME' : username))
    .replaceAll('<admin>', 'ADMIN')
    .replaceAll('<app>', 'APP_NAME')
    .replaceAll('<certificate>', 'server.crt');

/** A command is pasted as it is. */
export const capital = (text: string): string =>
  text.startsWith('sf ') ? text : text.charAt(0).toUpperCase() + text.slice(1);
