import { AuthInfo, StateAggregator, type AuthFields } from '@salesforce/core';
import { aquilaError } from '../errors.ts';
import type { TokenGrant } from '../token/response.ts';
import type { OrgFacts } from './org-facts.ts';
import type { AquilaAuthFields } from './stored-logins.ts';

/** How sf renews the access token of a login when it has expired. */
export type Renewal =
  /** With an assertion: the absolute path of the private key, which sf reads again each time, and the audience. */
  | { by: 'key'; keyPath: string; audience: string }
  /** With a refresh token, and the client's secret where it has to prove itself. */
  | { by: 'refresh-token'; refreshToken: string; clientSecret: string | undefined }
  /** Not at all. A secret of the app is kept for the next grant. */
  | { by: 'nothing'; clientSecret: string | undefined };

/** A login that Salesforce has granted, ready to be kept. */
export type GrantedLogin = {
  username: string;
  /** Undefined where no app took part. */
  clientId: string | undefined;
  renewal: Renewal;
  /** Where the token was granted: base URL without a slash at its end. */
  host: string;
  grant: TokenGrant;
  facts: OrgFacts;
  now: Date;
};

export type SideEffects = { alias?: string | undefined; setDefault: boolean; setDefaultDevHub: boolean };

/** The stored fields, decrypted; the secrets among them must be redacted before anything is printed. */
export type StoredFields = AuthFields & AquilaAuthFields;

/**
 * Stores a login as sf stores its own, by key, by refresh token or as an access token alone, so that every sf command can use and refresh it. An earlier login of the same user is
 * swapped in one write, with its aliases and defaults left alone (docs/reference/sf-cli.md §4).
 *
 * `loginUrl` is the host that granted the token, since only that pair of host and audience is proven. Where the audience is another
 * URL, `jwtAudience` and the prerun hook carry it into sf's own refresh.
 *
 * @throws LoginNotStored, with the login that was there untouched
 */
export async function storeLogin(login: GrantedLogin, effects: SideEffects): Promise<StoredFields> {
  try {
    const info = await openAuth(login);
    await info.save(authFields(login));
    await info.handleAliasAndDefaultSettings({
      ...(effects.alias !== undefined && { alias: effects.alias }),
      setDefault: effects.setDefault,
      setDefaultDevHub: effects.setDefaultDevHub,
    });
    // With a keychain that is there but broken, save returns normally and nothing is on the disk.
    if (!(await (await StateAggregator.getInstance()).orgs.hasFile(login.username))) {
      throw aquilaError('LoginNotStored', [login.username, 'nothing was written']);
    }
    return info.getFields(true);
  } catch (error) {
    if (error instanceof Error && error.name === 'LoginNotStored') throw error;
    const reason = error instanceof Error ? `${error.name}, ${error.message}` : 'for an unknown reason';
    throw aquilaError('LoginNotStored', [login.username, reason.slice(0, 300)]);
  }
}

async function openAuth({ username, host, grant, facts }: GrantedLogin): Promise<AuthInfo> {
  const { orgs } = await StateAggregator.getInstance();
  if (await orgs.hasFile(username)) {
    try {
      return await AuthInfo.create({ username });
    } catch {
      // What is stored can't be decrypted any more, so nobody can lose it; the new login takes its place.
      await orgs.read(username, false, false);
      await orgs.remove(username);
    }
  }
  // With isDevHub and namespacePrefix given, core sends no request of its own and writes nothing before save().
  const { accessToken, instanceUrl, orgId, userId } = grant;
  const options = {
    ...{ accessToken, instanceUrl, loginUrl: host, username, orgId, userId },
    ...{ isDevHub: facts.isDevHub, namespacePrefix: facts.namespacePrefix ?? null },
  };
  return AuthInfo.create({ username, accessTokenOptions: options });
}

function authFields({ username, clientId, renewal, host, grant, facts, now }: GrantedLogin): StoredFields {
  const { accessToken, instanceUrl, orgId, userId } = grant;
  return {
    ...{ accessToken, instanceUrl, orgId, userId, username, clientId },
    loginUrl: host,
    ...renewalFields(renewal),
    // Facts of an earlier org under the same name must not stay: a refreshed sandbox has a new org id.
    ...{ name: facts.name, instanceName: facts.instanceName, namespacePrefix: facts.namespacePrefix ?? null },
    ...{
      isSandbox: facts.isSandbox,
      isScratch: facts.isScratch,
      isDevHub: facts.isDevHub,
      orgEdition: facts.orgEdition,
      trailExpirationDate: facts.trailExpirationDate,
    },
    ...(facts.instanceApiVersion !== undefined && {
      instanceApiVersion: facts.instanceApiVersion,
      instanceApiVersionLastRetrieved: now.toLocaleString(),
    }),
  };
}

/** What another kind of login left behind would make sf renew by that, so each kind clears the fields of the others. */
function renewalFields(renewal: Renewal): Partial<StoredFields> {
  const none = {
    ...{ jwtAudience: undefined, privateKey: undefined, refreshToken: undefined, clientSecret: undefined },
    ...{ password: undefined, authCode: undefined },
  };
  if (renewal.by === 'key') return { ...none, jwtAudience: renewal.audience, privateKey: renewal.keyPath };
  const { by: _by, ...kept } = renewal;
  return { ...none, ...kept };
}
