import { dataNotAvailable, json } from './http.ts';
import type { Face, Reply } from './http.ts';
import { oauthError } from './oauth-errors.ts';
import type { OAuthRow } from './oauth-errors.ts';
import type { Switches } from './switches.ts';
import { withHeaders } from './token-endpoint.ts';

/** Which requests a fault hits: all, unless limited by path prefix, face, or number; after `times` hits it is over. */
type Scope = { path?: string; face?: Face; times?: number };

/** What happens instead of an answer of the org. */
type Instead =
  | { kind: 'status'; status: number; body?: string; contentType?: string; headers?: Record<string, string> }
  /** HTML where JSON is due: "Data Not Available", or a page of one's own. */
  | { kind: 'html'; status?: number; body?: string }
  /** A row of docs/reference/salesforce-oauth.md §1.4; hits the token endpoint only, unless `path` says otherwise. */
  | { kind: 'oauthError'; row: OAuthRow }
  /** Never answers; the socket stays open until the emulator stops. */
  | { kind: 'hang' }
  /** The connection is reset (TCP RST) after the request was read. */
  | { kind: 'reset' }
  /** To a whole URL as it is; to a bare origin with path and query kept. 302 unless told. */
  | { kind: 'redirect'; to: string; status?: 301 | 302 | 303 | 307 | 308 }
  /** 200 and `application/json`, but no JSON. */
  | { kind: 'garbage' };

/** What happens to the org's own answer. */
type Shaping =
  | { kind: 'delay'; milliseconds: number }
  /** Moves the org's clock: the `Date` header, and what `exp` is compared with. */
  | { kind: 'clockOffset'; seconds: number }
  /** Half of the body, as if it were whole. */
  | { kind: 'truncated' }
  /** Half of the promised body, then the connection ends. */
  | { kind: 'cutOff' }
  /** Takes keys out of the JSON object of a success. */
  | { kind: 'missingKeys'; keys: string[] };

export type Fault = Scope & (Instead | Shaping);

type Target = { path: string; face: Face };

/** The faults in force. Several may be set: shaping ones add up, of the others the first that matches wins. */
export class FaultBox {
  #faults: Array<{ fault: Fault; left: number }> = [];

  /** Adds a fault. */
  set(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The faults that hit this request, each counted as one hit. Of those that replace the answer only the first is taken. */
  take(target: Target): Fault[] {
    const hit: Fault[] = [];
    for (const entry of this.#faults) {
      const superseded = isInstead(entry.fault) && hit.some(isInstead);
      if (entry.left <= 0 || superseded || !matches(entry.fault, target)) continue;
      entry.left -= 1;
      hit.push(entry.fault);
    }
    return hit;
  }
}

function matches(fault: Fault, { path, face }: Target): boolean {
  const prefix = fault.path ?? (fault.kind === 'oauthError' ? '/services/oauth2/token' : '/');
  return path.startsWith(prefix) && (fault.face ?? face) === face;
}

function isInstead(fault: Fault): fault is Scope & Instead {
  return !['delay', 'clockOffset', 'truncated', 'cutOff', 'missingKeys'].includes(fault.kind);
}

/** The answer of a fault that replaces the org's; undefined if the org is to answer itself. */
export function replyInstead(faults: Fault[], url: string, switches: Switches): Reply | 'hang' | 'reset' | undefined {
  const fault = faults.find(isInstead);
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case 'hang':
    case 'reset':
      return fault.kind;
    case 'status': {
      const contentType = fault.contentType ?? 'application/json;charset=UTF-8';
      return {
        status: fault.status,
        headers: { 'Content-Type': contentType, ...fault.headers },
        body: fault.body ?? '',
      };
    }
    case 'html': {
      const page = dataNotAvailable(fault.status ?? switches.htmlStatus);
      return { ...page, body: fault.body ?? page.body };
    }
    case 'oauthError':
      return withHeaders(oauthError(fault.row, switches));
    case 'redirect': {
      const isOrigin = new URL(fault.to).origin === fault.to.replace(/\/$/, '');
      const location = isOrigin ? new URL(url, fault.to).href : fault.to;
      return { status: fault.status ?? 302, headers: { Location: location }, body: '' };
    }
    case 'garbage':
      return { ...json(200, ''), body: '\u0000<<< no JSON {"access_token' };
  }
}

/** The org's answer as shaping faults leave it. */
export function shaped(reply: Reply, faults: Fault[]): Reply {
  return faults.reduce((current, fault) => {
    if (fault.kind === 'truncated') {
      const { body, bytes } = current;
      const half = { ...current, body: body.slice(0, Math.ceil(body.length / 2)) };
      return bytes ? { ...half, bytes: bytes.subarray(0, Math.ceil(bytes.length / 2)) } : half;
    }
    const isJson = current.headers['Content-Type']?.startsWith('application/json') === true;
    if (fault.kind === 'missingKeys' && current.status < 300 && isJson) {
      const kept = Object.entries(JSON.parse(current.body) as Record<string, unknown>).filter(
        ([key]) => !fault.keys.includes(key)
      );
      return { ...current, body: JSON.stringify(Object.fromEntries(kept)) };
    }
    return current;
  }, reply);
}
