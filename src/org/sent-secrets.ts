import { parseObject } from '../token/response.ts';

/** Fields of OAuth forms whose values are secrets (RFC 6749, 7009, 7522, 7523, 7636, 7662, 8628, 8693). */
const secretFields = [
  ...['assertion', 'client_assertion', 'client_secret', 'password', 'refresh_token', 'token'],
  ...['code', 'code_verifier', 'subject_token', 'actor_token'],
];

/** Shorter ones are no secrets, and might be words of an answer. */
const shortest = 8;

type Sent = {
  form?: URLSearchParams | undefined;
  headers?: Record<string, string> | undefined;
  bearer?: string | undefined;
};

/**
 * The body of an answer without the secrets that were sent for it: the words of a refusal are shown, and whoever answers may repeat in them
 * what came. A grant is left as it is, since it may bring the same refresh token again.
 */
export function withoutSent(body: string, status: number, sent: Sent): string {
  const repeated = secretsOf(sent).filter((secret) => body.includes(secret));
  if (repeated.length === 0 || (status === 200 && isGrant(body))) return body;
  return repeated.reduce((text, secret) => text.replaceAll(secret, '[masked]'), body);
}

function isGrant(body: string): boolean {
  const json = parseObject(body);
  return json !== undefined && json['error'] === undefined;
}

/** Each as it is, and as JSON and a form spell it; the longest first, so that none hides a part of another. */
function secretsOf({ form, headers, bearer }: Sent): string[] {
  const sent = [...secretFields.flatMap((name) => form?.getAll(name) ?? []), bearer ?? '', ...basic(headers)];
  const spellings = sent
    .filter(({ length }) => length >= shortest)
    .flatMap((secret) => [
      ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)],
      new URLSearchParams({ _: secret }).toString().slice(2),
    ]);
  return [...new Set(spellings)].sort((one, other) => other.length - one.length);
}

/** What the header of HTTP Basic says, and the secret in it (RFC 6749 §2.3.1). */
function basic(headers: Sent['headers']): string[] {
  const credentials = /^Basic (.+)$/.exec(headers?.['authorization'] ?? '')?.[1];
  if (credentials === undefined) return [];
  const [, secret = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return [credentials, new URLSearchParams(`_=${secret}`).get('_') ?? ''];
}
