import type { KeyObject, X509Certificate } from 'node:crypto';
import { toError } from '../errors.ts';
import { readCertificateFrom } from '../files/certificate.ts';
import { readKeyFrom } from '../files/private-key.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import {
  grants,
  missingIngredients,
  secretNames,
  type GrantName,
  type Ingredient,
  type Ingredients,
  type SecretName,
} from '../token/grants.ts';

/** Reads a secret that a flag or the environment gives; where it is needed and a person can be asked, a person. */
export type SecretSource = (name: SecretName, isNeeded: boolean) => Promise<string | undefined>;

/** What a grant is made of, read and ready; texts are empty where nothing gives them. */
export type Gathered = {
  clientId: string;
  username: string;
  scope: string;
  callbackUrl: string;
  privateKey: KeyObject | undefined;
  certificate: X509Certificate | undefined;
  secrets: Partial<Record<SecretName, string>>;
};

/**
 * Brings together what flags, environment and a stored login give, then asks for the secrets that are left. Only what the grant has a use
 * for is read: a file that plays no part must not be able to fail.
 *
 * @throws GrantIncomplete, or what is wrong with a file
 */
export async function gather(
  grant: GrantName,
  given: Ingredients,
  { login, secret }: { login: StoredLogin | undefined; secret: SecretSource }
): Promise<Gathered> {
  const { needs, takes } = grants[grant];
  const used = (one: Ingredient): boolean => needs.includes(one) || takes.includes(one);
  const text = (one: Exclude<Ingredient, 'clientAuthentication'>, stored?: string): string =>
    used(one) ? (given[one] ?? stored ?? '') : '';
  const [keyFile, certificateFile] = [text('key', login?.keyPath), text('certificate')];
  const gathered: Gathered = {
    clientId: text('clientId', login?.clientId),
    username: text('username', login?.username),
    scope: text('scope'),
    callbackUrl: text('callbackUrl'),
    privateKey: keyFile === '' ? undefined : (await readKeyFrom(keyFile)).privateKey,
    certificate: certificateFile === '' ? undefined : (await readCertificateFrom(certificateFile)).certificate,
    secrets: {},
  };
  const wanted = secretNames.filter(used);
  const readSecrets = async (ask: boolean): Promise<void> => {
    for (const name of wanted.filter((one) => gathered.secrets[one] === undefined)) {
      const value = await secret(name, ask && needs.includes(name));
      if (value !== undefined) gathered.secrets[name] = value;
    }
  };
  await readSecrets(false);
  // Nobody is asked for a secret while something is missing that no question is asked for.
  requireAll(grant, gathered, wanted);
  await readSecrets(true);
  requireAll(grant, gathered, []);
  return gathered;
}

function requireAll(grant: GrantName, gathered: Gathered, stillAsked: readonly SecretName[]): void {
  const { secrets, privateKey: key, ...others } = gathered;
  const present = Object.entries({ ...others, ...secrets, key }).filter(
    ([, value]) => value !== undefined && value !== ''
  );
  const names = new Set(present.map(([name]) => name as Ingredient));
  const { needs } = grants[grant];
  const lacksMore = needs.some((one) => !names.has(one) && !stillAsked.some((asked) => asked === one));
  const missing = lacksMore ? missingIngredients(grant, names) : undefined;
  if (missing) throw toError(missing);
}
