import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/**
 * What stops the collector in a file that `sf` can use. The collector hands the bytes to Go's encoding/pem and looks at
 * the first block only, whatever its label says (docs/reference/aquila-collector.md §3.4).
 *
 * - `byte-order-mark`: Go finds no block, because a byte order mark stands before the first line
 * - `pem-not-found`: Go finds no block for another reason
 * - `key-not-first`: the first block that Go finds is something else, such as a certificate
 */
export type CollectorTrouble = 'byte-order-mark' | 'pem-not-found' | 'key-not-first';

/** Whether the collector gets the same key out of these bytes as `sf` does. */
export function collectorTrouble(bytes: Uint8Array, key: KeyObject): CollectorTrouble | undefined {
  const der = firstGoBlock(Buffer.from(bytes).toString('latin1'));
  if (!der) return bytes[0] === 0xef && bytes[1] === 0xbb ? 'byte-order-mark' : 'pem-not-found';
  const seen = keyOf(der, 'pkcs1') ?? keyOf(der, 'pkcs8');
  return seen && createPublicKey(seen).equals(createPublicKey(key)) ? undefined : 'key-not-first';
}

function keyOf(der: Buffer, type: 'pkcs1' | 'pkcs8'): KeyObject | undefined {
  try {
    return createPrivateKey({ key: der, format: 'der', type });
  } catch {
    return undefined;
  }
}

/**
 * The bytes of the first block as Go's `pem.Decode` finds it: BEGIN and END at the start of a line, the same label, nothing
 * but blanks behind them, strict base64 between. A block that breaks a rule is passed over.
 */
function firstGoBlock(latin1: string): Buffer | undefined {
  const begin = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t]*\r?(?:\n|$)/g;
  for (let found = begin.exec(latin1); found; found = begin.exec(latin1)) {
    const rest = withoutHeaders(latin1.slice(begin.lastIndex));
    const end = rest.startsWith('-----END ') ? 0 : rest.indexOf('\n-----END ');
    const endLine = rest.slice(end).replace(/^\n/, '').split('\n', 1)[0] ?? '';
    const der = decodeStrictly(rest.slice(0, Math.max(end, 0)));
    if (end >= 0 && endLine.trimEnd() === `-----END ${found[1] ?? ''}-----` && der) return der;
    begin.lastIndex -= 1; // the line break may begin the next block
  }
  return undefined;
}

function withoutHeaders(text: string): string {
  let rest = text;
  for (let line = /^[^\n:]*:[^\n]*\n/.exec(rest); line; line = /^[^\n:]*:[^\n]*\n/.exec(rest)) {
    rest = rest.slice(line[0].length);
  }
  return rest;
}

function decodeStrictly(body: string): Buffer | undefined {
  const packed = body.replace(/[ \t\r\n]/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)
    ? Buffer.from(packed, 'base64')
    : undefined;
}
