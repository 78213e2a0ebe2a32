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

const block = /-----BEGIN ([A-Z0-9][A-Z0-9 .]*)-----(?:([\s\S]*?)-----END \1-----)?/g;
const headers = /^\s*(?:[A-Za-z][\w-]*:[^\n]*\n)+\s*\n/;

/** All blocks of a text, however badly they are laid out: spaces, blank lines and missing line breaks don't matter here. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map(([, label = '', inside]) => {
    const head = inside?.match(headers)?.[0] ?? '';
    const body = (inside ?? '').slice(head.length);
    return {
      label,
      body,
      der: decodeBase64(body),
      encrypted: /^Proc-Type:\s*4,ENCRYPTED/m.test(head.trimStart()),
      closed: inside !== undefined,
    };
  });
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
