import { identifyBinary } from '../cert/binary.ts';
import { unwrap, type Wrapping } from '../cert/key-wrapping.ts';
import { decodeBase64 } from '../cert/pem.ts';
import type { InspectedEncoding, InspectedWrapping } from './inspection.ts';

/** How the innermost thing in a file is written down. */
export function encodingOf(bytes: Uint8Array): InspectedEncoding {
  const binary = identifyBinary(bytes);
  if (binary === 'jks' || binary === 'jceks') return 'jks';
  if (binary) return bytes[1] === 0x80 ? 'ber' : 'der';
  const { text } = unwrap(bytes);
  if (text.trim() === '') return 'none';
  if (text.includes('-----BEGIN OPENSSH ') || /^\s*(?:ssh|ecdsa)-[\w-]+ AAAA/.test(text)) return 'openssh';
  if (text.includes('-----BEGIN ')) return 'pem';
  const decoded = decodeBase64(text);
  return decoded && identifyBinary(decoded) ? 'base64' : 'text';
}

const names: Record<Wrapping, InspectedWrapping> = {
  KeyFileUtf16: 'utf-16',
  KeyFileQuoted: 'quoted',
  KeyFileLiteralNewlines: 'literal-newlines',
  KeyFileLineEnds: 'carriage-returns',
  KeyFileBase64: 'base64',
  KeyFileIndented: 'indented',
  KeyFileOneLine: 'one-line',
};

/** What a PEM file went through on its way; nothing for other files. */
export function wrappingsOf(bytes: Uint8Array): InspectedWrapping[] {
  if (identifyBinary(bytes)) return [];
  const { text, wrappings } = unwrap(bytes);
  const begin = text.indexOf('-----BEGIN ');
  if (begin < 0) return wrappings.map((wrapping) => names[wrapping]);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const isAround = text.slice(0, begin).trim() !== '' || text.slice(text.lastIndexOf('-----') + 5).trim() !== '';
  return [
    ...(hasMark ? (['byte-order-mark'] as const) : []),
    ...wrappings.map((wrapping) => names[wrapping]),
    ...(text.includes('\r\n') ? (['crlf'] as const) : []),
    ...(isAround ? (['text-around'] as const) : []),
  ];
}
