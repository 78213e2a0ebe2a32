import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { isSameKey } from '../cert/same-key.ts';
import { aquilaError, toError } from '../errors.ts';
import { certificateIn, findCertificateBeside, readCertificateFrom } from '../files/certificate.ts';
import { readKeyFrom } from '../files/private-key.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import { readSecrets } from '../org/stored-secrets.ts';
import {
  grantOf,
  missingIngredients,
  secretNames,
  type GrantName,
  type Ingredient,
  type Ingredients,
  type SecretName,
} from '../token/grants.ts';
import { readScopes } from '../token/asked-scopes.ts';

/** Reads a secret that a flag or the environment gives; where it is needed and a person can be asked, a person. */
export type SecretSource = (name: SecretName, isNeeded: boolean) => Promise<string | undefined>;

type Secrets = Partial<Record<SecretName, string>>;

/** What a grant is made of, read and ready; texts are empty where nothing gives them. */
export type Gathered = {
  clientId: string;
  username: string;
  scope: string;
  callbackUrl: string;
  tokenHandler: string;
  subjectTokenType: string;
  /** With the absolute path of its file. */
  key: { path: string; privateKey: KeyObject } | undefined;
  certificate: X509Certificate | undefined;
  secrets: Secrets;
  /** Those among the secrets that the stored login has given. */
  stored: Secrets;
};

/**
 * Brings together what flags, environment and a stored login give, then asks for the secrets that are left. Only what the grant has a use
 * for is read: a file that plays no part must not be able to fail.
 *
 * @throws GrantIncomplete, or what is wrong with a file or with the stored login
 */
export async function gather(
  name: GrantName,
  given: Ingredients,
  { login, secret }: { login: StoredLogin | undefined; secret: SecretSource }
): Promise<Gathered> {
  const { needs, takes } = grantOf(name, given);
  const used = (one: Ingredient): boolean => needs.includes(one) || takes.includes(one);
  const text = (one: Exclude<Ingredient, 'clientAuthentication'>, stored?: string): string =>
    used(one) ? (given[one] ?? stored ?? '') : '';
  // A key that could only prove who the client is counts where it is asked for; else the stored one of another grant would.
  const keyFile = text('key', needs.includes('key') ? login?.keyPath : '');
  const key = keyFile === '' ? undefined : await readKeyFrom(keyFile);
  const gathered: Gathered = {
    clientId: text('clientId', login?.clientId),
    username: text('username', login?.username),
    scope: scopeOf(text('scope')),
    callbackUrl: text('callbackUrl'),
    tokenHandler: text('tokenHandler'),
    subjectTokenType: text('subjectTokenType'),
    key,
    certificate: used('certificate') ? await certificateFor(key, given.certificate) : undefined,
    ...{ secrets: {}, stored: {} },
  };
  const wanted = secretNames.filter(used);
  const read = async (ask: boolean): Promise<void> => {
    for (const one of wanted.filter((wish) => gathered.secrets[wish] === undefined)) {
      const value = await secret(one, ask && needs.includes(one));
      if (value !== undefined) gathered.secrets[one] = value;
    }
  };
  await read(false);
  gathered.stored = await storedSecrets(
    login,
    given,
    wanted.filter((one) => gathered.secrets[one] === undefined)
  );
  Object.assign(gathered.secrets, gathered.stored);
  // Nobody is asked for a secret while something is missing that no question is asked for.
  requireAll(name, given, gathered, wanted);
  await read(true);
  requireAll(name, given, gathered, []);
  return gathered;
}

/** The certificate that a flag names, else the one beside the key; a signature with another key's certificate would be refused without a word. */
async function certificateFor(key: Gathered['key'], file: string | undefined): Promise<X509Certificate | undefined> {
  const beside = file === undefined && key ? await findCertificateBeside(key.path) : undefined;
  const found = beside && !('missing' in beside) ? certificateIn(beside) : undefined;
  const read = file === undefined ? found : await readCertificateFrom(file);
  if (key && read && !isSameKey(read.certificate.publicKey, createPublicKey(key.privateKey))) {
    throw aquilaError('CertificateOfOtherKey', [read.path, key.path]);
  }
  return read?.certificate;
}

function scopeOf(text: string): string {
  const reading = readScopes(text);
  if ('problem' in reading) throw toError(reading.problem);
  return reading.scope;
}

/** The secret of an app serves that app only, and an access token of this org is not one of another identity provider. */
async function storedSecrets(
  login: StoredLogin | undefined,
  { clientId = login?.clientId, clientAuthentication, tokenHandler }: Ingredients,
  wanted: readonly SecretName[]
): Promise<Secrets> {
  const useful = wanted.filter(
    (one) =>
      one === 'refreshToken' ||
      (one === 'subjectToken' && tokenHandler === undefined) ||
      (one === 'clientSecret' && clientId === login?.clientId && !/none|jwt/.test(clientAuthentication ?? ''))
  );
  if (!login || useful.length === 0) return {};
  try {
    const { accessToken: subjectToken, refreshToken, clientSecret } = await readSecrets(login);
    const stored = { subjectToken, refreshToken, clientSecret };
    return Object.fromEntries(Object.entries(stored).filter(([one, value]) => useful.includes(one as never) && value));
  } catch (error) {
    // A login without a secret of the app is the usual one, so this is only where one might have been.
    if (useful.every((one) => one === 'clientSecret')) return {};
    throw error;
  }
}

function requireAll(name: GrantName, given: Ingredients, gathered: Gathered, stillAsked: readonly Ingredient[]): void {
  const { secrets, stored: _stored, ...others } = gathered;
  const present = Object.entries({ ...others, ...secrets }).filter(([, value]) => value !== undefined && value !== '');
  const names = new Set(present.map(([one]) => one as Ingredient));
  const grant = grantOf(name, given);
  const lacksMore = grant.needs.some((one) => !names.has(one) && !stillAsked.includes(one));
  const missing = lacksMore ? missingIngredients(name, grant, names) : undefined;
  if (missing) throw toError(missing);
}
