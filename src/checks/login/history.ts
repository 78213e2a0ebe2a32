import type { HttpAnswer } from '../../token/response.ts';
import type { LoginEntry } from '../facts.ts';

/** Milliseconds by which the line of an attempt may be older than the answer to it. */
const sameAttempt = 60_000;

/** What the Login History says of this attempt. Not every refusal leaves a line, so the newest may be of an earlier login. */
export function historyLine(entry: LoginEntry | undefined, { date, receivedAt }: HttpAnswer): string[] {
  if (!entry || /^success$/i.test(entry.status.trim())) return [];
  const age = (date ?? receivedAt).getTime() - Date.parse(entry.time);
  return age > sameAttempt ? [] : [`${'history'.padEnd(12)}${entry.status} (Login History of the org)`];
}
