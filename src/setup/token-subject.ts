import { shellWord } from '../cert/shell.ts';
import { aquilaError, toError } from '../errors.ts';
import { nameOf, type StoredLogin } from '../handover/stored-login.ts';
import { loginAgain } from '../org/login-again.ts';
import { instanceUrlOf } from '../org/session.ts';
import { defaultOrg, resolveLogin } from '../org/stored-logins.ts';
import { readSecrets, type StoredSecrets } from '../org/stored-secrets.ts';
import type { AddressedToken } from '../org/token-endpoints.ts';
import type { GivenToken, TokenKind } from '../token/given-token.ts';
import { readOrgUrl } from '../token/org-url.ts';

/** Which token a command is about, as it was asked for. */
export type TokenWish = {
  /** Alias or username; undefined for the default org, unless a token was given. */
  targetOrg: string | undefined;
  given: (GivenToken & { file: string }) | undefined;
  /** Of the org that issued the given token. */
  instanceUrl: string | undefined;
  kind: TokenKind | undefined;
};

/** One token, where it may be sent, and the login that it was taken from. */
export type TokenSubject = Omit<AddressedToken, 'token'> & {
  /** A secret; undefined where the stored login has none, such as after a revocation. */
  token: string | undefined;
  kind: TokenKind;
  /** As the person called it: the alias, the username, or the file. */
  name: string;
  /** Undefined for a token from a file. */
  stored: { login: StoredLogin; secrets: StoredSecrets } | undefined;
};

/** How a login gets a new access token: by its key, by its refresh token, or not at all. */
export type Renewal = 'key' | 'refresh-token' | 'none';

/** What sf itself looks at, in the same order (docs/reference/sf-cli.md §3, §5). */
export function renewalOf({ login, secrets }: { login: StoredLogin; secrets: StoredSecrets }): Renewal {
  if (secrets.refreshToken) return 'refresh-token';
  return login.keyPath === undefined ? 'none' : 'key';
}

/**
 * Finds the token that was asked for, without a request.
 *
 * @param usual which token of a stored login is meant where nobody says it
 * @throws TokenAddressMissing, the problem of an address, or what `loginOfToken` and `readSecrets` throw
 */
export async function findToken(
  { targetOrg, given, instanceUrl, kind: wanted }: TokenWish,
  usual: (secrets: StoredSecrets) => TokenKind
): Promise<TokenSubject> {
  if (given !== undefined) {
    const { value: token, kind, file: name } = given;
    return { token, kind, name, instanceUrl: addressOf(given, instanceUrl), stored: undefined };
  }
  const login = await loginOfToken(targetOrg);
  const secrets = await readSecrets(login);
  const kind = wanted ?? usual(secrets);
  const token = kind === 'access' ? secrets.accessToken : secrets.refreshToken;
  const name = targetOrg ?? nameOf(login);
  return { token, kind, name, instanceUrl: instanceUrlOf(login), stored: { login, secrets } };
}

/**
 * The login that a token is taken from.
 *
 * @throws TokenNotGiven where neither a name nor the configuration says which, and what `resolveLogin` throws
 */
export async function loginOfToken(targetOrg: string | undefined): Promise<StoredLogin> {
  if (targetOrg === undefined && (await defaultOrg()) === undefined) throw aquilaError('TokenNotGiven');
  return resolveLogin(targetOrg);
}

/** @throws TokenNotStored, with the way to a token */
export function requireToken({ token, stored, kind, name, instanceUrl }: TokenSubject): AddressedToken {
  if (token !== undefined) return { token, instanceUrl };
  throw stored ? notStored(stored, kind, name) : aquilaError('TokenFileEmpty', [name]);
}

/**
 * The address that a given token may be sent to: the one that the person named, else that of the answer that the token came in.
 *
 * @throws TokenAddressMissing, or the problem of the address
 */
export function addressOf(
  { file, instanceUrl: own }: GivenToken & { file: string },
  named: string | undefined
): string {
  const text = named ?? own;
  if (text === undefined) throw aquilaError('TokenAddressMissing', [file]);
  const reading = readOrgUrl(text, 'origin');
  if ('problem' in reading) throw toError(reading.problem);
  return reading.url;
}

function notStored(stored: { login: StoredLogin; secrets: StoredSecrets }, kind: TokenKind, name: string): Error {
  const { login } = stored;
  const renewal = renewalOf(stored);
  const isRenewable = kind === 'access' && renewal !== 'none';
  const hasKeyOnly = kind === 'refresh' && renewal === 'key';
  const fix = isRenewable
    ? `Let the login get a new one: sf aquila token identity --target-org ${shellWord(name)}`
    : hasKeyOnly
      ? 'Leave out --type: this login renews itself by its private key and has no refresh token.'
      : `Log in again with: ${loginAgain(login)}`;
  return aquilaError('TokenNotStored', [login.username, kind], [fix]);
}
