import { aquilaError, toError, type Problem } from '../errors.ts';
import { tokenHostOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { readWho, type Who } from '../org/org-facts.ts';
import { resolveLogin } from '../org/stored-logins.ts';
import { chooseAuthentication } from '../token/client-authentication.ts';
import { decideEndpoint, type TokenEndpoint } from '../token/endpoint.ts';
import { strayFlag, type GrantName, type Ingredients } from '../token/grants.ts';
import { grantRefused } from '../token/refusal-error.ts';
import { readTokenResponse, type TokenResponse } from '../token/response.ts';
import { flows } from './flows/index.ts';
import { gather, type SecretSource } from './token-ingredients.ts';

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
  /** Where the token came from. */
  host: string;
  response: TokenResponse;
  /** Whom the token belongs to; undefined where it does not say. */
  who: Who | undefined;
};

/**
 * Runs one grant: everything local is judged first, then the flow sends what its documentation says, once. Nothing is stored.
 *
 * @throws FlagNotOfGrant, GrantIncomplete, GrantRefused with Salesforce's words, LoginForAnotherUser, the errors of files and of the network
 */
export async function requestGrant(request: TokenRequest, network: Network): Promise<GrantedToken> {
  const { grant, given, secret } = request;
  orThrow(strayFlag(grant, given));
  const login = request.instanceUrl === undefined ? await resolveLogin(request.targetOrg) : undefined;
  const endpoint = endpointOf(request, login);
  const { secrets, ...gathered } = await gather(grant, given, { login, secret });
  const { username, privateKey } = gathered;
  const { clientSecret, password = '', refreshToken = '', assertion = '' } = secrets;
  const { subjectToken = '', actorToken = '' } = secrets;
  const chosen = chooseAuthentication({ method: given.clientAuthentication, secret: clientSecret, privateKey });
  if ('problem' in chosen) throw toError(chosen.problem);
  const tokens = { password, refreshToken, assertion, subjectToken, actorToken };
  const input = { ...endpoint, ...gathered, ...tokens, authentication: chosen.authentication };
  const http = await flows[grant](input, { network });
  const answer = readTokenResponse(http, grant);
  if ('refused' in answer) throw grantRefused(answer.refused, http, grant, username);
  const who = await readWho(answer.granted, network);
  if (who && username !== '' && who.username.toLowerCase() !== username.toLowerCase()) {
    throw aquilaError('LoginForAnotherUser', [who.username, username]);
  }
  return { grant, host: endpoint.host, response: answer.granted, who };
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
