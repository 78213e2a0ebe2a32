import { aquilaError, toError, type Problem } from '../errors.ts';
import { tokenHostOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { proveIdToken } from '../org/id-token.ts';
import { readWho, type Who } from '../org/org-facts.ts';
import { resolveLogin } from '../org/stored-logins.ts';
import { chooseAuthentication, type ClientAuthentication } from '../token/client-authentication.ts';
import { decideEndpoint, type TokenEndpoint } from '../token/endpoint.ts';
import { strayFlag, type GrantName, type Ingredients } from '../token/grants.ts';
import { grantRefused } from '../token/refusal-error.ts';
import { readTokenResponse, type TokenResponse } from '../token/response.ts';
import type { FlowAnswer, FlowEdge } from './flows/flow.ts';
import { flows } from './flows/index.ts';
import { isTokenOf, keepRotated, type Rotation } from './token-rotation.ts';
import { gather, type Gathered, type SecretSource } from './token-ingredients.ts';

export type TokenRequest = {
  grant: GrantName;
  /** Alias or username of a stored login, which gives what no flag gives; the default org where no address is given either. */
  targetOrg?: string | undefined;
  instanceUrl?: string | undefined;
  /** What flags gave. */
  given: Ingredients;
  secret: SecretSource;
};

export type GrantedToken = {
  grant: GrantName;
  endpoint: TokenEndpoint;
  response: TokenResponse;
  /** Whom the token belongs to; undefined where it does not say. */
  who: Who | undefined;
  /** Where a refresh token went that the org put in the place of the one that was sent. */
  rotation: Rotation | undefined;
};

/**
 * Runs one grant: everything local is judged first, then the flow sends what its documentation says, once. Nothing is stored but a refresh
 * token that the org put in the place of a stored one.
 *
 * @throws FlagNotOfGrant, ScopeNotOfGrant, GrantIncomplete, GrantRefused with Salesforce's words, IdTokenRefused, LoginForAnotherUser,
 *   RefreshTokenNotKept, the errors of files and of the network
 */
export async function requestGrant(request: TokenRequest, edge: FlowEdge): Promise<GrantedToken> {
  const { network } = edge;
  const { grant, given, secret } = request;
  orThrow(strayFlag(grant, given));
  const login = request.instanceUrl === undefined ? await resolveLogin(request.targetOrg) : undefined;
  const endpoint = endpointOf(request, login);
  const gathered = await gather(grant, given, { login, secret });
  const http = await send(grant, { endpoint, gathered, authentication: authenticationOf(given, gathered) }, edge);
  const answer = readTokenResponse(http, grant);
  if ('refused' in answer) throw grantRefused(answer.refused, http, grant, gathered.username);
  const response = answer.granted;
  await requireIdToken(response, { host: endpoint.host, clientId: gathered.clientId, nonce: http.nonce }, network);
  const owner = gathered.stored.refreshToken === undefined ? undefined : login;
  const origin = { owner, file: given.refreshToken };
  // What nothing can bring back is kept before anything else is asked, if it is sure whose it is.
  const kept = isTokenOf(owner, response) ? await keepRotated(response, origin) : undefined;
  const who = await readWho(response, network);
  requireUser(gathered.username === '' ? owner?.username : gathered.username, who);
  const rotation = kept ?? (await keepRotated(response, origin));
  return { grant, endpoint, response, who, rotation };
}

type Wish = { endpoint: TokenEndpoint; gathered: Gathered; authentication: ClientAuthentication };

function send(grant: GrantName, { endpoint, gathered, authentication }: Wish, edge: FlowEdge): Promise<FlowAnswer> {
  const { secrets, key, ...texts } = gathered;
  const { password = '', refreshToken = '', assertion = '', subjectToken = '', actorToken = '' } = secrets;
  const tokens = { password, refreshToken, assertion, subjectToken, actorToken };
  return flows[grant]({ ...endpoint, ...texts, ...tokens, privateKey: key?.privateKey, authentication }, edge);
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
  asked: { host: string; clientId: string; nonce: string | undefined },
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
