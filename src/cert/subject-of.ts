import type { X509Certificate } from 'node:crypto';
import { problemOf } from '../errors.ts';
import { childrenOf, oidOf, readElement, tags, type DerElement } from './der.ts';
import { checkAttribute, subjectKeys, subjectOids, type Subject, type SubjectAttribute } from './subject.ts';

/**
 * The subject of a certificate as one that a new certificate can have (RFC 5280 §4.1.2.4): attributes of other types, or with values that
 * `parseSubject` would refuse, are left out.
 */
export function subjectOf(certificate: X509Certificate): Subject {
  const body = childrenOf(readElement(certificate.raw) ?? nothing)[0];
  const fields = body ? childrenOf(body) : [];
  // Version 1 has no version field (§4.1.2.1); the subject comes after serial number, algorithm, issuer and validity.
  const name = fields[fields[0]?.tag === tags.context0 ? 5 : 4];
  const attributes = (name ? childrenOf(name) : []).flatMap((relative) => childrenOf(relative));
  return attributes.flatMap((one) => attributeOf(one) ?? []);
}

const nothing: DerElement = { tag: tags.sequence, contents: new Uint8Array(), length: 0 };

function attributeOf(element: DerElement): SubjectAttribute | undefined {
  const [type, value] = childrenOf(element);
  const oid = oidOf(type);
  const key = subjectKeys.find((one) => subjectOids[one] === oid);
  const encoding = value && encodings[value.tag];
  if (!key || !encoding) return undefined;
  try {
    return checkAttribute({ key, value: encoding(Buffer.from(value.contents)) });
  } catch (error) {
    problemOf(error);
    return undefined;
  }
}

/** The string types of DirectoryString, and IA5String (X.680 §8). */
const encodings: Readonly<Record<number, (bytes: Buffer) => string>> = {
  0x0c: (bytes) => bytes.toString('utf8'),
  0x13: (bytes) => bytes.toString('latin1'),
  0x14: (bytes) => bytes.toString('latin1'),
  0x16: (bytes) => bytes.toString('latin1'),
  0x1e: (bytes) => (bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : ''),
};
