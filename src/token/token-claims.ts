/** What a token says of itself. Nobody has verified its signature, so it may say anything. */
export type TokenClaims = {
  /** Seconds since the epoch (RFC 7519 §4.1). */
  exp?: number;
  iat?: number;
  nbf?: number;
  sub?: string;
  iss?: string;
  client_id?: string;
  /** Separated by blanks; in Salesforce's tokens the claim is called `scp`. */
  scope?: string;
};

/** `opaque` is a text that only the org can read (docs/reference/salesforce-oauth.md §6). */
export type TokenFormat = 'opaque' | 'jwt';

export type TokenReading = { format: TokenFormat; claims?: TokenClaims };

/** Whether a token is in JWT format, and what it then says (RFC 7519, RFC 9068 §2.2; help page xcloud.jwt_access_tokens). */
export async function readTokenClaims(token: string): Promise<TokenReading> {
  const { decodeJwt } = await import('jose');
  try {
    const payload = decodeJwt(token);
    const text = (name: string): string | undefined => {
      const value = payload[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const { exp, iat, nbf } = payload;
    const [sub, iss, clientId, scope] = [text('sub'), text('iss'), text('client_id'), text('scp') ?? text('scope')];
    return {
      format: 'jwt',
      claims: {
        ...(exp !== undefined && { exp }),
        ...(iat !== undefined && { iat }),
        ...(nbf !== undefined && { nbf }),
        ...(sub !== undefined && { sub }),
        ...(iss !== undefined && { iss }),
        ...(clientId !== undefined && { client_id: clientId }),
        ...(scope !== undefined && { scope }),
      },
    };
  } catch {
    return { format: 'opaque' };
  }
}

/** The org that issued an opaque token, 15 characters; undefined where the token does not show it. */
export const orgOfToken = (token: string): string | undefined => /^(00D\w{12})(?:\w{3})?!/.exec(token)?.[1];
