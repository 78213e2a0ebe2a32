import type { Cause } from './cause.ts';
import { grantCauses } from './grant-causes.ts';
import { grantRows } from './grant-refusal-rows.ts';
import type { GrantName } from './grants.ts';
import { refusalRows, type RowId } from './refusal-rows.ts';

/** What the token endpoint said when it granted nothing. `error` and `errorDescription` are Salesforce's own, verbatim. */
export type RefusalWords = {
  status: number;
  error?: string | undefined;
  errorDescription?: string | undefined;
  /** A page on which Salesforce says more. */
  errorUri?: string | undefined;
  /** The title of a page that came in place of JSON. */
  page?: string | undefined;
  /** What makes an answer useless that looks like a grant, behind `with`. */
  flaw?: string | undefined;
};

/** A refusal with what is known about its causes, likeliest first; empty for words that no source explains. */
export type Refusal = RefusalWords & { row?: RowId | undefined; causes: readonly Cause[] };

/**
 * Finds the documented row for a refusal. Letter case and a final full stop vary between captures of the same error, so descriptions
 * match by prefix and without case (docs/reference/salesforce-oauth.md §0). An unknown pair gets no invented cause.
 *
 * @param grant what was asked for: the same words may mean something else there than after an assertion
 */
export function explainRefusal(words: RefusalWords, grant: GrantName = 'jwt-bearer'): Refusal {
  const said = words.errorDescription?.toLowerCase() ?? '';
  const row = [...grantRows[grant], ...refusalRows].find(
    ({ error, description, page, statuses }) =>
      (error === undefined || error === words.error) &&
      (description === undefined || said.startsWith(description)) &&
      (page === undefined ? words.page === undefined : words.page !== undefined) &&
      (statuses?.some((status) => status === Math.floor(words.status / 100)) ?? true)
  );
  return { ...words, row: row?.id, causes: row?.causes ?? [] };
}

/** One line with everything that Salesforce said: `invalid_grant: audience is invalid`. Characters that would act on a terminal become blanks. */
export function refusalLine({ status, error, errorDescription, page, flaw }: RefusalWords): string {
  if (error) return (errorDescription ? `${error}: ${errorDescription}` : error).replace(/\p{Cc}+/gu, ' ');
  return `HTTP ${String(status)}, ${page ?? (flaw === undefined ? 'without an error code' : `with ${flaw}`)}`;
}

/** A refusal of a client that sent no signed assertion of its own, which then can't be what is wrong. */
export const withoutClientAssertion = (refusal: Refusal): Refusal => ({
  ...refusal,
  causes: refusal.causes.filter((cause) => cause !== grantCauses.clientAssertion),
});
