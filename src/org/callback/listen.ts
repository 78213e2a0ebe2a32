import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { SfError } from '@salesforce/core/sfError';
import type { LocalCallback } from '../../app/callback-url.ts';
import { aquilaError, toError } from '../../errors.ts';
import type { CallbackAnswer } from '../../token/callback-answer.ts';
import { openDesk, type DeskWish, type TakenReading } from './desk.ts';

export type CallbackListener = {
  /**
   * The first answer that comes. Later ones are told that they are too late, until the listener is closed.
   *
   * @throws CallbackStateWrong, CallbackUnusable, CallbackTimedOut
   */
  answer: Promise<CallbackAnswer>;
  close: () => void;
};

/** Seconds that a browser may take for one request. */
const requestSeconds = 10;

/**
 * Listens at a callback URL for one answer of an org, on the loopback addresses of this machine alone. The port is never another one than
 * that of the URL, since an org sends its answer only where the app says.
 *
 * @param timeoutSeconds how long to wait for the answer; a login with several factors takes a while
 * @throws CallbackPortTaken, CallbackPortForbidden
 */
export async function listenForCallback(wish: DeskWish, timeoutSeconds = 600): Promise<CallbackListener> {
  const { callback } = wish;
  let settle: (outcome: TakenReading | SfError) => void = () => undefined;
  const outcome = new Promise<TakenReading | SfError>((resolve) => (settle = resolve));
  const serve = openDesk(wish, { random: () => randomBytes(32).toString('base64url'), take: settle });
  const servers = await openServers(callback, (request, response) => {
    // What breaks here is the connection of a browser, which is told nothing any more.
    serve(request, response).catch(() => response.destroy());
  });
  const minutes = timeoutSeconds / 60;
  const timer = setTimeout(
    () => settle(aquilaError('CallbackTimedOut', [callback.url, minutes])),
    timeoutSeconds * 1000
  );
  const answer = outcome.then((reading) => {
    clearTimeout(timer);
    if (reading instanceof Error) throw reading;
    if ('problem' in reading) throw toError(reading.problem);
    return reading.answer;
  });
  // It may come to nothing before anybody waits for it.
  answer.catch(() => undefined);
  return {
    answer,
    close: () => {
      clearTimeout(timer);
      closeAll(servers);
    },
  };
}

async function openServers({ addresses, port, url }: LocalCallback, serve: RequestListener): Promise<Server[]> {
  const open: Server[] = [];
  let refusal = '';
  for (const address of addresses) {
    const server = createServer(
      { requestTimeout: requestSeconds * 1000, headersTimeout: requestSeconds * 1000 },
      serve
    );
    const code = await listening(server, port, address);
    if (code === undefined) {
      open.push(server);
      continue;
    }
    // One address taken is one too many: the browser may choose it, and bring the answer to somebody else.
    if (code === 'EADDRINUSE') {
      closeAll(open);
      throw aquilaError('CallbackPortTaken', [port, url], []);
    }
    refusal = code;
  }
  if (open.length === 0) throw aquilaError('CallbackPortForbidden', [port, url, refusal], []);
  return open;
}

/** Undefined once it listens, else the code of what went wrong. A machine without IPv6 has no `::1`. */
const listening = (server: Server, port: number, address: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    server.listen({ port, host: address, exclusive: true }, () => resolve(undefined));
  });

function closeAll(servers: readonly Server[]): void {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
}
