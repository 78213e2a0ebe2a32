import { oidOf, readElement, tags, type DerElement } from '../../cert/der.ts';
import { encodeElement } from '../../cert/der-encoding.ts';
import { toDer } from '../../cert/ber.ts';
import { decrypt, type Opening } from './decrypt.ts';
import { childrenIn, octetsIn, oidIn } from './elements.ts';
import { oids } from './oids.ts';

/** A key or a certificate as it lies in a SafeBag (RFC 7292 §4.2). */
export type Bag = {
  kind: 'private-key' | 'certificate';
  /** PKCS#8 or X.509 in DER; undefined where the password doesn't open it. */
  der: Buffer | undefined;
  /** friendlyName; undefined where there is none. */
  alias: string | undefined;
  /** localKeyId as hexadecimal: what a key and its certificate have in common. */
  keyId: string | undefined;
  /** Marked by Java as an entry of its own, even where the certificate also belongs to a key. */
  isTrusted: boolean;
};

type Attributes = Pick<Bag, 'alias' | 'keyId' | 'isTrusted'>;

/**
 * The SafeContents in bytes that may have been decrypted with another password.
 *
 * @returns undefined if these bytes are no sequence from the first byte to the last
 */
export function safeBagsIn(bytes: Uint8Array): DerElement | undefined {
  const converted = toDer(bytes);
  if (typeof converted === 'string' || converted.length !== bytes.length) return undefined;
  const element = readElement(converted.der);
  return element?.tag === tags.sequence ? element : undefined;
}

/** All keys and certificates of a SafeContents, nested ones too. CRLs and other secrets are passed over. */
export async function readBags(safeContents: DerElement, opening: Opening): Promise<Bag[]> {
  const { file } = opening;
  const bags: Bag[] = [];
  for (const safeBag of childrenIn(safeContents, tags.sequence, file)) {
    const [type, wrapped, attributes] = childrenIn(safeBag, tags.sequence, file);
    const [value] = childrenIn(wrapped, tags.context0, file);
    const names = readAttributes(attributes, file);
    switch (oidIn(type, file)) {
      case oids.keyBag:
        bags.push({ kind: 'private-key', der: value && encodeElement(value.tag, value.contents), ...names });
        break;
      case oids.shroudedKeyBag:
        bags.push({ kind: 'private-key', der: await openKey(value, opening), ...names });
        break;
      case oids.certBag:
        bags.push(...readCertificate(value, file).map((der) => ({ kind: 'certificate' as const, der, ...names })));
        break;
      case oids.safeContentsBag:
        if (value) bags.push(...(await readBags(value, opening)));
        break;
    }
  }
  return bags;
}

async function openKey(info: DerElement | undefined, opening: Opening): Promise<Buffer | undefined> {
  const [algorithm, encrypted] = childrenIn(info, tags.sequence, opening.file);
  const plain = await decrypt(algorithm, octetsIn(encrypted, opening.file), opening);
  // One wrong password in 256 passes for right by its padding: what comes out must look like a key, too.
  const isOpen = plain !== undefined && safeBagsIn(plain) !== undefined;
  if (isOpen) opening.hasOpened = true;
  return isOpen ? plain : undefined;
}

/** The DER of an X.509 certificate; nothing for the older SDSI certificates, which nobody has. */
function readCertificate(certBag: DerElement | undefined, file: string): Buffer[] {
  const [type, wrapped] = childrenIn(certBag, tags.sequence, file);
  if (oidIn(type, file) !== oids.x509Certificate) return [];
  return [Buffer.from(octetsIn(childrenIn(wrapped, tags.context0, file)[0], file))];
}

function readAttributes(set: DerElement | undefined, file: string): Attributes {
  const found: Attributes = { alias: undefined, keyId: undefined, isTrusted: false };
  for (const attribute of set ? childrenIn(set, 0x31, file) : []) {
    const [type, values] = childrenIn(attribute, tags.sequence, file);
    const [value] = childrenIn(values, 0x31, file);
    if (oidOf(type) === oids.friendlyName && value) found.alias = bmpText(value.contents);
    if (oidOf(type) === oids.localKeyId && value) found.keyId = Buffer.from(value.contents).toString('hex');
    if (oidOf(type) === oids.trustedKeyUsage) found.isTrusted = true;
  }
  return found;
}

/** A BMPString: UTF-16, big-endian. */
const bmpText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
