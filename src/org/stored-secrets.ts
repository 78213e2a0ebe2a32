import { AuthInfo } from '@salesforce/core';
import { aquilaError } from '../errors.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { TokenKind } from '../token/given-token.ts';
import { loginAgain } from './login-again.ts';

/** What only `sf` keeps, and only for its own requests. All but the version are secrets, in plain text. */
export type StoredSecrets = {
  /** Undefined after it was revoked. */
  accessToken: string | undefined;
  refreshToken: string | undefined;
  clientSecret: string | undefined;
  /** The latest version that sf saw the org offer, such as `67.0`. */
  instanceApiVersion: string | undefined;
};

/** An access token that the org just issued; the refresh token only where the app rotates it. */
export type RenewedToken = { accessToken: string; instanceUrl: string; refreshToken: string | undefined };

/**
 * Decrypts what is stored of a login, fresh from the disk: another process may have renewed it. No request is sent.
 *
 * @throws LoginUnreadable
 */
export async function readSecrets(login: StoredLogin): Promise<StoredSecrets> {
  try {
    const info = await AuthInfo.create({ username: login.username });
    const { accessToken, refreshToken, clientSecret, instanceApiVersion } = info.getFields(true);
    return {
      accessToken: accessToken === '' ? undefined : accessToken,
      refreshToken,
      clientSecret,
      instanceApiVersion,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 300) : 'for an unknown reason';
    throw aquilaError('LoginUnreadable', [login.username, reason], [loginAgain(login)]);
  }
}

/**
 * Stores a renewed token as sf does, so that sf's own commands go on with it. Where it can't be stored the command goes on with the token
 * in memory: its work counts more, and sf renews for itself the next time.
 */
export async function keepToken(username: string, renewed: RenewedToken): Promise<void> {
  try {
    await storeToken(username, renewed);
  } catch {
    // As said above.
  }
}

/** The same, for a token that nothing can bring back; throws core's own error. Without an instance URL the stored one stays. */
export async function storeToken(
  username: string,
  { accessToken, instanceUrl, refreshToken }: Omit<RenewedToken, 'instanceUrl'> & Partial<RenewedToken>
): Promise<void> {
  const info = await AuthInfo.create({ username });
  await info.save({
    accessToken,
    ...(instanceUrl !== undefined && { instanceUrl }),
    ...(refreshToken !== undefined && { refreshToken }),
  });
}

/**
 * Takes a token that has ended out of a stored login, so that no command uses it any more. With a refresh token go the access tokens that
 * it made. The login itself stays, with its alias: one with a private key renews itself, the others say that they are over. A token that
 * another process has renewed meanwhile is left alone.
 *
 * @returns whether it could be taken out; false leaves a dead token there, which the org refuses
 */
export async function forgetToken(
  username: string,
  { value, kind }: { value: string; kind: TokenKind }
): Promise<boolean> {
  try {
    const info = await AuthInfo.create({ username });
    const { accessToken, refreshToken } = info.getFields(true);
    if (kind === 'refresh' && refreshToken === value)
      await info.save({ refreshToken: undefined, accessToken: undefined });
    if (kind === 'access' && accessToken === value) await info.save({ accessToken: undefined });
    return true;
  } catch {
    return false;
  }
}
