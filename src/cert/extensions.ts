import type { X509Certificate } from 'node:crypto';
import { childrenOf, oidOf, readElement, tags, type DerElement } from './der.ts';

const oids = { keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19' };

/** Tags of RFC 5280 §4.1 that nothing else here needs: `extensions [3]`, and BOOLEAN. */
const extensionsTag = 0xa3;
const booleanTag = 0x01;

/** The sixth bit of keyUsage, counted from the left (RFC 5280 §4.2.1.3). */
const keyCertSign = 0x04;

/**
 * Whether a certificate lets its key sign other certificates: basicConstraints says that it is a certification authority, and
 * keyUsage has keyCertSign (RFC 5280 §4.2.1.9, §4.2.1.3). An extension that is absent, as in version 1, forbids nothing.
 */
export function mayIssue(certificate: X509Certificate): boolean {
  const constraints = extensionOf(certificate, oids.basicConstraints);
  const usage = extensionOf(certificate, oids.keyUsage);
  const [isAuthority] = constraints ? childrenOf(constraints) : [];
  const [, bits = 0] = usage?.tag === tags.bitString ? usage.contents : []; // the first byte counts unused bits
  const mayBeAuthority = !constraints || (isAuthority?.tag === booleanTag && isAuthority.contents[0] !== 0);
  return mayBeAuthority && (!usage || (bits & keyCertSign) !== 0);
}

/** What an extension holds, as it stands inside the OCTET STRING; undefined if the certificate doesn't have it. */
function extensionOf(certificate: X509Certificate, oid: string): DerElement | undefined {
  const [toBeSigned] = childrenOf(readElement(certificate.raw) ?? nothing);
  const list = childrenOf(toBeSigned ?? nothing).find(({ tag }) => tag === extensionsTag);
  const [extensions] = childrenOf(list ?? nothing);
  const extension = childrenOf(extensions ?? nothing).find((one) => oidOf(childrenOf(one)[0]) === oid);
  const value = extension && childrenOf(extension).at(-1);
  return value?.tag === tags.octetString ? readElement(value.contents) : undefined;
}

const nothing: DerElement = { tag: tags.sequence, contents: new Uint8Array(), length: 2 };
