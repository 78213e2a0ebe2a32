import { shellWord } from '../cert/shell.ts';
import { aquilaError, toError } from '../errors.ts';
import { nameOf, type StoredLogin } from '../handover/stored-login.ts';
import { readOrgUrl } from '../token/org-url.ts';
import type { HttpAnswer } from '../token/response.ts';
import type { HttpBody, HttpRequest, Network } from './http.ts';
import { loginAgain } from './login-again.ts';
import { latestVersion } from './org-facts.ts';
import { isExpired, readRestAnswer, unavailable, type Answer } from './refusal.ts';
import { renewToken, type KeyReader } from './renew.ts';
import { resolveLogin } from './stored-logins.ts';
import { keepToken, readSecrets } from './stored-secrets.ts';

export type { Answer, RestRefusal } from './refusal.ts';
export type { KeyReader } from './renew.ts';

/** A request to the org itself. */
export type OrgRequest = Pick<HttpRequest, 'method' | 'json' | 'headers'> & {
  /** From the root of the instance URL, such as `/services/data/v66.0/limits`. */
  path: string;
  /** Text that takes the access token into itself, as SOAP wants it, is sent without an Authorization header. */
  body?: HttpBody | { contentType: string; content: (accessToken: string) => string };
};

/** A stored login in use. The tokens stay inside; what leaves goes to the instance URL alone. */
export type OrgSession = {
  readonly username: string;
  readonly orgId: string;
  /** No slash at its end. */
  readonly instanceUrl: string;
  /** As the user calls the org: what was typed, else the alias, else the username. */
  readonly name: string;
  /** Such as `66.0`. */
  readonly apiVersion: string;
  /** The stored access token was over, and another one has taken its place. */
  readonly renewed: boolean;
  readonly now: Network['now'];
  /** One request below `/services/data/vNN.0`. */
  request<T>(request: { method: NonNullable<HttpRequest['method']>; path: string; json?: unknown }): Promise<Answer<T>>;
  /** All rows, page by page. */
  query<Row>(soql: string, options?: { tooling?: boolean }): Promise<Answer<Row[]>>;
  /** The answer as it came; a session that has expired is renewed once, and the request sent once more. */
  exchange(request: OrgRequest): Promise<HttpAnswer>;
};

/** The metadata types need the first; later ones than the last are not known here. SOAP takes tokens in JWT format from the last on. */
const [firstVersion, lastVersion] = [66, 68];

/**
 * Opens a stored login, without a request. An access token that has expired is renewed when the org says so, once for all the requests
 * that are on the way, and stored as sf stores it.
 *
 * @param name alias or username; undefined for the default org
 * @param readKey for logins by JWT bearer, which are renewed with their private key
 * @throws LoginMissing, LoginUnknown, LoginUnreadable
 */
export async function openSession(name: string | undefined, network: Network, readKey: KeyReader): Promise<OrgSession> {
  const howToLogIn = `sf org login web --alias ${shellWord(name ?? 'admin')} --instance-url https://MY_DOMAIN.my.salesforce.com`;
  const login = await resolveLogin(name, howToLogIn);
  const { accessToken, instanceApiVersion } = await readSecrets(login);
  // A login whose access token was revoked has none until it is renewed.
  let token = { accessToken: accessToken ?? '', instanceUrl: instanceUrlOf(login) };
  let renewing: Promise<void> | undefined;

  const renew = async (): Promise<void> => {
    // Read again, because another process may have got a new refresh token, which ends the old one.
    const renewed = await renewToken(login, await readSecrets(login), network, readKey);
    token = { accessToken: renewed.accessToken, instanceUrl: renewed.instanceUrl };
    await keepToken(login.username, renewed);
  };
  const renewOnce = async (used: string): Promise<void> => {
    if (token.accessToken !== used) return;
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    await renewing;
  };
  const exchange = async (request: OrgRequest): Promise<HttpAnswer> => {
    const used = token.accessToken;
    if (used !== '') {
      const answer = await network.send(addressed(request, token));
      if (!isExpired(answer)) return answer;
    }
    await renewOnce(used);
    return network.send(addressed(request, token));
  };
  const apiVersion = (): string => chooseVersion(token.accessToken, instanceApiVersion);
  const rest = async (request: OrgRequest): Promise<HttpAnswer> => {
    const answer = await exchange(request);
    if (answer.status === 404) await requireVersion(apiVersion(), token.instanceUrl, network);
    return answer;
  };

  return {
    username: login.username,
    orgId: login.orgId ?? '',
    name: name ?? nameOf(login),
    now: network.now,
    get instanceUrl() {
      return token.instanceUrl;
    },
    get apiVersion() {
      return apiVersion();
    },
    get renewed() {
      return token.accessToken !== accessToken;
    },
    exchange,
    request: async <T>({ method, path, json }: Parameters<OrgSession['request']>[0]) => {
      const whole = `/services/data/v${apiVersion()}${path}`;
      return readRestAnswer<T>(await rest({ method, path: whole, ...(json !== undefined && { json }) }));
    },
    query: async <Row>(soql: string, { tooling = false } = {}) => {
      const first = `/services/data/v${apiVersion()}${tooling ? '/tooling' : ''}/query?q=${encodeURIComponent(soql)}`;
      return allPages<Row>(first, async (path) => {
        const answer = await rest({ path });
        const page = readRestAnswer<Partial<Page<Row>> | undefined>(answer);
        if ('refused' in page) return page;
        const { records, nextRecordsUrl } = page.value ?? {};
        if (!records) throw unavailable(answer);
        return { value: { records, ...(nextRecordsUrl !== undefined && { nextRecordsUrl }) } };
      });
    },
  };
}

type Page<Row> = { records: Row[]; nextRecordsUrl?: string };

async function allPages<Row>(
  first: string,
  read: (path: string) => Promise<Answer<Page<Row>>>
): Promise<Answer<Row[]>> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (let path: string | undefined = first; path !== undefined && !seen.has(path);) {
    seen.add(path);
    const page: Answer<Page<Row>> = await read(path);
    if ('refused' in page) return page;
    rows.push(...page.value.records);
    path = page.value.nextRecordsUrl;
  }
  return { value: rows };
}

/** The request with its address and its token. The path may come from the org, so it must not lead to another host. */
function addressed(
  { path, body, ...request }: OrgRequest,
  { accessToken, instanceUrl }: { accessToken: string; instanceUrl: string }
): HttpRequest {
  const url = new URL(path, instanceUrl);
  if (url.origin !== new URL(instanceUrl).origin) {
    throw aquilaError('RedirectRefused', [new URL(instanceUrl).host, url.origin]);
  }
  if (body === undefined) return { ...request, url: url.href, bearer: accessToken };
  const { contentType, content } = body;
  if (typeof content !== 'function')
    return { ...request, url: url.href, bearer: accessToken, body: { contentType, content } };
  return { ...request, url: url.href, body: { contentType, content: content(accessToken) } };
}

/**
 * The address of a stored login, the only one that its tokens are sent to.
 *
 * @throws LoginUnreadable, or the problem of the address
 */
export function instanceUrlOf(login: StoredLogin): string {
  if (login.instanceUrl === undefined) {
    throw aquilaError('LoginUnreadable', [login.username, 'it has no instance URL'], [loginAgain(login)]);
  }
  const reading = readOrgUrl(login.instanceUrl, 'origin');
  if ('problem' in reading) throw toError(reading.problem);
  return reading.url;
}

function chooseVersion(accessToken: string, known: string | undefined): string {
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(accessToken)) return `${String(lastVersion)}.0`;
  const version = Math.floor(Number(known));
  return `${String(version >= firstVersion ? Math.min(version, lastVersion) : firstVersion)}.0`;
}

/** A 404 may mean that the org lacks the record, the resource, or the whole version: the list of versions, which needs no token, tells. */
async function requireVersion(version: string, instanceUrl: string, network: Network): Promise<void> {
  const answer = readRestAnswer<unknown>(await network.send({ url: `${instanceUrl}/services/data` }));
  const latest = 'value' in answer ? latestVersion(answer.value) : undefined;
  if (latest !== undefined && Number(latest) < Number(version)) {
    throw aquilaError('OrgApiTooOld', [new URL(instanceUrl).host, latest, version]);
  }
}
