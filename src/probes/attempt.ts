import type { CheckId } from '../checks/define.ts';
import type { Attempt, KeyFile } from '../checks/facts.ts';
import { audienceDefect } from '../checks/host/audience-url.ts';
import { keyDefect } from '../checks/key/defect.ts';
import type { Reading } from '../checks/run.ts';
import { problemOf, type Problem } from '../errors.ts';
import { audienceOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { requestToken } from '../org/request-token.ts';
import { readTokenAnswer } from '../token/response.ts';

/** What became of the collector's login: an answer, no answer, or no request, because a check already says why none could be sent. */
export type Tried = { attempt: Attempt } | { unreachable: Problem } | { blocked: CheckId };

/**
 * The collector's own login, replayed: one assertion, one POST to the audience URL, and nothing else whatever comes of it
 * (docs/reference/aquila-collector.md §3.1).
 */
export async function tryLogin(
  login: StoredLogin,
  network: Network,
  keyFile: () => Promise<Reading<KeyFile>>
): Promise<Tried> {
  const { clientId, username } = login;
  const audience = audienceOf(login);
  if (clientId === undefined || audience === undefined) return { blocked: 'handover-complete' };
  if (audienceDefect(audience) !== undefined) return { blocked: 'host-url' };
  const key = await keyFile();
  if (!('value' in key)) return { blocked: 'blocked' in key ? key.blocked : 'key-readable' };
  const { reading } = key.value;
  if (!reading.usable) return { blocked: keyDefect(reading) ?? 'key-readable' };
  try {
    const http = await requestToken(audience, { clientId, username, audience }, reading.privateKey, network);
    return { attempt: { http, answer: readTokenAnswer(http) } };
  } catch (error) {
    return { unreachable: problemOf(error) };
  }
}

/** The attempt as a fact. */
export function asReading(tried: Tried): Reading<Attempt> {
  if ('attempt' in tried) return { value: tried.attempt };
  return { blocked: 'blocked' in tried ? tried.blocked : 'host-reachable' };
}
