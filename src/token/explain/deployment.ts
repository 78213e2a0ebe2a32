import type { Candidate, ExplainRow } from './row.ts';
import type { FoldedText, Place } from './words.ts';

/** A row of another table: what an org says when it refuses a deployment. */
export type ForeignRow = { id: string; words: RegExp; causes: readonly Candidate[] };

/** Rows whose words are common English or common codes: they count only near the signs of a deployment. */
export const wideRows: readonly string[] = [
  'element',
  'scope',
  'consumer-key',
  'tests-failed',
  'unknown-type',
  'access',
  'api-disabled',
  'already-exists',
  'certificate',
  'rotation',
];

/** What stands near the words of a refused deployment, in lower case. */
const signs = [
  'extlclntapp',
  'externalclientapplication',
  'deploy',
  'componentfailure',
  'component failure',
  'componenttype',
  'metadata api',
];
/** How far around the words the signs count, and how near two rows speak of the same words. */
const near = 300;
/** Enough to find a place near signs, and few enough for any text. */
const maximumTries = 200;

const checksOfRow: Readonly<Record<string, readonly string[]>> = {
  certificate: ['cert-size', 'cert-signature'],
  'permission-set': ['user-preauthorized'],
  profile: ['user-preauthorized'],
  'profile-taken': ['user-preauthorized'],
  scope: ['app-scopes'],
  'execution-user': ['app-client-credentials'],
  'consumer-key': ['app-found'],
  'already-exists': ['app-found'],
};

/** Rows of requests that need no deployment, with the same codes. */
const hides: Readonly<Record<string, readonly string[]>> = {
  access: ['insufficient-access'],
  'unknown-type': ['query-refused'],
  'permission-set': ['query-refused'],
  profile: ['query-refused'],
};

/** The refusals of a deployment in a text. As in their own table, the first row that matches a statement counts for it. */
export function deploymentRows(
  folded: FoldedText,
  rows: readonly ForeignRow[]
): Array<{ row: ExplainRow; place: Place }> {
  const taken: Place[] = [];
  return rows.flatMap(({ id, words, causes }) => {
    const isWide = wideRows.includes(id);
    const places = placesOf(folded, words).filter((place) => !isWide || hasSign(folded, place));
    const place = places.find((one) => !taken.some((other) => isSameStatement(folded, one, other)));
    if (place === undefined) return [];
    taken.push(...places);
    const row: ExplainRow = {
      id: `deploy ${id}`,
      rank: isWide ? 'wide' : 'exact',
      words: [],
      meaning: 'the org refused to deploy the app or a part of it',
      causes,
      checks: checksOfRow[id] ?? [],
      hides: hides[id] ?? [],
    };
    return [{ row, place }];
  });
}

/** The whole of what a pattern matched counts as a gap, since the pattern may let anything through. */
function placesOf({ text }: FoldedText, words: RegExp): Place[] {
  const everywhere = new RegExp(words.source, [...new Set([...words.flags, 'g'])].join(''));
  const places: Place[] = [];
  for (let found = everywhere.exec(text); found !== null; found = everywhere.exec(text)) {
    const ends = { start: found.index, end: found.index + found[0].length };
    places.push({ ...ends, gaps: [ends] });
    if (places.length === maximumTries) break;
  }
  return places;
}

function hasSign({ lower }: FoldedText, { start, end }: Place): boolean {
  const around = lower.slice(Math.max(0, start - near), end + near);
  return signs.some((sign) => around.includes(sign));
}

/** Near each other, and nothing between them ends a line, a value of JSON or an element of XML. */
function isSameStatement({ lower }: FoldedText, one: Place, other: Place): boolean {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return second.start - first.start < near && !/[\n"{}]|<\//.test(lower.slice(first.start, second.start));
}
