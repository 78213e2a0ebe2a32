/** A text as it is searched, three times with its characters at the same places. */
export type FoldedText = {
  text: string;
  /** In lower case. */
  lower: string;
  /** In lower case and without line breaks: terminals break a text that is pasted from them anywhere between words. */
  joined: string;
};

/** Where words stand, and where between them something stands that no table holds. */
export type Place = { start: number; end: number; gaps: readonly Gap[] };

export type Gap = { start: number; end: number };

/** How far the parts of one text may stand apart. */
const maximumGap = 300;

/** What the same words look like after JSON, HTML, URLs, word processors and coloured terminals had them. */
const variants =
  // eslint-disable-next-line no-control-regex -- the escape character is what is sought
  /[\u2018\u2019\u201b\u2032\u00b4`]|\\u0027|\\'|&#0?39;|&#x27;|&apos;|%27|[\u201c\u201d]|\\"|&quot;|\u00a0|\u001b\[[0-9;]*m|\r/gi;

/** Brings a text into the form that is searched: straight quotes, no escapes, no colours, no blanks around line breaks. No line break is lost. */
export function foldText(text: string): FoldedText {
  const plain = text
    .replace(variants, (found) => {
      if (found === '\u00a0' || found === '\r') return ' ';
      if (/^(?:[\u201c\u201d]|\\"|&quot;)$/i.test(found)) return '"';
      return found.startsWith('\u001b') ? '' : "'";
    })
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n');
  const lowered = plain.toLowerCase();
  // Very few capitals change their length, and then only ASCII is folded, so that all stay in step.
  const lower = lowered.length === plain.length ? lowered : plain.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  return { text: plain, lower, joined: lower.replaceAll('\n', ' ') };
}

/** The first place where one of the words stands; the longest that begins there. */
export function findWords(folded: FoldedText, words: readonly string[]): Place | undefined {
  const places = words.flatMap((one) => find(folded, one.split(' … ')) ?? []);
  return places.sort((a, b) => a.start - b.start || b.end - a.end)[0];
}

function find(folded: FoldedText, [first = '', ...rest]: readonly string[]): Place | undefined {
  const { joined } = folded;
  for (let start = joined.indexOf(first); start !== -1; start = joined.indexOf(first, start + 1)) {
    const place = completed(folded, { start, end: start + first.length, gaps: [] }, rest);
    if (place !== undefined && isWhole(joined, place)) return place;
  }
  return undefined;
}

/** The place with the other parts, if no gap goes beyond its line. A part is sought only so far, so that no text is slow. */
function completed({ lower, joined }: FoldedText, begun: Place, parts: readonly string[]): Place | undefined {
  let { end } = begun;
  const gaps: Gap[] = [];
  for (const part of parts) {
    const at = joined.slice(end, end + maximumGap).indexOf(part);
    if (at === -1 || lower.slice(end, end + at).includes('\n')) return undefined;
    gaps.push({ start: end, end: end + at });
    end += at + part.length;
  }
  return { start: begun.start, end, gaps };
}

const wordCharacter = /[a-z0-9_]/;
const isWord = (character: string | undefined): boolean => character !== undefined && wordCharacter.test(character);

/** In JSON, the letter of an escape such as `\n` stands before a word without being part of it. */
const endsEscape = (text: string, end: number): boolean => /^\\[nrt]$/.test(text.slice(Math.max(0, end - 2), end));

const isWhole = (text: string, { start, end }: Place): boolean =>
  !(isWord(text[start]) && isWord(text[start - 1]) && !endsEscape(text, start)) &&
  !(isWord(text[end - 1]) && isWord(text[end]));
