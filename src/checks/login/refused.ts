import { audienceOf, tokenHostOf, type StoredLogin } from '../../handover/stored-login.ts';
import type { Cause } from '../../token/cause.ts';
import { refusalLine, type Refusal } from '../../token/refusal.ts';
import type { HttpAnswer } from '../../token/response.ts';
import { blocked, fail, type Verdict } from '../define.ts';
import type { Facts } from '../facts.ts';
import { clockSkew, clockTolerance } from '../host/clock-skew.ts';
import { orgMatches } from '../host/org-match.ts';
import { speakerOf } from './accusers.ts';
import { historyLine } from './history.ts';
import { weighCauses, type Evidence, type RuledOut } from './causes.ts';

const relogin =
  'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>';

/**
 * The verdict on a refused login: Salesforce's words as they came, the causes that are left in order, and those that other facts rule out.
 * Where one of these facts is itself the reason, its own check fails and this one says so.
 */
export function refused(
  refusal: Refusal,
  http: HttpAnswer,
  { host, login, loginHistory, appWitness }: Pick<Facts, 'host' | 'login' | 'loginHistory' | 'appWitness'>
): Verdict {
  const evidence: Evidence = {
    orgMatches: orgMatches(host, login),
    clockSkew: clockSkew(http),
    clockTolerance,
    witness: appWitness,
    hostIsNotAudience: tokenHostOf(login) !== undefined && tokenHostOf(login) !== audienceOf(login),
  };
  const { left, ruledOut } = weighCauses(refusal.causes, evidence);
  const detail = [
    `POST ${http.url} answered ${http.status}`,
    refusalLine(refusal),
    ...(http.status === 200 && refusal.page === undefined
      ? ['the answer is no whole grant: a token, an https instance URL and the identity of the user belong to it']
      : []),
    ...historyLine(loginHistory, http),
    ...(evidence.hostIsNotAudience ? [oneField(login)] : []),
    ...left.map((cause, at) => causeLine(cause, at)),
    ...ruledOutLine(ruledOut),
    ...(left.length === 0 ? ['likely      nothing that is documented for this answer'] : []),
  ].join('\n');
  const data = {
    status: refusal.status,
    error: refusal.error ?? null,
    errorDescription: refusal.errorDescription ?? null,
    causes: left.map(({ id }) => id),
    ruledOut: ruledOut.map(({ id }) => id),
  };
  const speaker = speakerOf(left, evidence);
  if (speaker !== undefined) return blocked(speaker, detail, data);
  const fix = evidence.hostIsNotAudience ? relogin : left[0]?.fix;
  return fail(detail, { data, ...(fix !== undefined && { fix }) });
}

/** `possibly` marks what one report or an inference says. */
const causeLine = ({ text, sure }: Cause, at: number): string =>
  `${(sure ? (at === 0 ? 'likely' : 'or') : 'possibly').padEnd(12)}${text}`;

const ruledOutLine = (ruledOut: readonly RuledOut[]): string[] =>
  ruledOut.length === 0 ? [] : [`${'ruled out'.padEnd(12)}${ruledOut.map(({ text }) => text).join(', ')}`];

const oneField = (login: StoredLogin): string =>
  `this login is stored for ${tokenHostOf(login) ?? ''} with the audience ${audienceOf(login) ?? ''}; the collector has one field for both, so it asks the audience, as this check did`;
