import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { claimsOf } from './calls.ts';
import type { CallLog } from './calls.ts';
import { replyInstead, shaped } from './faults.ts';
import type { FaultBox } from './faults.ts';
import type { Face, Reply, World } from './http.ts';
import { restError } from './http.ts';
import { answer } from './routes.ts';
import type { TlsPair } from './tls.ts';

const bodyLimit = 1_000_000;

/** What the servers of both faces share. */
export type Shared = { world: World; faults: FaultBox; calls: CallLog; tls: TlsPair };

/** One face: the same port on both loopback addresses. */
export class FaceServer {
  readonly #face: Face;
  readonly #shared: Shared;
  readonly #servers: Server[] = [];
  readonly #sockets = new Map<string, Socket>();
  readonly #stopped = new AbortController();
  /** TCP connections accepted, whether or not a request followed. */
  connections = 0;

  constructor(face: Face, shared: Shared) {
    this.#face = face;
    this.#shared = shared;
  }

  /**
   * Listens on 127.0.0.1 and, where the machine has it, on ::1, so that `localhost` means this server whichever address a client tries.
   *
   * @param port 0 for any free port
   * @returns the port
   */
  async listen(port: number): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      const v4 = await this.#listenOn('127.0.0.1', port);
      const taken = (v4.address() as AddressInfo).port;
      try {
        await this.#listenOn('::1', taken);
        return taken;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return taken;
        if (code !== 'EADDRINUSE' || port !== 0 || attempt === 5) throw error;
        this.#servers.splice(this.#servers.indexOf(v4), 1);
        v4.close();
      }
    }
  }

  async #listenOn(host: string, port: number): Promise<Server> {
    const { key, certificate } = this.#shared.tls;
    const server = createServer({ key, cert: certificate }, (request, response) => void this.#serve(request, response));
    // Only the client ends a connection that nobody uses, so that no request meets one that is just being closed.
    server.keepAliveTimeout = 0;
    server.on('connection', (socket: Socket) => this.#track(socket));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    this.#servers.push(server);
    return server;
  }

  #track(socket: Socket): void {
    this.connections += 1;
    const peer = peerOf(socket);
    this.#sockets.set(peer, socket);
    socket.on('close', () => this.#sockets.delete(peer));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#respond(request, response);
    } catch (error) {
      if (this.#stopped.signal.aborted || request.socket.destroyed || response.headersSent) return;
      // A bug of the emulator must look like one, not like Salesforce.
      const stack = error instanceof Error ? error.stack : String(error);
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`the emulator failed\n${stack}`);
    }
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { world, faults, calls } = this.#shared;
    const url = request.url ?? '/';
    const method = request.method ?? 'GET';
    const question = url.indexOf('?');
    const path = question < 0 ? url : url.slice(0, question);
    const query = new URLSearchParams(question < 0 ? '' : url.slice(question));
    const { headers } = request;
    const bytes = await readBody(request);
    if (bytes === undefined) {
      this.#write(response, restError(413, 'REQUEST_TOO_LARGE', 'body too large'), Date.now());
      return;
    }
    const body = bytes.toString('utf8');
    const claims = await claimsOf(body, headers);
    const call = {
      ...{ face: this.#face, method, path, query: Object.fromEntries(query), headers, body, host: headers.host ?? '' },
      ...(claims && { claims }),
      status: undefined as number | undefined,
    };
    calls.push(call);

    const hit = faults.take({ path, face: this.#face });
    let now = world.org.now();
    for (const fault of hit) {
      if (fault.kind === 'clockOffset') now += fault.seconds * 1000;
      if (fault.kind === 'delay') await wait(fault.milliseconds, undefined, { signal: this.#stopped.signal });
    }
    const instead = replyInstead(hit, url, world.switches);
    if (instead === 'hang') return;
    if (instead === 'reset') {
      this.#sockets.get(peerOf(request.socket))?.resetAndDestroy();
      return;
    }
    const own = { world, face: this.#face, method, path, query, headers, body, bytes, now };
    const reply = instead ?? (await answer(own));
    call.status = reply.status;
    this.#write(
      response,
      shaped(reply, hit),
      now,
      hit.some(({ kind }) => kind === 'cutOff')
    );
  }

  #write(response: ServerResponse, reply: Reply, now: number, cutOff = false): void {
    const bytes = reply.bytes ?? Buffer.from(reply.body);
    response.writeHead(reply.status, {
      ...reply.headers,
      Date: new Date(now).toUTCString(),
      'Content-Length': bytes.length,
    });
    if (cutOff) response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.destroySoon());
    else response.end(bytes);
  }

  /** Closes the listeners and every open connection. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    const closing = this.#servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of this.#sockets.values()) socket.destroy();
    await Promise.all(closing);
  }
}

/** The TLS socket of a request and the TCP socket below it are two objects; the peer's address joins them. */
const peerOf = (socket: Socket): string => `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
