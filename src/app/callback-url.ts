import { problem, type Problem } from '../errors.ts';

/** What the guide enters, and where `sf org login web` listens. */
export const defaultCallbackUrl = 'http://localhost:1717/OauthRedirect';

/** The same at another port, as sf listens in a project that names one; the guide's where none is named. */
export const callbackUrlAt = (port: number | undefined): string =>
  port === undefined ? defaultCallbackUrl : `http://localhost:${port}/OauthRedirect`;

/** All callback URLs of an app share one field in Setup. */
const longest = 2000;

/** Schemes that a browser acts on by itself, in place of handing them to an app. */
const scripted = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:', 'ftp:', 'ws:', 'wss:']);

const loopback = new Set(['localhost', '127.0.0.1']);

type CallbackCode = 'AppCallbackUrlInvalid' | 'AppCallbackUrlNotHttps' | 'AppCallbackUrlTooLong';

/**
 * Why a text can't be the callback URL of an app; undefined if it can: https, http on this machine alone, or an app's own scheme, without
 * a fragment (RFC 6749 §3.1.2).
 */
export function callbackUrlProblem(text: string): Problem<CallbackCode> | undefined {
  if (text.length > longest) return problem('AppCallbackUrlTooLong', [text.length, longest]);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (
    !url ||
    /[\s\p{Cc}]/u.test(text) ||
    !/^[a-z][a-z0-9+.-]*:\/\/?[^/]/i.test(text) ||
    (isWeb && !/^https?:\/\//i.test(text)) ||
    text.includes('#') ||
    url.username !== '' ||
    url.password !== '' ||
    scripted.has(url.protocol)
  ) {
    return problem('AppCallbackUrlInvalid', [shown(text)]);
  }
  if (url.protocol === 'http:' && !loopback.has(url.hostname)) return problem('AppCallbackUrlNotHttps', [text]);
  return undefined;
}

/** A password in a URL is not repeated, nor what would break the line. */
const shown = (text: string): string => text.replace(/\/\/[^/@]*@/, '//…@').replace(/\p{Cc}/gu, '\uFFFD');

/** A callback URL at which this machine can listen. */
export type LocalCallback = {
  /** As the app has it, letter by letter. */
  url: string;
  origin: string;
  /** Name and port, as browsers send them in the header Host. */
  host: string;
  path: string;
  port: number;
  /** The addresses of this machine alone that its name stands for. */
  addresses: string[];
};

/** Reads a callback URL as a place to listen at; only http on this machine is one (RFC 8252 §7.3). */
export function localCallback(text: string): { callback: LocalCallback } | { problem: Problem } {
  const wrong = callbackUrlProblem(text);
  if (wrong) return { problem: wrong };
  const { protocol, hostname, origin, host, pathname, port: written } = new URL(text);
  const port = written === '' ? 80 : Number(written);
  if (protocol !== 'http:' || port === 0) return { problem: problem('CallbackUrlNotLocal', [text]) };
  // A browser takes either address for localhost.
  const addresses = hostname === 'localhost' ? ['127.0.0.1', '::1'] : [hostname];
  return { callback: { url: text, origin, host, path: pathname, port, addresses } };
}
