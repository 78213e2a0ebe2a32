import { AuthRemover, ConfigAggregator, OrgConfigProperties, StateAggregator, type AuthFields } from '@salesforce/core';
import { aquilaError, didYouMean } from '../errors.ts';
import type { StoredLogin } from '../handover/stored-login.ts';

/** What this plugin adds to the auth file. No name matches what sf encrypts, and no value is a secret. */
export type AquilaAuthFields = {
  /** The audience of the assertion; its presence marks a login of this plugin. */
  jwtAudience?: string;
  /** Path of the private key on the log collector. */
  aquilaKeyPath?: string;
  /** Absolute path of the bundle for the vendor, which nothing else tells. */
  aquilaBundle?: string;
};

const loginHelp = 'sf aquila login --help';

/**
 * Finds a stored login by alias or username, or by the default org of the configuration, without a request and without decrypting.
 *
 * @param howToLogIn the command that makes such a login
 * @throws LoginMissing without a name and a default, LoginUnknown for a name that nothing is stored under, LoginUnreadable for a file that
 *   says nothing
 */
export async function resolveLogin(name: string | undefined, howToLogIn = loginHelp): Promise<StoredLogin> {
  const wanted = name ?? (await defaultOrg());
  if (wanted === undefined) throw aquilaError('LoginMissing');
  const login = await findLogin(wanted);
  if (login) return login;
  if (await isDamaged(wanted)) throw aquilaError('LoginUnreadable', [wanted, 'its file is damaged'], [howToLogIn]);
  const near = await nearestName(wanted);
  throw aquilaError('LoginUnknown', [wanted], [near ?? `Log in first: ${howToLogIn}`]);
}

/** As {@link resolveLogin}, but undefined where nothing is stored. */
export async function findLogin(name: string): Promise<StoredLogin | undefined> {
  const { aliases, orgs } = await StateAggregator.getInstance();
  const username = aliases.getUsername(name) ?? name;
  const fields: (AuthFields & AquilaAuthFields) | null | undefined = await orgs.read(username, false, false);
  if (!fields?.orgId) return undefined;
  return {
    username,
    alias: aliases.get(username) ?? undefined,
    clientId: fields.clientId,
    keyPath: fields.privateKey,
    instanceUrl: fields.instanceUrl,
    loginUrl: fields.loginUrl,
    jwtAudience: fields.jwtAudience,
    orgId: fields.orgId,
    userId: fields.userId,
    aquilaKeyPath: fields.aquilaKeyPath,
    bundlePath: fields.aquilaBundle,
  };
}

/** Whether sf can renew the login of a user by itself; false where none is stored. */
export async function renewsItself(username: string): Promise<boolean> {
  const { orgs } = await StateAggregator.getInstance();
  const fields = (await orgs.read(username, false, false)) as Partial<AuthFields> | null | undefined;
  return Boolean(fields?.refreshToken ?? fields?.privateKey);
}

/** The usernames of all logins that this plugin made, in alphabetical order, and of those whose file does not tell any more. */
export async function ownUsernames(): Promise<string[]> {
  const { orgs } = await StateAggregator.getInstance();
  const usernames = (await orgs.list()).map((file) => file.replace(/\.json$/, ''));
  const isOwn = async (username: string): Promise<boolean> =>
    (await findLogin(username))?.jwtAudience !== undefined || (await isDamaged(username));
  const own = await Promise.all(usernames.map(isOwn));
  return usernames.filter((_, at) => own[at]).sort();
}

/** A login that a person can choose among others. */
export type LoginChoice = {
  username: string;
  alias: string | undefined;
  instanceUrl: string | undefined;
  isDefault: boolean;
};

/** The logins that may be an administrator's, those of this plugin left out; the default org first, then by name. */
export async function otherLogins(): Promise<LoginChoice[]> {
  const { aliases, orgs } = await StateAggregator.getInstance();
  const usernames = (await orgs.list()).map((file) => file.replace(/\.json$/, '')).sort();
  const preferred = await defaultOrg();
  const found = await Promise.all(usernames.map((username) => findLogin(username)));
  const choices = found.flatMap((login) => {
    if (!login || login.jwtAudience !== undefined) return [];
    const { username, alias, instanceUrl } = login;
    const isDefault = preferred !== undefined && (aliases.getUsername(preferred) ?? preferred) === username;
    return [{ username, alias, instanceUrl, isDefault }];
  });
  return choices.sort((one, other) => Number(other.isDefault) - Number(one.isDefault));
}

/** Whose alias this is; undefined where nobody has it. */
export async function usernameOf(alias: string): Promise<string | undefined> {
  const { aliases } = await StateAggregator.getInstance();
  return aliases.getUsername(alias) ?? undefined;
}

/** Gives a login a name, which another one may lose by it, as `sf alias set` does. */
export async function giveAlias(username: string, alias: string): Promise<void> {
  const { aliases } = await StateAggregator.getInstance();
  await aliases.setAndSave(alias, username);
}

/** Whether there is a file with nothing in it that core could read, as a full disk or a hand leaves it. */
async function isDamaged(name: string): Promise<boolean> {
  const { aliases, orgs } = await StateAggregator.getInstance();
  const username = aliases.getUsername(name) ?? name;
  return (await orgs.hasFile(username)) && Object.keys((await orgs.read(username, false, false)) ?? {}).length === 0;
}

/** Keeps the path of the key on the collector with the login, so that later reports and checks know it. */
export async function rememberKeyPath(username: string, aquilaKeyPath: string): Promise<void> {
  await remember(username, { aquilaKeyPath });
}

/** Keeps the absolute path of the bundle with the login, so that it can be removed with it. */
export async function rememberBundle(username: string, aquilaBundle: string): Promise<void> {
  await remember(username, { aquilaBundle });
}

async function remember(username: string, fields: Partial<AuthFields> & AquilaAuthFields): Promise<void> {
  const { orgs } = await StateAggregator.getInstance();
  await orgs.read(username);
  orgs.update(username, fields);
  await orgs.write(username);
}

/** Whether a login is what sf takes where nobody names an org: here, in every folder, or by the environment. */
export async function isDefaultLogin(username: string): Promise<boolean> {
  const { aliases } = await StateAggregator.getInstance();
  const config = await ConfigAggregator.create();
  const key = OrgConfigProperties.TARGET_ORG;
  const scopes = [config.getInfo(key).value, config.getGlobalConfig().get(key), config.getLocalConfig()?.get(key)];
  return scopes.some((value) => typeof value === 'string' && (aliases.getUsername(value) ?? value) === username);
}

/** The private keys that all logins but some are renewed with. */
export async function keysOfOthers(
  usernames: readonly string[]
): Promise<Array<{ username: string; keyPath: string }>> {
  const { orgs } = await StateAggregator.getInstance();
  const names = (await orgs.list()).map((file) => file.replace(/\.json$/, ''));
  const logins = await Promise.all(names.filter((one) => !usernames.includes(one)).map((one) => findLogin(one)));
  return logins.flatMap((login) =>
    login?.keyPath === undefined ? [] : [{ username: login.username, keyPath: login.keyPath }]
  );
}

/** Removes a login with its aliases, as `sf org logout` does; the org is not asked. */
export async function removeLogin(username: string): Promise<void> {
  await (await AuthRemover.create()).removeAuth(username);
}

/** What stands for the org where nobody names one. */
export async function defaultOrg(): Promise<string | undefined> {
  const { value } = (await ConfigAggregator.create()).getInfo(OrgConfigProperties.TARGET_ORG);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function nearestName(wanted: string): Promise<string | undefined> {
  const { aliases, orgs } = await StateAggregator.getInstance();
  return didYouMean(wanted, [
    ...Object.keys(aliases.getAll()),
    ...(await orgs.list()).map((file) => file.replace(/\.json$/, '')),
  ]);
}
