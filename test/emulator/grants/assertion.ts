import { X509Certificate, verify } from 'node:crypto';

export type Assertion = { claims: Record<string, unknown>; signedPart: string; signature: Buffer };

/**
 * Takes an assertion apart (RFC 7515 §3.1, compact serialisation) without judging claims or signature.
 *
 * @returns undefined unless it has three base64url parts, the first two JSON objects, and the algorithm RS256, the only one that
 *   Salesforce accepts (docs/reference/salesforce-oauth.md §1.2)
 */
export function readAssertion(text: string | undefined): Assertion | undefined {
  const parts = (text ?? '').split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[\w-]+$/.test(part))) return undefined;
  const [header, claims, signature] = parts as [string, string, string];
  const head = jsonObject(header);
  const body = jsonObject(claims);
  if (head?.['alg'] !== 'RS256' || !body) return undefined;
  return { claims: body, signedPart: `${header}.${claims}`, signature: Buffer.from(signature, 'base64url') };
}

function jsonObject(base64url: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the RSA key of a certificate made the signature (RS256, RFC 7518 §3.3). */
export function signedBy({ signedPart, signature }: Assertion, certificate: X509Certificate): boolean {
  const { publicKey } = certificate;
  return publicKey.asymmetricKeyType === 'rsa' && verify('RSA-SHA256', Buffer.from(signedPart), publicKey, signature);
}

/** A PEM or nothing: what was uploaded may be anything. */
export function readCertificate(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
