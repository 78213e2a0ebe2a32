import type { KeyObject, webcrypto } from 'node:crypto';
import type { ClientAuth } from 'oauth4webapi';
import type { HttpAnswer } from '../token/response.ts';
import type { ClientAuthentication } from '../token/client-authentication.ts';
import type { Network } from './http.ts';

/** A client of one authorization server. */
export type OauthClient = { clientId: string; authentication: ClientAuthentication };

/**
 * Sends one form to an OAuth endpoint and proves who asks (RFC 6749 §2.3; RFC 7523 §2.2 for the signed assertion).
 *
 * @param endpoint whole URL, such as that of the token endpoint
 * @param audience of a signed client assertion: the base URL of the authorization server
 * @returns any HTTP answer, whatever its status
 * @throws the network's error, translated
 */
export async function postAsClient(
  { clientId, authentication }: OauthClient,
  { endpoint, audience, parameters }: { endpoint: string; audience: string; parameters: Record<string, string> },
  network: Network
): Promise<HttpAnswer> {
  const form = new URLSearchParams(parameters);
  const headers = new Headers();
  const authenticate = await authenticator(authentication);
  await authenticate({ issuer: audience }, { client_id: clientId }, form, headers);
  return network.send({ url: endpoint, form, headers: Object.fromEntries(headers) });
}

async function authenticator(authentication: ClientAuthentication): Promise<ClientAuth> {
  const oauth = await import('oauth4webapi');
  switch (authentication.method) {
    case 'client_secret_post':
      return oauth.ClientSecretPost(authentication.secret);
    case 'client_secret_basic':
      return oauth.ClientSecretBasic(authentication.secret);
    case 'private_key_jwt':
      return oauth.PrivateKeyJwt(await signingKey(authentication.privateKey));
    case 'none':
      return oauth.None();
  }
}

const signingKey = async (privateKey: KeyObject): Promise<webcrypto.CryptoKey> =>
  crypto.subtle.importKey(
    'pkcs8',
    privateKey.export({ format: 'der', type: 'pkcs8' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign']
  );
