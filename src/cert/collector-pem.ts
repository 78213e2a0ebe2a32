import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { isSameKey } from './same-key.ts';

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
  return seen && isSameKey(createPublicKey(seen), createPublicKey(key)) ? undefined : 'key-not-first';
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
  // both only move forward: looking for them anew from each BEGIN would take hours in a text of nothing else
  let [bodyAt, nextEnd] = [0, -2];
  for (let found = begin.exec(latin1); found; found = begin.exec(latin1)) {
    if (begin.lastIndex >= bodyAt) bodyAt = afterHeaders(latin1, begin.lastIndex);
    if (nextEnd !== -1 && nextEnd < bodyAt) nextEnd = latin1.indexOf('\n-----END ', bodyAt);
    const isEmpty = latin1.startsWith('-----END ', bodyAt);
    const end = isEmpty ? bodyAt : nextEnd;
    if (end >= 0 && lineAt(latin1, isEmpty ? end : end + 1).trimEnd() === `-----END ${found[1] ?? ''}-----`) {
      const der = decodeStrictly(latin1.slice(bodyAt, end));
      if (der) return der;
    }
    begin.lastIndex -= 1; // the line break may begin the next block
  }
  return undefined;
}

/** Where the lines with a colon end that begin at an offset. */
function afterHeaders(text: string, offset: number): number {
  const line = /[^\n:]*:[^\n]*\n/y;
  let at = offset;
  for (line.lastIndex = at; line.test(text);) at = line.lastIndex;
  return at;
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end < 0 ? undefined : end);
}

function decodeStrictly(body: string): Buffer | undefined {
  if (body.includes('-')) return undefined;
  const packed = body.replace(/[ \t\r\n]/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed)
    ? Buffer.from(packed, 'base64')
    : undefined;
}
