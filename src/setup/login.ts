import { aquilaError, toError, type Problem } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import type { Network } from '../org/http.ts';
import { readOrgFacts } from '../org/org-facts.ts';
import { requestToken } from '../org/request-token.ts';
import { storeLogin, type SideEffects, type StoredFields } from '../org/store-login.ts';
import { findLogin } from '../org/stored-logins.ts';
import { refusalError } from '../token/refusal-error.ts';
import { decideEndpoint, type TokenEndpoint } from '../token/endpoint.ts';
import { readTokenAnswer, type TokenGrant } from '../token/response.ts';
import { loginAliasProblem } from '../token/login-alias.ts';
import { usernameProblem } from '../token/username.ts';

export type LoginRequest = SideEffects & {
  username: string;
  clientId: string;
  keyFile: string;
  instanceUrl?: string | undefined;
  audience?: string | undefined;
};

/**
 * The login by JWT bearer: everything local is judged first, then one assertion goes to one host, and only what Salesforce granted
 * replaces what was stored before.
 *
 * @param askInstanceUrl asks a person for the org's address where nothing else names it; undefined without a terminal
 * @throws an error of the plugin; the earlier login of that user is as it was
 */
export async function login(
  request: LoginRequest,
  network: Network,
  askInstanceUrl?: () => Promise<string>
): Promise<StoredFields> {
  const { username, clientId } = request;
  orThrow(usernameProblem(username));
  orThrow(request.alias === undefined ? undefined : loginAliasProblem(request.alias));
  const key = await readKeyFrom(request.keyFile);
  const endpoint = await chooseEndpoint(request, askInstanceUrl);

  const http = await requestToken(
    endpoint.host,
    { clientId, username, audience: endpoint.audience },
    key.privateKey,
    network
  );
  const answer = readTokenAnswer(http);
  if ('refused' in answer) throw refusalError(answer.refused, http, username);

  return keepLogin({ username, clientId, keyPath: key.path, endpoint, grant: answer.granted }, request, network);
}

/** A login by key that was granted. */
export type KeyLogin = {
  username: string;
  clientId: string;
  /** Absolute. */
  keyPath: string;
  endpoint: TokenEndpoint;
  grant: TokenGrant;
};

/**
 * Reads what sf wants to know of the org, and stores a login that was granted.
 *
 * @throws LoginForAnotherUser, LoginNotStored; the earlier login of that user is as it was
 */
export async function keepLogin(
  { username, clientId, keyPath, endpoint, grant }: KeyLogin,
  effects: SideEffects,
  network: Network
): Promise<StoredFields> {
  const { facts, who } = await readOrgFacts(grant, network);
  if (who && who.username.toLowerCase() !== username.toLowerCase()) {
    throw aquilaError('LoginForAnotherUser', [who.username, username]);
  }
  const renewal = { by: 'key', keyPath, audience: endpoint.audience } as const;
  const granted = { username, clientId, renewal, host: endpoint.host, grant, facts, now: network.now() };
  return storeLogin(granted, effects);
}

async function chooseEndpoint(
  { username, instanceUrl, audience }: LoginRequest,
  askInstanceUrl: (() => Promise<string>) | undefined
): Promise<TokenEndpoint> {
  const nothingNamed = instanceUrl === undefined && audience === undefined;
  const storedInstanceUrl = nothingNamed ? (await findLogin(username))?.instanceUrl : undefined;
  const asked = nothingNamed && storedInstanceUrl === undefined ? await askInstanceUrl?.() : undefined;
  const decided = decideEndpoint({ instanceUrl: instanceUrl ?? asked, audience, storedInstanceUrl });
  if ('problem' in decided) throw toError(decided.problem);
  return decided.endpoint;
}

function orThrow(found: Problem | undefined): void {
  if (found) throw toError(found);
}
