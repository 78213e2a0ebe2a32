import type { Host } from '../checks/facts.ts';
import { audienceDefect } from '../checks/host/audience-url.ts';
import type { Reading } from '../checks/run.ts';
import { problemOf } from '../errors.ts';
import { audienceOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import type { HttpAnswer } from '../token/response.ts';
import type { Tried } from './attempt.ts';

/**
 * What the host of the audience URL lets know. A login that was granted says all; after one that was refused, or where none was
 * attempted, the host is asked which org it serves. After a network error nothing more is sent.
 */
export async function readHost(login: StoredLogin, network: Network, tried: Tried): Promise<Reading<Host>> {
  const url = audienceOf(login);
  if (url === undefined) return { blocked: 'handover-complete' };
  if (audienceDefect(url) !== undefined) return { blocked: 'host-url' };
  if ('unreachable' in tried) return { failed: tried.unreachable };
  const first = 'attempt' in tried ? tried.attempt : undefined;
  if (first && 'granted' in first.answer) {
    return { value: { url, http: first.http, orgId: first.answer.granted.orgId } };
  }
  // A page in place of an answer: the host, or something before it, makes no sense just now.
  if (first && 'refused' in first.answer && first.answer.refused.page !== undefined) {
    return { value: { url, http: first.http } };
  }
  try {
    const http = await network.send({ url: `${url}/.well-known/auth-configuration` });
    return { value: { url, http, orgId: orgIdOf(http) } };
  } catch (error) {
    return first ? { value: { url, http: first.http } } : { failed: problemOf(error) };
  }
}

/** The org that a My Domain host names; login hosts have no such page (docs/reference/salesforce-oauth.md §5.5). */
function orgIdOf({ status, body }: HttpAnswer): string | undefined {
  if (status !== 200) return undefined;
  try {
    const configuration = JSON.parse(body) as { OrgId?: unknown } | null;
    const orgId = configuration?.OrgId;
    return typeof orgId === 'string' && /^00D\w{12}(?:\w{3})?$/.test(orgId) ? orgId : undefined;
  } catch {
    return undefined;
  }
}
