/** One possible cause, likeliest first in a list. `sure: false` marks what one report or an inference says. */
export type Candidate = { text: string; fix: string; sure: boolean };

/**
 * How much a row says: `exact` names the defect, `wide` names a family of defects, `envelope` is only the wrapping that some program puts
 * around the words that matter.
 */
export type Rank = 'exact' | 'wide' | 'envelope';

/** A text that users have, and what it means. */
export type ExplainRow = {
  id: string;
  rank: Rank;
  /**
   * Any of these, in lower case. Three dots stand for up to 300 characters on the same line. A text matches where no letter, digit or
   * underscore goes on at either end.
   */
  words: readonly string[];
  /** A whole sentence without its full stop. */
  meaning: string;
  /** Likeliest first; empty where the meaning is all that is known. */
  causes: readonly Candidate[];
  /** What to do first, where that is not the fix of the likeliest cause. Placeholders in angle brackets. */
  fix?: string;
  /** Ids of the checks that can tell. */
  checks: readonly string[];
  /** Rows that this one makes superfluous. */
  hides?: readonly string[];
};

export const sure = (text: string, fix: string): Candidate => ({ text, fix, sure: true });
export const possibly = (text: string, fix: string): Candidate => ({ text, fix, sure: false });
