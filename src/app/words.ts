import type { Field, Fields } from './component.ts';

/** The one text of an element; undefined where the element is missing, empty or no text. */
export function textOf(fields: Fields | undefined, element: string): string | undefined {
  const field = fields?.[element];
  const text = typeof field === 'string' ? field.trim() : '';
  return text === '' ? undefined : text;
}

export const isTrue = (fields: Fields | undefined, element: string): boolean =>
  textOf(fields, element)?.toLowerCase() === 'true';

/** All contents of an element that may be repeated. */
export function allOf(fields: Fields | undefined, element: string): ReadonlyArray<string | Fields> {
  const field = fields?.[element];
  if (field === undefined) return [];
  return typeof field === 'string' || !isList(field) ? [field] : field;
}

/** The elements inside one element. */
export function inside(fields: Fields | undefined, element: string): Fields | undefined {
  const [only] = allOf(fields, element);
  return typeof only === 'string' ? undefined : only;
}

/** The parts of a list with commas or line breaks, without blanks around them. */
export const listed = (text: string | undefined, separator: ',' | '\n'): string[] =>
  (text ?? '')
    .split(separator)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** A whole number written as one; undefined for anything else. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}

/** Minutes of a timeout; undefined where none is set, which some answers show as 0. */
export function minutesOf(value: unknown): number | undefined {
  const minutes = wholeNumber(value);
  return minutes === 0 ? undefined : minutes;
}

/** Words of a picklist, alike in queries and metadata: `Enforce_relaxrefresh`, `specific_lifetime` and `SpecificLifetime` differ in form only. */
export const plainWord = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase().replace(/[\s_]/g, '') : '';

const isList = (field: Exclude<Field, string>): field is ReadonlyArray<string | Fields> => Array.isArray(field);
