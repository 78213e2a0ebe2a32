import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { AuthInfo, StateAggregator, type AuthFields } from '@salesforce/core';
import { example } from '../emulator/index.ts';
import type { Emulator } from '../emulator/index.ts';

/**
 * Stores a login of the admin as `sf org login web` stores one: access token, refresh token, the app PlatformCLI. Sends no request, so
 * that the calls of the emulator stay those of the test.
 *
 * @param home where to store it, left out: the current HOME; either must be a temporary folder
 * @param changes of the stored fields: without `refreshToken` it is an access token alone, with a `privateKey` a login by JWT
 */
export async function storeAdmin(
  emulator: Emulator,
  username: string = example.admin,
  alias = 'admin',
  home: string = homedir(),
  changes: Partial<AuthFields> = {}
): Promise<void> {
  if (!realpathSync(home).startsWith(realpathSync(tmpdir()))) throw new Error(`HOME is no temporary folder: ${home}`);
  const { org, myDomainUrl } = emulator;
  const user = org.user(username);
  if (!user) throw new Error(`the org has no user ${username}`);
  const { accessToken, refreshToken, clientId } = emulator.login(username);
  const hosts = { loginUrl: myDomainUrl, instanceUrl: myDomainUrl };
  const login = { accessToken, username, orgId: org.id, userId: user.id, ...hosts };
  // Everything that core would ask the org for is given, so it asks nothing.
  const known = { isDevHub: false, namespacePrefix: null, isSandbox: false, isScratch: false };
  // A log would be written by a thread of its own, also while a test removes the home.
  const quiet = { SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' };
  const wanted = { HOME: home, USERPROFILE: home, ...quiet };
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, wanted);
  StateAggregator.clearInstance();
  try {
    const info = await AuthInfo.create({ username, accessTokenOptions: { ...login, ...known } });
    await info.save({ ...login, refreshToken, clientId, ...changes });
    await info.handleAliasAndDefaultSettings({ alias, setDefault: false, setDefaultDevHub: false });
  } finally {
    StateAggregator.clearInstance();
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
