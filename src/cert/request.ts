import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { describeCertificate } from './certificate.ts';
import { encodeElement, encodeInteger } from './der-encoding.ts';
import { childrenOf, readElement, tags, type DerElement } from './der.ts';

/** A certificate signing request (RFC 2986). */
export type RequestReading = {
  /** As in the facts about a certificate. */
  subject: string;
  signatureAlgorithm: string;
  publicKey: KeyObject;
};

/**
 * Reads a signing request in DER; undefined if it is damaged. Node has no reader for requests, but one for certificates, and both hold name
 * and key in the same form: so a certificate is put together around them, which nobody gets to see. The signature is not judged.
 */
export function readRequest(der: Uint8Array): RequestReading | undefined {
  const whole = readElement(der);
  if (whole?.tag !== tags.sequence) return undefined;
  const [info, algorithm] = childrenOf(whole);
  const [, subject, publicKey] = info ? childrenOf(info) : [];
  if (!subject || !publicKey || algorithm?.tag !== tags.sequence) return undefined;
  const [name, key, signature] = [subject, publicKey, algorithm].map(encoded) as [Buffer, Buffer, Buffer];
  const date = encodeElement(0x17, Buffer.from('260101000000Z'));
  const validity = encodeElement(tags.sequence, date, date);
  const body = encodeElement(tags.sequence, encodeInteger(1), signature, name, validity, name, key);
  const stand = encodeElement(tags.sequence, body, signature, encodeElement(tags.bitString, Buffer.alloc(2)));
  try {
    const certificate = new X509Certificate(stand);
    const { subject: words, signatureAlgorithm } = describeCertificate(certificate, certificate.validToDate);
    return { subject: words, signatureAlgorithm, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) };
  } catch {
    return undefined;
  }
}

const encoded = ({ tag, contents }: DerElement): Buffer => encodeElement(tag, contents);
