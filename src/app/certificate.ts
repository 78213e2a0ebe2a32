import { X509Certificate } from 'node:crypto';

/** A certificate for the app's global settings, fit for Salesforce. */
export type AppCertificate = {
  /** PEM with LF, alone. */ pem: string;
  /** Upper-case hexadecimal with colons. */ fingerprint256: string;
};

const markers = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;

/**
 * The certificate inside the element `certificate`, in any of the encodings that deploy: PEM, the base64 body alone, or base64 of the
 * whole PEM file (docs/reference/external-client-apps.md §3).
 *
 * @returns undefined where the text is none of these, such as the name of an org certificate
 */
export function readAppCertificate(text: string): X509Certificate | undefined {
  const body = markers.exec(text)?.[1];
  if (body !== undefined) return certificateOf(fromBase64(body));
  const bytes = fromBase64(text);
  const inner = markers.exec(bytes?.toString('latin1') ?? '')?.[1];
  return certificateOf(inner === undefined ? bytes : fromBase64(inner));
}

function fromBase64(text: string): Buffer | undefined {
  const packed = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(packed) ? Buffer.from(packed, 'base64') : undefined;
}

function certificateOf(der: Buffer | undefined): X509Certificate | undefined {
  try {
    return der && new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** SHA-256 of the DER, upper-case hexadecimal with colons; undefined where the text is no certificate. */
export const appCertificateFingerprint = (text: string): string | undefined => readAppCertificate(text)?.fingerprint256;
