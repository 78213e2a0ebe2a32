import type { AppHeader } from '../../app/settings.ts';
import type { VerdictData } from '../define.ts';
import { setupPlace, type Place } from './setup-place.ts';

/** What a setting is, and what it should be. */
export type Judged = { found: string; wanted: string };

/** A line of a detail whose text stands in one column with those of the others. */
export const labelled = (label: string, text: string): string => `${label.padEnd(11)}${text}`;

/** What is said of a setting whatever the verdict: what it is, what it should be, where it is in Setup, and what else there is to know. */
export function settingDetail(
  app: AppHeader,
  place: Place,
  { found, wanted }: Judged,
  ...notes: readonly string[]
): { detail: string; data: VerdictData } {
  const lines = [labelled('found', found), labelled('wanted', wanted), labelled('in Setup', setupPlace(app, place))];
  return { detail: [...lines, ...notes].join('\n'), data: { found, wanted } };
}
