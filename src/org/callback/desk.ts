import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalCallback } from '../../app/callback-url.ts';
import { readCallback, type CallbackReading } from '../../token/callback-answer.ts';
import { handOverHeader, handOverPage, notice, noticePage, policyOf, type Notice } from './pages.ts';

/** An answer that was taken, or why what came was none. */
export type TakenReading = Exclude<CallbackReading, 'nothing'>;

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type DeskWish = { callback: LocalCallback; expects: 'query' | 'fragment'; state: string };

export type DeskEdge = {
  /** A new value, hard to guess, at each call. */
  random: () => string;
  /** Gets the first answer, once the browser has its page. */
  take: (reading: TakenReading) => void;
};

type Reply = { status: number; notice: Notice };

/** Longest fragment that is read, in bytes; tokens of Salesforce take a few thousand. */
const longestFragment = 100_000;

/**
 * Receives requests at a callback URL, judges the first one that is an answer, and shows the browser what came of it. Whoever asks under
 * another name of this machine is refused, since a web page can give a name of its own to it (DNS rebinding). What a page loads into itself
 * is no person's answer.
 */
export function openDesk({ callback, expects, state }: DeskWish, { random, take }: DeskEdge): Serve {
  const handOver = random();
  const grants = expects === 'query' ? 'code' : 'access_token';
  let isTaken = false;

  const judge = (parameters: URLSearchParams, response: ServerResponse): Reply => {
    if (isTaken) return { status: 410, notice: notice('late') };
    const reading = readCallback(parameters, { state, grants, at: callback.url });
    if (reading === 'nothing') return { status: 400, notice: notice('nothing') };
    isTaken = true;
    response.once('close', () => take(reading));
    return replyTo(reading);
  };

  const visit = (query: URLSearchParams, response: ServerResponse): void => {
    const nonce = random();
    // In the user-agent flow too, an error may come in the query; a token never.
    if (expects === 'fragment' && !isTaken && !query.has('error')) {
      sendPage(response, { status: 200, nonce, html: handOverPage(handOver, nonce) });
      return;
    }
    const { status, notice: shown } = judge(query, response);
    sendPage(response, { status, nonce, html: noticePage(shown, nonce) });
  };

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = request.headers[handOverHeader];
    if (request.headers.origin !== callback.origin || !isSame(given, handOver)) {
      sendText(response, 403, 'Only the page at this address may hand over an answer.');
      return;
    }
    const { status, notice: shown } = judge(new URLSearchParams(await bodyOf(request)), response);
    send(response, { status, type: 'application/json', content: JSON.stringify(shown) });
  };

  return async (request, response) => {
    const [path, query = ''] = splitOnce(request.url ?? '', '?');
    const isHandOver = request.method === 'POST' && expects === 'fragment';
    const into = request.headers['sec-fetch-dest'] ?? 'document';
    if (request.headers.host?.toLowerCase() !== callback.host) {
      sendText(response, 400, 'This is not the host of the callback URL.');
    } else if (path !== callback.path) {
      sendText(response, 404, 'There is nothing at this address.');
    } else if (isHandOver) {
      await receive(request, response);
    } else if (request.method !== 'GET') {
      sendText(response, 405, 'This address is to be visited with a browser.');
    } else if (into !== 'document') {
      sendText(response, 400, 'This address is for a window of its own.');
    } else {
      visit(new URLSearchParams(query), response);
    }
  };
}

function replyTo(reading: TakenReading): Reply {
  if ('problem' in reading) {
    return { status: 400, notice: notice(reading.problem.code === 'CallbackStateWrong' ? 'foreign' : 'unusable') };
  }
  if ('granted' in reading.answer) return { status: 200, notice: notice('allowed') };
  const { error, errorDescription } = reading.answer.refused;
  return { status: 200, notice: notice('refused', [error, errorDescription].filter(Boolean).join(': ')) };
}

/** Breaks off, connection and all, what is longer than any answer. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > longestFragment) throw new Error('longer than any answer');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isSame(given: string | string[] | undefined, wanted: string): boolean {
  const [one, other] = [Buffer.from(String(given)), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const sendPage = (
  response: ServerResponse,
  { status, nonce, html }: { status: number; nonce: string; html: string }
): void => send(response, { status, type: 'text/html', content: html, policy: policyOf(nonce) });

const sendText = (response: ServerResponse, status: number, content: string): void =>
  send(response, { status, type: 'text/plain', content: `${content}\n` });

type Sent = { status: number; type: string; content: string; policy?: string };

function send(response: ServerResponse, { status, type, content, policy = "default-src 'none'" }: Sent): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    connection: 'close',
  });
  response.end(content);
}
