import type { Answer } from './refusal.ts';

type Limits = { DailyApiRequests?: { Max?: unknown; Remaining?: unknown } };

/**
 * The requests of the org in 24 hours, and how many are left; undefined where the answer names none. Needs View Setup and Configuration
 * (docs/reference/salesforce-oauth.md §5.6).
 *
 * @param get asks for a path below `/services/data/vNN.0`
 */
export async function readApiLimit(
  get: (path: string) => Promise<Answer<unknown>>
): Promise<Answer<{ remaining: number; max: number } | undefined>> {
  const answer = await get('/limits');
  if ('refused' in answer) return answer;
  const { Max: max, Remaining: remaining } = (answer.value as Limits | undefined)?.DailyApiRequests ?? {};
  return { value: typeof max === 'number' && typeof remaining === 'number' ? { remaining, max } : undefined };
}
