import { aquilaError, toError, type Problem } from '../errors.ts';
import { tokenHostOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { proveIdToken, type IdTokenClaimant } from '../org/id-token.ts';
import { loginAgain } from '../org/login-again.ts';
import { readWho, type Who } from '../org/org-facts.ts';
import { defaultOrg, resolveLogin } from '../org/stored-logins.ts';
import { chooseAuthentication, type ClientAuthentication } from '../token/client-authentication.ts';
import { decideEndpoint, type TokenEndpoint } from '../token/endpoint.ts';
import { strayFlag, type GrantName, type Ingredients } from '../token/grants.ts';
import { loginAliasProblem } from '../token/login-alias.ts';
import { grantRefused } from '../token/refusal-error.ts';
import { withoutClientAssertion } from '../token/refusal.ts';
import { lacksIdToken } from '../token/id-token.ts';
import { readTokenResponse, type TokenResponse } from '../token/response.ts';
import type { FlowAnswer, FlowEdge } from './flows/flow.ts';
import { flows } from './flows/index.ts';
import { isTokenOf, isTokenOfAnother, keepRotated, type Rotation } from './token-rotation.ts';
import { requireSavable, saveLogin, type Granted, type SavedLogin } from './token-save.ts';
import { gather, type Gathered, type SecretSource } from './token-ingredients.ts';

export type TokenRequest = {
  grant: GrantName;
  /** Alias or username of a stored login, which gives what no flag gives; the default org where no address is given either. */
  targetOrg?: string | undefined;
  instanceUrl?: string | undefined;
  /** What flags gave. */
  given: Ingredients;
  secret: SecretSource;
  /** Keep the token as a login of sf, with an alias where one is wished. */
  save?: { alias: string | undefined } | undefined;
};

export type GrantedToken = {
  grant: GrantName;
  endpoint: TokenEndpoint;
  response: TokenResponse;
  /** Whom the token belongs to; undefined where it does not say. */
  who: Who | undefined;
  /** Where a refresh token went that the org put in the place of the one that was sent. */
  rotation: Rotation | undefined;
  saved: SavedLogin | undefined;
};

/**
 * Runs one grant: everything local is judged first, then the flow sends what its documentation says, once. Unless asked, nothing is stored
 * but a refresh token that the org put in the place of a stored one.
 *
 * @throws FlagNotOfGrant, ScopeNotOfGrant, GrantOrgMissing, GrantIncomplete, GrantRefused with Salesforce's words, IdTokenMissing, what `proveIdToken` throws, LoginForAnotherUser,
 *   RefreshTokenNotKept, TokenNotSavable, LoginWouldNotRenew, LoginNotStored, the errors of files and of the network
 */
export async function requestGrant(request: TokenRequest, edge: FlowEdge): Promise<GrantedToken> {
  const { network } = edge;
  const { grant, given, secret, save } = request;
  orThrow(strayFlag(grant, given));
  orThrow(save?.alias === undefined ? undefined : loginAliasProblem(save.alias));
  const login = request.instanceUrl === undefined ? await loginOf(request.targetOrg) : undefined;
  const endpoint = endpointOf(request, login);
  const gathered = await gather(grant, given, { login, secret });
  const owner = gathered.stored.refreshToken === undefined ? undefined : login;
  const expected = gathered.username === '' ? owner?.username : gathered.username;
  if (save) await requireSavable(grant, given, expected);
  const authentication = authenticationOf(given, gathered);
  const orgId = endpoint.host === login?.instanceUrl ? undefined : login?.orgId;
  const http = await send(grant, { endpoint, orgId, given, gathered, authentication }, edge);
  const answer = readTokenResponse(http, grant);
  if ('refused' in answer) {
    const isSigned = authentication.method === 'private_key_jwt';
    const refusal = isSigned ? answer.refused : withoutClientAssertion(answer.refused);
    throw grantRefused(refusal, http, grant, gathered.username);
  }
  const response = answer.granted;
  if (owner && response.refreshToken !== undefined) await requireOwner(owner, response, network);
  // What nothing can bring back is kept before anything else is done.
  const sent = gathered.secrets.refreshToken;
  const rotation = await keepRotated(response, { owner, file: given.refreshToken, sent });
  const isThroughBrowser = grant === 'user-agent';
  const { nonce } = http;
  if (lacksIdToken(response, { nonce, scope: gathered.scope })) throw aquilaError('IdTokenMissing', [endpoint.host]);
  await requireIdToken(
    response,
    { host: endpoint.host, clientId: gathered.clientId, nonce, isThroughBrowser },
    network
  );
  const granted = { grant, endpoint, response, gathered, authentication };
  const { who, saved } = await settle(granted, request, { expected, network });
  return { grant, endpoint, response, who, rotation, saved };
}

/** A grant needs no login, so whoever has none is told of the address first. */
async function loginOf(targetOrg: string | undefined): Promise<StoredLogin> {
  if (targetOrg === undefined && (await defaultOrg()) === undefined) throw aquilaError('GrantOrgMissing');
  return resolveLogin(targetOrg);
}

/** A new refresh token of somebody else must not take the place of a stored one. Ids tell without a question that could be interrupted. */
async function requireOwner(owner: StoredLogin, response: TokenResponse, network: Network): Promise<void> {
  if (isTokenOf(owner, response)) return;
  const who = await readWho(response, network);
  requireUser(owner.username, who);
  if (who) return;
  const { orgId, userId } = response;
  if (orgId === undefined || userId === undefined) {
    throw aquilaError('TokenOwnerUnknown', [owner.username], [loginAgain(owner)]);
  }
  if (orgId !== owner.orgId || isTokenOfAnother(owner, response)) {
    throw aquilaError('LoginForAnotherUser', [userId, owner.username]);
  }
}

/** Finds out whose the token is, refuses another user's, and keeps it if that was asked for. */
async function settle(
  granted: Granted,
  { save }: TokenRequest,
  { expected, network }: { expected: string | undefined; network: Network }
): Promise<{ who: Who | undefined; saved: SavedLogin | undefined }> {
  const isRight = (who: Who | undefined): void => requireUser(expected, who);
  if (save) return saveLogin(granted, { alias: save.alias, isRight, network });
  const who = await readWho(granted.response, network);
  isRight(who);
  return { who, saved: undefined };
}

type Wish = {
  endpoint: TokenEndpoint;
  orgId: string | undefined;
  given: Ingredients;
  gathered: Gathered;
  authentication: ClientAuthentication;
};

function send(grant: GrantName, wish: Wish, edge: FlowEdge): Promise<FlowAnswer> {
  const { endpoint, orgId, given, gathered, authentication } = wish;
  const { secrets, key, ...texts } = gathered;
  const { password = '', refreshToken = '', assertion = '', subjectToken = '', actorToken = '' } = secrets;
  const tokens = { password, refreshToken, assertion, subjectToken, actorToken };
  return flows[grant](
    { ...endpoint, orgId, ...texts, given, ...tokens, privateKey: key?.privateKey, authentication },
    edge
  );
}

function authenticationOf(given: Ingredients, { secrets, key }: Gathered): ClientAuthentication {
  const { clientAuthentication: method } = given;
  const chosen = chooseAuthentication({ method, secret: secrets.clientSecret, privateKey: key?.privateKey });
  if ('problem' in chosen) throw toError(chosen.problem);
  return chosen.authentication;
}

/** Where an ID token came, it is proved whoever asked for it. */
async function requireIdToken(
  { idToken, accessToken }: TokenResponse,
  asked: Omit<IdTokenClaimant, 'idToken' | 'accessToken'>,
  network: Network
): Promise<void> {
  if (idToken !== undefined) await proveIdToken({ ...asked, idToken, accessToken }, network);
}

function requireUser(expected: string | undefined, who: Who | undefined): void {
  if (who && expected !== undefined && who.username.toLowerCase() !== expected.toLowerCase()) {
    throw aquilaError('LoginForAnotherUser', [who.username, expected]);
  }
}

function endpointOf({ instanceUrl, given }: TokenRequest, login: StoredLogin | undefined): TokenEndpoint {
  const storedInstanceUrl = login && (tokenHostOf(login) ?? login.instanceUrl);
  const decided = decideEndpoint({ instanceUrl: instanceUrl ?? storedInstanceUrl, audience: given.audience });
  if ('problem' in decided) throw toError(decided.problem);
  return decided.endpoint;
}

function orThrow(found: Problem | undefined): void {
  if (found) throw toError(found);
}
