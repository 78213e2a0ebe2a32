import type { KeyObject } from 'node:crypto';
import { problem, type Problem } from '../errors.ts';

/** How a client proves who it is, by the names of OpenID Connect (OpenID Connect Core §9). */
export const clientAuthenticationMethods = [
  'client_secret_post',
  'client_secret_basic',
  'private_key_jwt',
  'none',
] as const;
export type ClientAuthenticationMethod = (typeof clientAuthenticationMethods)[number];

/** With what is needed for it. The secret goes into the form or, as HTTP Basic, into a header. */
export type ClientAuthentication =
  | { method: 'client_secret_post' | 'client_secret_basic'; secret: string }
  | { method: 'private_key_jwt'; privateKey: KeyObject }
  | { method: 'none' };

/**
 * Chooses how a client proves itself: as asked; else by its secret in the form where there is one, which Salesforce documents for every
 * grant; else not at all, and the org says whether that is enough.
 */
export function chooseAuthentication({
  method,
  secret,
  privateKey,
}: {
  method?: ClientAuthenticationMethod | undefined;
  secret?: string | undefined;
  privateKey?: KeyObject | undefined;
}): { authentication: ClientAuthentication } | { problem: Problem } {
  const chosen = method ?? (secret === undefined ? 'none' : 'client_secret_post');
  if (chosen === 'none') return { authentication: { method: 'none' } };
  if (chosen === 'private_key_jwt') {
    return privateKey ? { authentication: { method: chosen, privateKey } } : { problem: problem('ClientKeyMissing') };
  }
  return secret === undefined
    ? { problem: problem('ClientSecretMissing') }
    : { authentication: { method: chosen, secret } };
}
