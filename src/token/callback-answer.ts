import { createHash, timingSafeEqual } from 'node:crypto';
import { problem, type Problem } from '../errors.ts';

/** What an org's authorization endpoint sent to the callback URL. What was granted is a secret: a code, or tokens. */
export type CallbackAnswer =
  { granted: Readonly<Record<string, string>> } | { refused: { error: string; errorDescription?: string | undefined } };

/** `nothing` is no answer at all, such as a visit by hand. */
export type CallbackReading =
  { answer: CallbackAnswer } | { problem: Problem<'CallbackStateWrong' | 'CallbackUnusable'> } | 'nothing';

/**
 * Judges what arrived at the callback URL (RFC 6749 §4.1.2, §4.2.2; §10.12 for the state). The state comes first: of an answer that belongs
 * to somebody else nothing is looked at.
 *
 * @param grants the parameter that a grant has: `code` in the query, `access_token` in the fragment
 * @param at the callback URL, for the words of a problem
 */
export function readCallback(
  parameters: URLSearchParams,
  { state, grants, at }: { state: string; grants: 'code' | 'access_token'; at: string }
): CallbackReading {
  const states = parameters.getAll('state');
  const known = ['code', 'access_token', 'error', 'state'].some((name) => parameters.has(name));
  if (!known) return 'nothing';
  if (states.length !== 1 || !isSame(states[0] ?? '', state)) {
    return { problem: problem('CallbackStateWrong', [at, states.length === 0 ? 'missing' : 'another one']) };
  }
  const twice = [...parameters.keys()].find((name) => parameters.getAll(name).length > 1);
  if (twice !== undefined) return { problem: problem('CallbackUnusable', [at, 'a parameter is there twice']) };
  const error = parameters.get('error');
  if (error !== null && error !== '') {
    return { answer: { refused: { error, errorDescription: parameters.get('error_description') ?? undefined } } };
  }
  if (!parameters.get(grants)) {
    return { problem: problem('CallbackUnusable', [at, `it has neither ${grants} nor error`]) };
  }
  const { state: _, ...granted } = Object.fromEntries(parameters);
  return { answer: { granted } };
}

/** In a time that does not tell how much of it was right. */
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
