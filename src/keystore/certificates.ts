import { X509Certificate } from 'node:crypto';
import { readElement, tags } from '../cert/der.ts';

/**
 * The certificates in a keystore, each given as DER, and how many of them can't be read. A certificate whose key or
 * names Node can't make sense of counts as unreadable, so that nobody stumbles over it later.
 */
export function readCertificates(ders: Uint8Array[]): { certificates: X509Certificate[]; unreadable: number } {
  const certificates = ders.flatMap((der) => readCertificate(der) ?? []);
  return { certificates, unreadable: ders.length - certificates.length };
}

function readCertificate(der: Uint8Array): X509Certificate | undefined {
  // Node would also read PEM, and pass over what follows the certificate; Java does neither here.
  const element = readElement(der);
  if (element?.tag !== tags.sequence || element.length !== der.length) return undefined;
  try {
    const certificate = new X509Certificate(der);
    const isKnown = certificate.publicKey.asymmetricKeyType !== undefined;
    const isDated = !Number.isNaN(certificate.validToDate.getTime() + certificate.validFromDate.getTime());
    return isKnown && isDated ? certificate : undefined;
  } catch {
    return undefined;
  }
}
