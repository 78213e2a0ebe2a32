/** One block between the lines BEGIN and END of a PEM file (RFC 7468, RFC 1421 headers included). */
export type PemBlock = {
  /** What stands behind BEGIN, such as `PRIVATE KEY`. */
  label: string;
  /** The decoded body; undefined where it is no base64. */
  der: Buffer | undefined;
  /** The body as written, headers left out. */
  body: string;
  /** Encrypted in the older way of OpenSSL: a header `Proc-Type: 4,ENCRYPTED`. */
  encrypted: boolean;
  /** Whether an END line with the same label follows. */
  closed: boolean;
};

const mark = /-----(?=(BEGIN|END) ([A-Z0-9][A-Z0-9 .#]*)-----)/g;
const headers = /^\s*(?:[A-Za-z][\w-]*:[^\n]*\n)+\s*\n/;

/** A line BEGIN or END, as offsets in the text. */
type Mark = { isBegin: boolean; label: string; start: number; end: number };

/** All blocks of a text, however badly they are laid out: spaces, blank lines and missing line breaks don't matter here. */
export function pemBlocks(text: string): PemBlock[] {
  const marks = [...text.matchAll(mark)].map(({ 1: word = '', 2: label = '', index }): Mark => {
    return { isBegin: word === 'BEGIN', label, start: index, end: index + word.length + label.length + 11 };
  });
  const ends = endsOf(marks);
  const blocks: PemBlock[] = [];
  let done = 0;
  for (const [at, { isBegin, label, start, end }] of marks.entries()) {
    if (!isBegin || start < done) continue;
    const last = ends[at];
    blocks.push(blockOf(label, last && text.slice(end, last.start)));
    done = last?.end ?? end;
  }
  return blocks;
}

/** For each BEGIN the next END of its label. Looking for it anew from each BEGIN would take hours in a text of nothing else. */
function endsOf(marks: Mark[]): Array<Mark | undefined> {
  const next = new Map<string, Mark>();
  const ends = marks.toReversed().map((one) => {
    if (one.isBegin) return next.get(one.label);
    next.set(one.label, one);
    return undefined;
  });
  return ends.reverse();
}

function blockOf(label: string, inside: string | undefined): PemBlock {
  const head = inside?.match(headers)?.[0] ?? '';
  const body = (inside ?? '').slice(head.length);
  return {
    label,
    body,
    der: decodeBase64(body),
    encrypted: /^Proc-Type:\s*4,ENCRYPTED/m.test(head.trimStart()),
    closed: inside !== undefined,
  };
}

/** Base64 with any white space in it; undefined if something else stands there, or nothing. */
export function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(packed) && packed.length % 4 === 0 ? Buffer.from(packed, 'base64') : undefined;
}

/** DER as PEM with lines of 64 characters and LF (RFC 7468 §2). */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
