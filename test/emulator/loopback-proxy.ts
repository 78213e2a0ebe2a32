import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

export type LoopbackProxy = {
  /** `http://127.0.0.1:PORT`, for HTTPS_PROXY and HTTP_PROXY. */
  readonly url: string;
  /** `host:port` of each tunnel that was opened. */
  readonly tunnels: string[];
  /** What a client wanted and did not get: `host:port`, or the whole URL of a plain http request. */
  readonly refused: string[];
  stop(): Promise<void>;
};

/**
 * A proxy that tunnels to this machine and nowhere else. Stock `sf` tries the real login hosts after a failed login, so in tests it runs
 * behind this one (docs/reference/salesforce-oauth.md §3).
 */
export async function startLoopbackProxy(): Promise<LoopbackProxy> {
  const tunnels: string[] = [];
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    refused.push(request.url ?? '');
    response.writeHead(403).end('only this machine');
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const target = request.url ?? '';
    const [, host, port] = /^(localhost|127\.0\.0\.1|\[::1\]):(\d+)$/.exec(target) ?? [];
    if (host === undefined) {
      refused.push(target);
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    tunnels.push(target);
    const upstream = connect(Number(port), host.replace(/[[\]]/g, ''), () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    refused,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
