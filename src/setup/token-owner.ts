import type { SfError } from '@salesforce/core/sfError';
import { problem, toError } from '../errors.ts';
import { nameOf } from '../handover/stored-login.ts';
import { readKeyFrom } from '../files/private-key.ts';
import type { Network } from '../org/http.ts';
import { unavailable } from '../org/refusal.ts';
import { openSession } from '../org/session.ts';
import { askIdentity } from '../org/token-endpoints.ts';
import {
  identityPath,
  identityRefusals,
  readIdentityAnswer,
  userinfoPath,
  type Identity,
  type IdentityAnswer,
} from '../token/identity.ts';
import { capital, causeLines } from '../token/refusal-error.ts';
import { refusalLine } from '../token/refusal.ts';
import type { HttpAnswer } from '../token/response.ts';
import { addressOf, loginOfToken, type TokenWish } from './token-subject.ts';

/** Where a token's owner is asked for. */
export const identityEndpoints = ['userinfo', 'identity-url'] as const;
export type IdentityEndpoint = (typeof identityEndpoints)[number];

export type TokenOwner = Identity & {
  endpoint: IdentityEndpoint;
  instanceUrl: string;
  /** The stored access token was over, and the login has got itself a new one. */
  renewed: boolean;
  /** The username that the login is stored under; left out for a token from a file. */
  storedAs?: string;
};

export type IdentityWish = Omit<TokenWish, 'kind'> & { endpoint: IdentityEndpoint };

/** A token in use: what is asked with it, and what is known of its owner beforehand. */
type Asking = {
  name: string;
  /** As of now: a renewal may have changed it. */
  instanceUrl: () => string;
  storedAs: string | undefined;
  send: (path: string) => Promise<HttpAnswer>;
  /** Of the identity URL; undefined where only userinfo tells it. */
  path: string | undefined;
  wasRenewed: () => boolean;
};

/**
 * Asks the org whom a token belongs to. The access token of a stored login that is over is renewed once, as every command of sf would do
 * it; a token from a file is asked about as it is.
 *
 * @throws TokenRefused with the org's words, OrgUnavailable, or what finding, renewing and sending throw
 */
export async function readTokenOwner(wish: IdentityWish, network: Network): Promise<TokenOwner> {
  const asking = wish.given === undefined ? await askAsLogin(wish, network) : askWithGiven(wish.given, wish, network);
  const { endpoint } = wish;
  const path = endpoint === 'userinfo' ? userinfoPath : (asking.path ?? (await askForPath(asking)));
  const identity = await ask(path, asking);
  const { storedAs } = asking;
  const about = { endpoint, instanceUrl: asking.instanceUrl(), renewed: asking.wasRenewed() };
  return { ...identity, ...about, ...(storedAs !== undefined && { storedAs }) };
}

async function askAsLogin({ targetOrg }: IdentityWish, network: Network): Promise<Asking> {
  const login = await loginOfToken(targetOrg);
  const session = await openSession(login.username, network, readKeyFrom);
  const { orgId, userId } = login;
  return {
    name: targetOrg ?? nameOf(login),
    instanceUrl: () => session.instanceUrl,
    storedAs: login.username,
    send: (path) => session.exchange({ path }),
    path: orgId === undefined || userId === undefined ? undefined : identityPath(`/id/${orgId}/${userId}`),
    wasRenewed: () => session.renewed,
  };
}

function askWithGiven(given: NonNullable<IdentityWish['given']>, wish: IdentityWish, network: Network): Asking {
  const instanceUrl = addressOf(given, wish.instanceUrl);
  return {
    name: given.file,
    instanceUrl: () => instanceUrl,
    storedAs: undefined,
    send: (path) => askIdentity({ token: given.value, instanceUrl }, path, network),
    path: given.identityUrl === undefined ? undefined : identityPath(given.identityUrl),
    wasRenewed: () => false,
  };
}

async function askForPath(asking: Asking): Promise<string> {
  const { orgId, userId, identityUrl } = await ask(userinfoPath, asking);
  return (identityUrl === undefined ? undefined : identityPath(identityUrl)) ?? `/id/${orgId}/${userId}?format=json`;
}

async function ask(path: string, asking: Asking): Promise<Identity> {
  const http = await asking.send(path);
  const answer = readIdentityAnswer(http);
  if ('identity' in answer) return answer.identity;
  throw identityRefused(answer, http, asking.name);
}

/** A refusal by userinfo or an identity URL, with what its words mean. */
export function identityRefused(
  answer: Exclude<IdentityAnswer, { identity: Identity }>,
  http: HttpAnswer,
  name: string
): SfError {
  const { host } = new URL(http.url);
  if ('refused' in answer) {
    if (answer.refused.page !== undefined) throw unavailable(http);
    return toError(problem('TokenRefused', [name, host, refusalLine(answer.refused)]), { status: http.status });
  }
  const { code } = answer;
  const { meaning, causes } = identityRefusals[code];
  const lines = [`${code}: ${meaning}.`, ...causeLines(causes)];
  const refused = problem('TokenRefused', [name, host, lines.join('\n')]);
  return toError(
    { ...refused, actions: [...new Set(causes.map(({ fix }) => capital(fix)))] },
    { status: http.status, code }
  );
}
