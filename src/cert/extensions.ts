import type { X509Certificate } from 'node:crypto';
import { childrenOf, oidOf, readElement, tags, type DerElement } from './der.ts';
import { colons } from './key-facts.ts';

const oids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
};

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

/** The bits of keyUsage from the left (RFC 5280 §4.2.1.3). */
const usages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof usages)[number];

/** The version of a certificate, and those of its extensions that say what its key may do and who signed it. */
export type CertificateProfile = {
  /** 3 where there are extensions; OpenSSL made version 1 for long. */
  version: number;
  /** Whether it may be a certification authority, and how many others may stand between it and a leaf. */
  basicConstraints?: { authority: boolean; pathLength?: number };
  keyUsage?: KeyUsage[];
  /** Upper-case hexadecimal with colons. */
  subjectKeyIdentifier?: string;
  authorityKeyIdentifier?: string;
};

/** Version and extensions (RFC 5280 §4.1.2.1, §4.2.1). An extension that can't be read is left out. */
export function profileOf(certificate: X509Certificate): CertificateProfile {
  const [toBeSigned] = childrenOf(readElement(certificate.raw) ?? nothing);
  const [first] = childrenOf(toBeSigned ?? nothing);
  const version = first?.tag === tags.context0 ? (childrenOf(first)[0]?.contents.at(-1) ?? 0) + 1 : 1;
  const constraints = extensionOf(certificate, oids.basicConstraints);
  const usage = extensionOf(certificate, oids.keyUsage);
  const subjectKey = extensionOf(certificate, oids.subjectKeyIdentifier);
  const authorityKey = childrenOf(extensionOf(certificate, oids.authorityKeyIdentifier) ?? nothing)[0];
  return {
    version,
    ...(constraints && { basicConstraints: constraintsIn(constraints) }),
    ...(usage?.tag === tags.bitString && { keyUsage: usagesIn(usage.contents.subarray(1)) }),
    ...(subjectKey?.tag === tags.octetString && { subjectKeyIdentifier: colons(subjectKey.contents) }),
    ...(authorityKey?.tag === keyIdentifierTag && { authorityKeyIdentifier: colons(authorityKey.contents) }),
  };
}

/** `keyIdentifier [0]` of RFC 5280 §4.2.1.1. */
const keyIdentifierTag = 0x80;

function constraintsIn(element: DerElement): { authority: boolean; pathLength?: number } {
  const fields = childrenOf(element);
  const authority = fields.find(({ tag }) => tag === booleanTag)?.contents[0];
  const pathLength = fields.find(({ tag }) => tag === tags.integer)?.contents[0];
  return { authority: authority !== undefined && authority !== 0, ...(pathLength !== undefined && { pathLength }) };
}

const usagesIn = (bits: Uint8Array): KeyUsage[] =>
  usages.filter((_, at) => ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0);

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
