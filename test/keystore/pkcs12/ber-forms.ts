import { childrenOf, readElement, tags } from '../../../src/cert/der.ts';
import { encodeElement } from '../../../src/cert/der-encoding.ts';

const end = Buffer.alloc(2);

/** DER as BER with indefinite lengths all through, and octets in pieces of 100 bytes, as Mozilla's tools and Bouncy Castle write it. */
export function indefinite(der: Uint8Array, inside: (octets: Buffer) => Buffer = (octets) => octets): Buffer {
  const element = readElement(der)!;
  if (element.tag === tags.octetString) return pieces(0x24, inside(Buffer.from(element.contents)));
  if (element.tag === 0x80 && element.contents.length > 100) return pieces(0xa0, Buffer.from(element.contents));
  if ((element.tag & 0x20) === 0) return Buffer.from(der.subarray(0, element.length));
  const children = childrenOf(element).map(({ tag, contents }) => indefinite(encodeElement(tag, contents), inside));
  return Buffer.concat([Buffer.from([element.tag, 0x80]), ...children, end]);
}

function pieces(tag: number, octets: Buffer): Buffer {
  if (octets.length <= 100 && tag === 0x24) return encodeElement(tags.octetString, octets);
  const parts: Buffer[] = [];
  for (let at = 0; at < octets.length; at += 100) {
    parts.push(encodeElement(tags.octetString, octets.subarray(at, at + 100)));
  }
  return Buffer.concat([Buffer.from([tag, 0x80]), ...parts, end]);
}

/**
 * A PKCS#12 file in BER: the outer layers, and where no MAC is taken over them the inner ones, too.
 *
 * @param der a file as OpenSSL writes it
 */
export function asBer(der: Uint8Array, { innerToo = false } = {}): Buffer {
  return indefinite(der, (octets) => {
    const inner = readElement(octets);
    const isSequence = inner?.tag === tags.sequence && inner.length === octets.length;
    return innerToo && isSequence && isSafe(octets) ? indefinite(octets, (deeper) => safely(deeper)) : octets;
  });
}

/** Only PKCS#12's own structures: a certificate must stay DER, or its signature is lost. */
const isSafe = (octets: Buffer): boolean => octets.includes(Buffer.from('2a864886f70d0107', 'hex'));

const safely = (octets: Buffer): Buffer => {
  const inner = readElement(octets);
  return inner?.tag === tags.sequence && inner.length === octets.length && isBags(octets) ? indefinite(octets) : octets;
};

const isBags = (octets: Buffer): boolean => octets.includes(Buffer.from('2a864886f70d010c0a', 'hex'));
