import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { example } from './example.ts';
import type { Emulator, Face } from './index.ts';

/** What a client must know of an org. */
type Org = Pick<Emulator, 'myDomainUrl' | 'loginUrl' | 'tlsCertificate'>;

/** Text of a committed key or certificate. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/keys/${name}`, import.meta.url), 'utf8');

export type Answered = { status: number; headers: IncomingHttpHeaders; body: string };

export type Send = { face?: Face; method?: string; headers?: Record<string, string>; body?: string };

/** One request on a connection of its own, over TLS that trusts the emulator's certificate and nothing else. Follows no redirect. */
export function send(emulator: Org, path: string, { face, method, headers, body }: Send = {}): Promise<Answered> {
  const base = face === 'login' ? emulator.loginUrl : emulator.myDomainUrl;
  return new Promise((resolve, reject) => {
    const options = { method: method ?? 'GET', headers, ca: emulator.tlsCertificate, agent: false };
    const outgoing = request(base + path, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export type Claims = Record<string, unknown>;

/** What a right client claims at the My Domain. `exp` is now + 170 s. */
export function rightClaims(emulator: Org): Claims {
  return {
    iss: example.clientId,
    sub: example.username,
    aud: emulator.myDomainUrl,
    exp: Math.floor(Date.now() / 1000) + 170,
  };
}

/** Signs claims by RS256 with a key of the fixtures. */
export function assertionOf(claims: Claims, key = 'rsa2048.key', header: Claims = { alg: 'RS256' }): string {
  const part = (value: Claims): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part(header)}.${part(claims)}`;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), createPrivateKey(fixture(key))).toString('base64url')}`;
}

export const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** A form POST to the token endpoint. */
export function postToken(emulator: Org, form: Record<string, string>, face: Face = 'my-domain'): Promise<Answered> {
  return send(emulator, '/services/oauth2/token', {
    face,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

/** A right login, changed by some claims. */
export function logIn(emulator: Org, changes: Claims = {}, face: Face = 'my-domain'): Promise<Answered> {
  const assertion = assertionOf({ ...rightClaims(emulator), ...changes });
  return postToken(emulator, { grant_type: jwtBearerGrant, assertion }, face);
}

/** A token that the org just issued. */
export async function accessToken(emulator: Org, changes: Claims = {}): Promise<string> {
  const { status, body } = await logIn(emulator, changes);
  if (status !== 200) throw new Error(`login failed: ${body}`);
  return (JSON.parse(body) as { access_token: string }).access_token;
}

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` });

/** The code of the error that a promise ends with, or of its cause. */
export function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => 'no error',
    (reason: unknown) => {
      const { code, cause } = reason as NodeJS.ErrnoException;
      return code ?? (cause as NodeJS.ErrnoException | undefined)?.code;
    }
  );
}
