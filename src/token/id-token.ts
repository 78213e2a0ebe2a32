import { createHash } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { problem, type Problem } from '../errors.ts';
import type { TokenResponse } from './response.ts';

/** What an ID token is judged by. */
export type IdTokenMeasure = {
  /** Public keys of the org. */
  keys: JSONWebKeySet;
  /** Who must have issued it: `issuer` of the org's discovery document. */
  issuer: string;
  clientId: string;
  /** The nonce that was sent; undefined where none was. */
  nonce: string | undefined;
  /** The access token that came with it. */
  accessToken: string;
  /** It came through a browser, so that it must say which access token it belongs to (OpenID Connect Core 1.0 §3.2.2.9). */
  isThroughBrowser: boolean;
  now: Date;
};

/**
 * The keys of a JWK Set that an ID token can be signed by. Keys of other kinds, and those that lack something, are passed over
 * (RFC 7517 §5); undefined where none is left.
 */
export function readSigningKeys({ keys }: Record<string, unknown>): JSONWebKeySet | undefined {
  const usable = (Array.isArray(keys) ? keys : []).flatMap((key: unknown) => {
    if (typeof key !== 'object' || key === null) return [];
    const texts = Object.entries(key).filter((one): one is [string, string] => typeof one[1] === 'string');
    const { kty, n, e, kid, alg, use } = Object.fromEntries(texts);
    if (kty !== 'RSA' || n === undefined || e === undefined) return [];
    return [
      {
        kty,
        n,
        e,
        ...(kid !== undefined && { kid }),
        ...(alg !== undefined && { alg }),
        ...(use !== undefined && { use }),
      },
    ];
  });
  return usable.length > 0 ? { keys: usable } : undefined;
}

/**
 * Whether an answer lacks the ID token that belongs in it (OpenID Connect Core 1.0 §3.1.2.1, §3.1.3.3, §3.2.2.5): a nonce was sent for one, and
 * openid was asked for by name. Whoever could take it away would also take the proof that the answer belongs to this request. Of scopes that
 * were left to the app nobody documents what comes.
 *
 * @param asked.scope with blanks between them; empty where they were left to the app
 */
export const lacksIdToken = (
  { idToken }: TokenResponse,
  { nonce, scope }: { nonce: string | undefined; scope: string }
): boolean => idToken === undefined && nonce !== undefined && scope.split(' ').includes('openid');

/** Seconds by which two clocks may differ. */
const tolerance = 60;

/**
 * Why an ID token proves nothing; undefined if it holds (OpenID Connect Core 1.0 §3.1.3.7, §3.1.3.8): signed with RS256 by a key of the org,
 * issued by it, for this app, not expired, for this request, and for this access token where it says so.
 */
export async function idTokenProblem(
  idToken: string,
  { keys, issuer, clientId, nonce, accessToken, isThroughBrowser, now }: IdTokenMeasure
): Promise<Problem<'IdTokenRefused' | 'IdTokenUnbound'> | undefined> {
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose');
  const refused = (why: string): Problem<'IdTokenRefused'> => problem('IdTokenRefused', [issuer, why]);
  try {
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(keys), {
      ...{ algorithms: ['RS256'], issuer, audience: clientId, currentDate: now, clockTolerance: tolerance },
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload['azp'] !== clientId) {
      return refused('it is for several apps, and was not issued to this one');
    }
    if (nonce !== undefined && payload['nonce'] !== nonce) return refused('its nonce is not the one that was sent');
    const hash = payload['at_hash'];
    if (hash === undefined && isThroughBrowser) return problem('IdTokenUnbound', [issuer]);
    if (hash !== undefined && hash !== halfHash(accessToken)) return refused('it belongs to another access token');
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused('it has expired');
    if (error instanceof errors.JWTClaimValidationFailed) return refused(claimWords(error.claim));
    if (error instanceof errors.JOSEError) return refused('its signature is not by a key of the org');
    throw error;
  }
}

const claimWords = (claim: string): string =>
  ({ iss: 'somebody else issued it', aud: 'it is for another app' })[claim] ??
  `its claim "${claim}" is missing or wrong`;

/** The left half of the SHA-256, as RS256 asks (OpenID Connect Core 1.0 §3.1.3.6). */
const halfHash = (text: string): string =>
  createHash('sha256').update(text, 'ascii').digest().subarray(0, 16).toString('base64url');
