import type { KeyObject } from 'node:crypto';
import { aquilaError, toError, type Problem } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { tokenHostOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { readWho, type Who } from '../org/org-facts.ts';
import { resolveLogin } from '../org/stored-logins.ts';
import { chooseAuthentication, type ClientAuthenticationMethod } from '../token/client-authentication.ts';
import { decideEndpoint, type TokenEndpoint } from '../token/endpoint.ts';
import {
  grants,
  missingIngredients,
  strayFlag,
  type GrantName,
  type Ingredient,
  type SecretName,
} from '../token/grants.ts';
import { grantRefused } from '../token/refusal-error.ts';
import { readTokenResponse, type TokenResponse } from '../token/response.ts';
import { flows } from './flows/index.ts';

export type TokenRequest = {
  grant: GrantName;
  /** Alias or username of a stored login, which gives what no flag gives; the default org where no address is given either. */
  targetOrg?: string | undefined;
  instanceUrl?: string | undefined;
  audience?: string | undefined;
  clientId?: string | undefined;
  username?: string | undefined;
  keyFile?: string | undefined;
  clientAuthentication?: ClientAuthenticationMethod | undefined;
  /** Names of all flags that were given. */
  flags: readonly string[];
  /** Reads a secret that a flag, the environment or a person gives. */
  secret: (name: SecretName, isNeeded: boolean) => Promise<string | undefined>;
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
  const { grant } = request;
  orThrow(strayFlag(grant, request.flags));
  const login = request.instanceUrl === undefined ? await resolveLogin(request.targetOrg) : undefined;
  const endpoint = endpointOf(request, login);
  const given = await gather(request, login);
  orThrow(missingIngredients(grant, given.present));
  const { clientId, username, privateKey } = given;
  const chosen = chooseAuthentication({ method: request.clientAuthentication, secret: given.clientSecret, privateKey });
  if ('problem' in chosen) throw toError(chosen.problem);
  const input = { ...endpoint, clientId, username, privateKey, authentication: chosen.authentication };
  const http = await flows[grant](input, { network });
  const answer = readTokenResponse(http, grant);
  if ('refused' in answer) throw grantRefused(answer.refused, http, grant, username);
  const who = await readWho(answer.granted, network);
  if (who && username !== '' && who.username.toLowerCase() !== username.toLowerCase()) {
    throw aquilaError('LoginForAnotherUser', [who.username, username]);
  }
  return { grant, host: endpoint.host, response: answer.granted, who };
}

function endpointOf({ instanceUrl, audience }: TokenRequest, login: StoredLogin | undefined): TokenEndpoint {
  const storedInstanceUrl = login && (tokenHostOf(login) ?? login.instanceUrl);
  const decided = decideEndpoint({ instanceUrl: instanceUrl ?? storedInstanceUrl, audience });
  if ('problem' in decided) throw toError(decided.problem);
  return decided.endpoint;
}

type Given = {
  present: Set<Ingredient>;
  clientId: string;
  username: string;
  privateKey: KeyObject | undefined;
  clientSecret: string | undefined;
};

/** Reads only what the grant has a use for: a file that plays no part must not be able to fail. */
async function gather(request: TokenRequest, login: StoredLogin | undefined): Promise<Given> {
  const { needs, takes } = grants[request.grant];
  const used = (one: Ingredient): boolean => needs.includes(one) || takes.includes(one);
  const clientId = used('clientId') ? (request.clientId ?? login?.clientId ?? '') : '';
  const username = used('username') ? (request.username ?? login?.username ?? '') : '';
  const keyFile = used('key') ? (request.keyFile ?? login?.keyPath) : undefined;
  const privateKey = keyFile === undefined ? undefined : (await readKeyFrom(keyFile)).privateKey;
  const clientSecret = used('clientSecret')
    ? await request.secret('clientSecret', needs.includes('clientSecret'))
    : undefined;
  const present = new Set<Ingredient>();
  for (const [name, value] of Object.entries({ clientId, username, key: privateKey, clientSecret })) {
    if (value !== undefined && value !== '') present.add(name as Ingredient);
  }
  return { present, clientId, username, privateKey, clientSecret };
}

function orThrow(found: Problem | undefined): void {
  if (found) throw toError(found);
}
