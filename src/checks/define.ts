import type { AsideRead, FactName, Facts, ReadName } from './facts.ts';

/** The rooms, in the order in which a login travels. The id of a check begins with its room. */
export const rooms = ['key', 'cert', 'host', 'login', 'app', 'user', 'data', 'handover', 'flow', 'sso'] as const;
export type Room = (typeof rooms)[number];
export type CheckId = `${Room}-${string}`;

/** Values beside a verdict for machines; never a secret. */
export type VerdictData = Record<string, string | number | boolean | null | string[]>;

export type VerdictStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';

/**
 * What a check says of the facts. `fix` replaces the check's own where the verdict knows a better one; `blockedBy` is the check whose
 * finding already speaks of the same defect.
 */
export type Verdict = {
  status: VerdictStatus;
  detail?: string;
  data?: VerdictData;
  fix?: string;
  blockedBy?: CheckId;
};

type VerdictMore = Pick<Verdict, 'data' | 'fix'>;
const verdict =
  (status: VerdictStatus) =>
  (detail?: string, more: VerdictMore = {}): Verdict => ({ status, ...(detail !== undefined && { detail }), ...more });

export const pass = verdict('pass');
export const warn = verdict('warn');
export const fail = verdict('fail');
export const unknown = verdict('unknown');
/** For a check that means nothing here, such as file modes on Windows. */
export const skip = verdict('skip');
/** For a check that has nothing of its own to say, because another check's finding names the reason: one defect, one failing check. */
export const blocked = (blockedBy: CheckId, detail?: string, data?: VerdictData): Verdict => ({
  status: 'skip',
  detail: [`blocked by ${blockedBy}`, ...(detail === undefined ? [] : [detail])].join('\n'),
  ...(data !== undefined && { data }),
  blockedBy,
});

/** One check: one literal in one file. `judge` sees the facts in `needs` and nothing else. */
export type Check<Need extends FactName = FactName> = {
  id: CheckId;
  /** An affirmation, so that it reads right with any status in front. */
  title: string;
  why: string;
  /** A whole command where there is one, else one sentence; the placeholders of fix.ts are filled in from the login. */
  fix: string;
  needs: readonly Need[];
  /** The fact that this check answers for when it can't be read. */
  reads?: Exclude<ReadName, keyof AsideRead>;
  judge: (facts: Pick<Facts, Need>) => Verdict;
};

/** A check as the registry holds it: its needs are data, and the runner supplies exactly these facts. */
export type AnyCheck = Omit<Check, 'judge'> & { judge: (facts: Facts) => Verdict };

/** Types a check: `judge` gets just the facts that `needs` names. */
export function defineCheck<const Need extends FactName>(check: Check<Need>): AnyCheck {
  return check;
}

export const roomOf = (id: string): Room => {
  const room = rooms.find((name) => id.startsWith(`${name}-`));
  if (!room) throw new RangeError(`No room for the check id ${id}`);
  return room;
};
