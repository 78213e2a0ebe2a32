import { SfError } from '@salesforce/core/sfError';
import { aquilaError, type ErrorCode } from '../errors.ts';

/** Error codes of Node, OpenSSL and undici, and what they mean to a user. Anything else is a lost connection. */
const meanings: ReadonlyArray<[RegExp, ErrorCode]> = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA|EAI_NONAME)$/, 'HostNotFound'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, 'ConnectionRefused'],
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|TimeoutError)$/, 'RequestTimedOut'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|INVALID_CA)$/,
    'TlsUntrusted',
  ],
  [/^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/, 'TlsFailed'],
];

const passing: readonly string[] = [
  'HostNotFound',
  'ConnectionRefused',
  'ConnectionLost',
  'RequestTimedOut',
  'TlsFailed',
  'ProxyFailed',
] satisfies ErrorCode[];

/** Whether a request that failed may succeed a little later: a network comes back, and a certificate that nobody trusts does not. */
export const mayPass = (error: unknown): error is SfError => error instanceof SfError && passing.includes(error.name);

/**
 * Translates what the network threw. The result carries no cause: `sf` prints causes, and turns some of them into exit code 10.
 *
 * @param at host as `name:port`, the time limit in seconds, and whether a proxy was in between
 */
export function transportError(thrown: unknown, at: { host: string; seconds: number; proxied: boolean }): SfError {
  if (thrown instanceof SfError) return thrown as SfError;
  const words = errorWords(thrown);
  const code = meanings.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1] ?? 'ConnectionLost';
  const detail = words.find((word) => /^[A-Z][A-Z0-9_]+$/.test(word)) ?? 'no code';
  // A proxy that refuses CONNECT looks like a failing host, and the user would search in the wrong place.
  if (at.proxied && (code === 'ConnectionLost' || code === 'ConnectionRefused' || code === 'HostNotFound')) {
    return aquilaError('ProxyFailed', [at.host, detail]);
  }
  return aquilaError(code, code === 'RequestTimedOut' ? [at.host, at.seconds] : [at.host, detail]);
}

/** Codes and names of an error and of what it wraps: undici wraps the socket's error, and Node wraps several addresses' errors. */
function errorWords(thrown: unknown, depth = 0): string[] {
  if (!(thrown instanceof Error) || depth > 4) return [];
  const { code, cause, errors } = thrown as Error & { code?: unknown; errors?: unknown };
  const inner = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [
    ...(typeof code === 'string' ? [code] : []),
    thrown.name,
    ...inner.flatMap((one) => errorWords(one, depth + 1)),
  ];
}
