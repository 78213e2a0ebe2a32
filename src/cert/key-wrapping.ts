import { decodeBase64, pemBlocks } from './pem.ts';

/** A way in which a good PEM file was spoilt on its journey, and the error code that names it. */
export type Wrapping =
  | 'KeyFileUtf16'
  | 'KeyFileQuoted'
  | 'KeyFileLiteralNewlines'
  | 'KeyFileLineEnds'
  | 'KeyFileBase64'
  | 'KeyFileIndented'
  | 'KeyFileOneLine';

export type Unwrapped = {
  text: string;
  /** What was undone, outermost first. */
  wrappings: Wrapping[];
  /** The same steps as filters of a POSIX shell, to be piped one into the next. */
  filters: string[];
};

type Step = { wrapping: Wrapping; filters: string[]; undo: (text: string) => string | undefined };

/** Base64 whatever its line lengths are, decoded. */
export const base64Filters = [`tr -d '[:space:]'`, 'openssl base64 -d -A'];

/** Each undoes one defect, or answers undefined where the text doesn't have it. The first that applies is undone first. */
const steps: Step[] = [
  {
    wrapping: 'KeyFileQuoted',
    filters: [`tr -d "\\"'"`],
    undo: (text) => (/^\s*["']/.test(text) ? text.replace(/["']/g, '') : undefined),
  },
  {
    wrapping: 'KeyFileLiteralNewlines',
    filters: [String.raw`awk '{gsub(/(\\r)?\\n/,"\n")}1'`],
    undo: (text) => (text.includes('\\n') ? text.replace(/(?:\\r)?\\n/g, '\n') : undefined),
  },
  {
    wrapping: 'KeyFileLineEnds',
    filters: [String.raw`tr '\r' '\n'`],
    undo: (text) => (text.trim().includes('\r') && !text.includes('\n') ? text.replace(/\r/g, '\n') : undefined),
  },
  {
    wrapping: 'KeyFileBase64',
    filters: base64Filters,
    undo: (text) => {
      const decoded = decodeBase64(text)?.toString('utf8');
      return decoded?.includes('-----BEGIN ') ? decoded : undefined;
    },
  },
  {
    wrapping: 'KeyFileIndented',
    filters: [`sed -e 's/^[[:space:]]*//' -e 's/^[^-]*-----BEGIN/-----BEGIN/'`],
    undo: (text) =>
      /^(?:[^-\n]+-----BEGIN |[ \t]+-----END )/m.test(text)
        ? text.replace(/^[ \t]+/gm, '').replace(/^[^-\n]*-----BEGIN/gm, '-----BEGIN')
        : undefined,
  },
  {
    wrapping: 'KeyFileOneLine',
    filters: [String.raw`awk '{gsub(/-----BEGIN [A-Z ]*-----/,"&\n");gsub(/-----END /,"\n&")}1'`],
    undo: (text) =>
      /-----BEGIN [A-Z ]*-----[ \t]*[^\s-]/.test(text)
        ? text.replace(/-----BEGIN [A-Z ]*-----/g, '$&\n').replace(/-----END /g, '\n$&')
        : undefined,
  },
];

/** The text inside, whatever it was wrapped in on its way, and how to unwrap it in a shell. */
export function unwrap(bytes: Uint8Array): Unwrapped {
  const encoding = utf16Of(bytes);
  const unwrapped: Unwrapped = encoding
    ? { text: encoding.text, wrappings: ['KeyFileUtf16'], filters: [`iconv -f ${encoding.name} -t UTF-8`] }
    : { text: Buffer.from(bytes).toString('utf8'), wrappings: [], filters: [] };
  unwrapped.text = unwrapped.text.replace(/^\uFEFF/, '');
  for (let left = steps; left.length > 0;) {
    const step = left.find(({ undo }) => undo(unwrapped.text) !== undefined);
    if (!step) break;
    unwrapped.text = step.undo(unwrapped.text) ?? unwrapped.text;
    unwrapped.wrappings.push(step.wrapping);
    unwrapped.filters.push(...step.filters);
    left = left.filter((other) => other !== step);
  }
  return unwrapped;
}

/** UTF-16 with a byte order mark, or recognised by the zero that follows or precedes each of its first characters. */
function utf16Of(bytes: Uint8Array): { name: string; text: string } | undefined {
  const buffer = Buffer.from(bytes);
  const mark = buffer.toString('latin1', 0, 2);
  if (mark === '\xff\xfe') return { name: 'UTF-16', text: buffer.toString('utf16le') };
  if (mark === '\xfe\xff') return { name: 'UTF-16', text: bigEndian(buffer) };
  const start = buffer.toString('latin1', 0, 8);
  if (/^(?:[\t\n\r -~]\0){2,4}$/.test(start)) return { name: 'UTF-16LE', text: buffer.toString('utf16le') };
  if (/^(?:\0[\t\n\r -~]){2,4}$/.test(start)) return { name: 'UTF-16BE', text: bigEndian(buffer) };
  return undefined;
}

const bigEndian = (buffer: Buffer): string =>
  buffer
    .subarray(0, buffer.length & ~1)
    .swap16()
    .toString('utf16le');

/**
 * The last resort for a block with a good body and a bad layout (blank lines, words behind the markers): take the base64
 * between the markers, as these filters do.
 */
export const layoutFilters = [`awk '/-----BEGIN/{f=1;next} /-----END/{f=0} f&&!/:/'`, ...base64Filters];

/** The bytes that `layoutFilters` would give for the only block of this text. */
export function layoutBytes(text: string): Buffer | undefined {
  const blocks = pemBlocks(text);
  return blocks.length === 1 ? blocks[0]?.der : undefined;
}
