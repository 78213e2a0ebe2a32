import type { HttpAnswer } from './response.ts';
import { readRefusalWords } from './response.ts';
import type { RefusalWords } from './refusal.ts';

/** What became of a token: ended now, gone already, or refused with the org's words. */
export type Revocation = { outcome: 'revoked' | 'gone' } | { refused: RefusalWords };

/**
 * Reads the answer of `/services/oauth2/revoke` to a POST (RFC 7009 §2.2, docs/reference/salesforce-oauth.md §5.2). Success has no body. How a
 * refusal is encoded is not documented: it is read as JSON, then as a form, then as the bare code. Text in place of an answer
 * is a refusal whatever its status, since it proves nothing.
 */
export function readRevocation(answer: HttpAnswer): Revocation {
  const { status, body } = answer;
  const refused = formWords(answer) ?? bareWord(answer) ?? readRefusalWords(answer);
  if (refused.error === 'invalid_token') return { outcome: 'gone' };
  const isAnswer = body.trim() === '' || refused.page === undefined;
  const isDone = status === 200 && refused.error === undefined && isAnswer;
  return isDone ? { outcome: 'revoked' } : { refused };
}

function formWords({ status, body }: HttpAnswer): RefusalWords | undefined {
  if (/^[\s{<]/.test(body)) return undefined;
  const form = new URLSearchParams(body.trim());
  const error = form.get('error');
  if (!error) return undefined;
  return { status, error, errorDescription: form.get('error_description') ?? undefined };
}

function bareWord({ status, body }: HttpAnswer): RefusalWords | undefined {
  const word = body.trim();
  return status !== 200 && /^[A-Za-z]\w{2,60}$/.test(word) ? { status, error: word } : undefined;
}
