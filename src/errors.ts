import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import { closest, distance } from 'fastest-levenshtein';
import { errorCodes, type ErrorCode } from './error-codes.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export { errorCodes, type ErrorCode } from './error-codes.ts';

/** What fills the `%s` of a message, in order. Values of secrets never belong here. */
export type Tokens = ReadonlyArray<string | number>;

/** An error as data: pure rooms return or throw it, and a finding can quote it without throwing. */
export type Problem<Code extends ErrorCode = ErrorCode> = {
  code: Code;
  message: string;
  /** What to do, one sentence or whole command each; never empty. */
  actions: string[];
};

let loaded: Messages<string> | undefined;
const texts = (): Messages<string> => (loaded ??= Messages.loadMessages('sf-plugin-aquila', 'errors'));

/**
 * The text of an error code.
 *
 * @param code one of `errorCodes`
 * @param tokens values for the placeholders of the message
 * @param actionTokens values for the placeholders of its actions; the message's when left out
 */
export function problem<Code extends ErrorCode>(code: Code, tokens: Tokens = [], actionTokens = tokens): Problem<Code> {
  return {
    code,
    message: texts().getMessage(code, [...tokens]),
    actions: texts().getMessages(`${code}.actions`, [...actionTokens]),
  };
}

/** A problem as an error that `sf` prints with its code, actions and exit code. `data` must hold no secret: `--json` prints it. */
export function toError(
  { code, message, actions }: Problem,
  data?: Record<string, string | number | boolean | string[]>
): SfError {
  const error = new SfError(message, code, actions, errorCodes[code]);
  if (data) error.setData(data);
  return error;
}

/** Shorthand for `toError(problem(…))`. */
export function aquilaError(code: ErrorCode, tokens: Tokens = [], actionTokens = tokens): SfError {
  return toError(problem(code, tokens, actionTokens));
}

/** The problem inside an error of ours. Any other error is a bug and is thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SfError && isErrorCode(error.name)) {
    return { code: error.name, message: error.message, actions: error.actions ?? [] };
  }
  throw error;
}

const isErrorCode = (name: string): name is ErrorCode => Object.hasOwn(errorCodes, name);

/** An action for a name that nothing has: the name that was probably meant, if one is near enough. */
export function didYouMean(wanted: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const folded = new Map(names.map((name) => [name.toLowerCase(), name]));
  const near = closest(wanted.toLowerCase(), [...folded.keys()]);
  return distance(wanted.toLowerCase(), near) <= Math.max(2, wanted.length / 3)
    ? `Did you mean "${folded.get(near) ?? near}"?`
    : undefined;
}
