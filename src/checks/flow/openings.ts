import { fail, pass, unknown, warn, type Verdict, type VerdictData } from '../define.ts';
import { flowDetail, type Seen } from './evidence.ts';

/** One thing that is open without need, broken, or not shown, and what mends it. */
export type Opening = {
  status: 'warn' | 'fail' | 'unknown';
  what: string;
  fix: string;
  /** For machines: what the org could close. */
  data?: VerdictData;
};

/** The worst first. */
const verdicts = [
  ['fail', fail],
  ['unknown', unknown],
  ['warn', warn],
] as const;

/** Judges a flow by what is open of it; without anything, it passes with `closed`. */
export function judgeOpenings(
  openings: readonly Opening[],
  { closed, seen, place, notes = [] }: { closed: string; seen: Seen; place: string; notes?: readonly string[] }
): Verdict {
  const found = openings.length === 0 ? closed : openings.map(({ what }) => what).join('; ');
  const { detail, data } = flowDetail(found, seen, place, ...notes);
  const [, verdict] = verdicts.find(([status]) => openings.some((one) => one.status === status)) ?? [];
  if (!verdict) return pass(detail, { data });
  const fix = [...new Set(openings.map((one) => one.fix))].join('\n');
  return verdict(detail, { data: Object.assign({}, data, ...openings.map((one) => one.data)) as VerdictData, fix });
}

/** What is open without need where a condition holds. */
export const when = (isOpen: boolean, what: string, fix: string): Opening[] =>
  isOpen ? [{ status: 'warn', what, fix }] : [];
