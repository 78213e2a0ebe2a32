import { aquilaError } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { readOrgFacts, type Who } from '../org/org-facts.ts';
import { storeLogin, type Renewal } from '../org/store-login.ts';
import { renewsItself } from '../org/stored-logins.ts';
import type { ClientAuthentication } from '../token/client-authentication.ts';
import type { TokenEndpoint } from '../token/endpoint.ts';
import { grantOf, type GrantName, type Ingredients } from '../token/grants.ts';
import type { TokenGrant, TokenResponse } from '../token/response.ts';
import { usernameProblem } from '../token/username.ts';
import type { Gathered } from './token-ingredients.ts';

/** A login that was kept. */
export type SavedLogin = { username: string; alias?: string; renewedBy: Renewal['by'] };

/**
 * What can be known before anything is sent: that the grant brings nothing that sf could store, or a token that could not renew itself in
 * the place of a login that can.
 *
 * @param username of the user that the token is for; undefined where that is not known beforehand
 * @throws TokenNotSavable, LoginWouldNotRenew
 */
export async function requireSavable(
  grant: GrantName,
  given: Ingredients,
  username: string | undefined
): Promise<void> {
  const { forDevice, renewedBy } = grantOf(grant, given);
  if (forDevice)
    throw aquilaError('TokenNotSavable', ['an asset token is for a device and names neither user nor org']);
  if (renewedBy === undefined && username !== undefined) await requireNoLoss(username, grant);
}

async function requireNoLoss(username: string, grant: GrantName): Promise<void> {
  if (await renewsItself(username)) throw aquilaError('LoginWouldNotRenew', [username, grant], [username]);
}

export type Granted = {
  grant: GrantName;
  endpoint: TokenEndpoint;
  response: TokenResponse;
  gathered: Gathered;
  authentication: ClientAuthentication;
};

/**
 * Keeps a granted token as a login of sf.
 *
 * @param isRight judges whose the token is, by throwing, before anything is stored
 * @throws TokenNotSavable, LoginWouldNotRenew, LoginNotStored; a login that was there stays as it was
 */
export async function saveLogin(
  granted: Granted,
  { alias, isRight, network }: { alias: string | undefined; isRight: (who: Who) => void; network: Network }
): Promise<{ saved: SavedLogin; who: Who }> {
  const { grant, endpoint, response, gathered } = granted;
  const token = loginOf(response);
  const { facts, who } = token ? await readOrgFacts(token, network) : { facts: undefined, who: undefined };
  if (!token || !facts || !who || usernameProblem(who.username)) {
    throw aquilaError('TokenNotSavable', ['the org did not say whom the token belongs to']);
  }
  isRight(who);
  const renewal = renewalOf(granted);
  if (renewal.by === 'nothing') await requireNoLoss(who.username, grant);
  const { username } = who;
  const clientId = gathered.clientId === '' ? undefined : gathered.clientId;
  await storeLogin(
    { username, clientId, renewal, host: endpoint.host, grant: token, facts, now: network.now() },
    { alias, setDefault: false, setDefaultDevHub: false }
  );
  return { saved: { username, ...(alias !== undefined && { alias }), renewedBy: renewal.by }, who };
}

function loginOf({ accessToken, instanceUrl, id, orgId, userId, scopes }: TokenResponse): TokenGrant | undefined {
  return instanceUrl && id && orgId && userId ? { accessToken, instanceUrl, id, orgId, userId, scopes } : undefined;
}

/**
 * sf proves itself by a secret or not at all, so it could not renew where a signed assertion was needed. Nor does it know SAML: with the key of
 * such a login it would ask by the JWT bearer flow, which the app may not allow.
 */
function renewalOf({ grant, endpoint, response, gathered, authentication }: Granted): Renewal {
  const { key, secrets } = gathered;
  if (grant === 'jwt-bearer' && key) return { by: 'key', keyPath: key.path, audience: endpoint.audience };
  const clientSecret = 'secret' in authentication ? authentication.secret : undefined;
  const refreshToken = response.refreshToken ?? secrets.refreshToken;
  return refreshToken !== undefined && authentication.method !== 'private_key_jwt'
    ? { by: 'refresh-token', refreshToken, clientSecret }
    : { by: 'nothing', clientSecret };
}
