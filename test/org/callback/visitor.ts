import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { localCallback, type LocalCallback } from '../../../src/app/callback-url.ts';

/** A port of this machine that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A callback URL on a free port, as the app would have it. */
export async function freeCallback(): Promise<LocalCallback> {
  const reading = localCallback(`http://localhost:${await freePort()}/OauthRedirect`);
  if ('problem' in reading) throw new Error(reading.problem.message);
  return reading.callback;
}

export type Visit = { status: number; headers: NodeJS.Dict<string | string[]>; body: string };

type Wish = { method?: string; headers?: Record<string, string>; body?: string; address?: string };

/** One request to a callback URL, with any header that a browser would not let a page choose. */
export function visit(
  url: string,
  { method = 'GET', headers = {}, body, address = '127.0.0.1' }: Wish = {}
): Promise<Visit> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: address, port, path: pathname + search, method, headers: { host, ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      }
    );
    asked.once('error', reject);
    asked.end(body);
  });
}
