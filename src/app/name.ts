import { problem, type Problem } from '../errors.ts';

/** What the app is called where nobody says otherwise. */
export const defaultAppName = 'AQUILA';

/** What a label may have, as everywhere in Setup. */
const longestLabel = 80;

/** Such names have up to 80 characters, and the parts add up to 20 to that of the app. */
const longestName = 60;

/** The label that people see, and the developer name that metadata goes by. */
export type AppName = { label: string; developerName: string };

type NameCode = 'AppNameInvalid' | 'AppNameTooLong';

/**
 * The developer name that Setup proposes for a label: letters, digits and single underscores, a letter first, no underscore last. Accents
 * are left out, and a digit in front gets an X.
 */
export function readAppName(name: string): AppName | { problem: Problem<NameCode> } {
  const label = name.trim();
  const { length } = [...label];
  if (length > longestLabel) return { problem: problem('AppNameTooLong', [length, longestLabel]) };
  const plain = label.normalize('NFKD').replace(/\p{M}+/gu, '');
  const words = plain.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+/, '');
  const developerName = (/^\d/.test(words) ? `X${words}` : words).slice(0, longestName).replace(/_+$/, '');
  if (developerName === '' || /[\p{Cc}\p{Bidi_Control}]/u.test(label)) {
    return { problem: problem('AppNameInvalid', [label.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD')]) };
  }
  return { label, developerName };
}

const numbered = /^(.*\S)\s+(\d{1,4})$/;

/** The name of the app whose place this one took, such as `AQUILA` for `AQUILA 2`; undefined for a name without a number at its end. */
export const stemOfAppName = (label: string): string | undefined => numbered.exec(label.trim())?.[1];

/**
 * The name of the app that takes the place of another one: its own with the next number at the end, such as `AQUILA 2`. A long one gives
 * way to the number, which would be cut off its developer name otherwise.
 */
export function nextAppName(label: string): string {
  const [, stem = label, number] = numbered.exec(label.trim()) ?? [];
  const ending = ` ${number === undefined ? 2 : Number(number) + 1}`;
  return `${[...stem.trim()]
    .slice(0, longestName - ending.length)
    .join('')
    .trim()}${ending}`;
}
