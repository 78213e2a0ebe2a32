import { collectorRows } from './collector-rows.ts';
import { deploymentRows, type ForeignRow } from './deployment.ts';
import { grantRows } from './grant-rows.ts';
import { historyRows } from './history-rows.ts';
import { keyRows } from './key-rows.ts';
import { networkRows } from './network-rows.ts';
import { orgRows } from './org-rows.ts';
import { familyRows, refusalRows } from './refusal-rows.ts';
import type { Candidate, ExplainRow, Rank } from './row.ts';
import { maskGap } from './secrets.ts';
import { sfRows } from './sf-rows.ts';
import { findWords, foldText, type FoldedText, type Place } from './words.ts';

/** One thing that a text says. */
export type Explanation = {
  /** The line of the text that says it, from 1. */
  line: number;
  /** The words that were recognised, as they stand there; never a secret. */
  words: string;
  meaning: string;
  causes: Candidate[];
  /** What to do first. */
  fix: string;
  /** Ids of the checks that can tell. */
  checks: string[];
};

export type ExplainOptions = {
  /** What an org says when it refuses a deployment. */
  deployRows: readonly ForeignRow[];
  /** Fills in the placeholders of a fix. */
  fill: (fix: string) => string;
};

/** Every text that is known beside those of deployments. */
export const explainRows: readonly ExplainRow[] = [
  ...refusalRows,
  ...collectorRows,
  ...keyRows,
  ...networkRows,
  ...sfRows,
  ...orgRows,
  ...grantRows,
  ...historyRows,
  ...familyRows,
];

type Match = { row: ExplainRow; place: Place };

const ranks: Readonly<Record<Rank, number>> = { exact: 0, wide: 1, envelope: 2 };
const isRefusal = new Set(refusalRows);
const noFix = 'repeat the login and read what Salesforce says: sf aquila verify --target-org <org>';

/**
 * Finds everything in a text that is known: each row once, what names the defect before what only names a family of defects or wraps the
 * words. Words inside longer words of another row are not told twice. Time grows with the length of the text, whatever it holds.
 */
export function explainText(text: string, { deployRows, fill }: ExplainOptions): Explanation[] {
  const folded = foldText(text);
  const found = [
    ...explainRows.flatMap((row) => {
      const place = findWords(folded, row.words);
      return place === undefined ? [] : [{ row, place }];
    }),
    ...deploymentRows(folded, deployRows),
  ];
  const told = withoutHidden(found);
  return told
    .sort((a, b) => rankOf(a, told) - rankOf(b, told) || a.place.start - b.place.start)
    .map(({ row, place }) => ({
      line: lineAt(folded.text, place.start),
      words: wordsAt(folded, place),
      meaning: row.meaning,
      causes: row.causes.map(({ text: cause, fix, sure }) => ({ text: cause, fix: fill(fix), sure })),
      fix: fill(row.fix ?? row.causes[0]?.fix ?? noFix),
      checks: [...row.checks],
    }));
}

/** Where sf lists what several attempts said, a refused audience is nearly always noise beside the real error. */
const rankOf = ({ row }: Match, told: readonly Match[]): number => {
  const isNoise = row.id === 'E4' && told.some((other) => isRefusal.has(other.row) && other.row.id !== 'E4');
  return isNoise ? ranks.wide : ranks[row.rank];
};

function withoutHidden(found: readonly Match[]): Match[] {
  const hidden = new Set(found.flatMap(({ row }) => row.hides ?? []));
  return found.filter(
    ({ row, place }) =>
      !hidden.has(row.id) &&
      !found.some(({ row: other, place: longer }) => other !== row && isInside(place, longer) && !hidden.has(other.id))
  );
}

const isInside = (place: Place, longer: Place): boolean =>
  longer.start <= place.start && place.end <= longer.end && longer.end - longer.start > place.end - place.start;

/** Known words as they stand there; what stands between them is shown only where it can be no secret. */
function wordsAt({ text }: FoldedText, { start, end, gaps }: Place): string {
  let at = start;
  let words = '';
  for (const gap of gaps) {
    words += text.slice(at, gap.start) + maskGap(text.slice(gap.start, gap.end));
    at = gap.end;
  }
  return (words + text.slice(at, end)).replaceAll('\n', ' ');
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
