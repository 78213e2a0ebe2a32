import { childrenOf, oidOf, tags, type DerElement } from '../../cert/der.ts';
import { keystoreError } from '../problem.ts';

/** What stands inside an element of that tag. */
export function childrenIn(element: DerElement | undefined, tag: number, file: string): DerElement[] {
  if (element?.tag !== tag) throw keystoreError('KeystoreDamaged', file);
  return childrenOf(element);
}

/** The bytes of an OCTET STRING. */
export function octetsIn(element: DerElement | undefined, file: string): Uint8Array {
  if (element?.tag !== tags.octetString) throw keystoreError('KeystoreDamaged', file);
  return element.contents;
}

/** An INTEGER that is not negative; whatever has more than six bytes counts as infinite. */
export function integerIn(element: DerElement | undefined, file: string): number {
  if (element?.tag !== tags.integer || element.contents.length === 0 || (element.contents[0] ?? 0) >= 0x80) {
    throw keystoreError('KeystoreDamaged', file);
  }
  const { contents } = element;
  return contents.length > 6 ? Infinity : Buffer.from(contents).readUIntBE(0, contents.length);
}

/** An OBJECT IDENTIFIER in dotted form. */
export function oidIn(element: DerElement | undefined, file: string): string {
  const oid = oidOf(element);
  if (oid === undefined) throw keystoreError('KeystoreDamaged', file);
  return oid;
}

/** The algorithm and its parameters out of an AlgorithmIdentifier. */
export function algorithmIn(
  element: DerElement | undefined,
  file: string
): { oid: string; parameters: DerElement | undefined } {
  const [oid, parameters] = childrenIn(element, tags.sequence, file);
  return { oid: oidIn(oid, file), parameters };
}
