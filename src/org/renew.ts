import type { KeyObject } from 'node:crypto';
import type { SfError } from '@salesforce/core/sfError';
import { aquilaError } from '../errors.ts';
import { appOfSf, audienceOf, tokenHostOf, type StoredLogin } from '../handover/stored-login.ts';
import { tokenUrl } from '../token/endpoint.ts';
import { refusalError } from '../token/refusal-error.ts';
import { refusalLine } from '../token/refusal.ts';
import { readTokenAnswer, type HttpAnswer } from '../token/response.ts';
import type { Network } from './http.ts';
import { loginAgain } from './login-again.ts';
import { requestToken } from './request-token.ts';
import type { RenewedToken, StoredSecrets } from './stored-secrets.ts';

/** Reads the private key that a login was made with; throws an error of the plugin for one that can't be used. */
export type KeyReader = (path: string) => Promise<{ privateKey: KeyObject }>;

/**
 * Renews an access token by one POST to the host that the login was made at: with the refresh token where there is one, else with an
 * assertion of the stored key (docs/reference/salesforce-oauth.md §1, §4; docs/reference/sf-cli.md §3).
 *
 * @throws SessionExpired with Salesforce's words, LoginRefused where the assertion was refused, the key's or the network's error
 */
export async function renewToken(
  login: StoredLogin,
  secrets: StoredSecrets,
  network: Network,
  readKey: KeyReader
): Promise<RenewedToken> {
  const host = tokenHostOf(login) ?? login.instanceUrl;
  if (host !== undefined && secrets.refreshToken) {
    const http = await network.send({ url: tokenUrl(host), form: refreshForm(login, secrets) });
    return granted(http, (words) => expired(login, words));
  }
  if (host !== undefined && login.keyPath !== undefined && login.clientId !== undefined) {
    const { clientId, username } = login;
    const audience = audienceOf(login) ?? host;
    const { privateKey } = await readKey(login.keyPath);
    const http = await requestToken(host, { clientId, username, audience }, privateKey, network);
    return granted(http, (_words, refusal) => refusalError(refusal, http, username));
  }
  const isRevoked = secrets.accessToken === undefined;
  throw expired(
    login,
    isRevoked
      ? 'its token was revoked, and nothing is left to renew it with'
      : 'it is an access token alone, which nothing can renew'
  );
}

type Refusal = Extract<ReturnType<typeof readTokenAnswer>, { refused: unknown }>['refused'];

function granted(http: HttpAnswer, toError: (words: string, refusal: Refusal) => SfError): RenewedToken {
  const answer = readTokenAnswer(http);
  if ('refused' in answer) throw toError(refusalLine(answer.refused), answer.refused);
  const { refresh_token: rotated } = JSON.parse(http.body) as { refresh_token?: unknown };
  const { accessToken, instanceUrl } = answer.granted;
  return { accessToken, instanceUrl, refreshToken: typeof rotated === 'string' ? rotated : undefined };
}

function refreshForm({ clientId }: StoredLogin, { refreshToken, clientSecret }: StoredSecrets): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId ?? appOfSf,
    ...(clientSecret && { client_secret: clientSecret }),
    refresh_token: refreshToken ?? '',
  });
}

const expired = (login: StoredLogin, words: string): SfError =>
  aquilaError('SessionExpired', [login.username, words], [loginAgain(login)]);
