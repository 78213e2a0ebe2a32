import { Messages } from '@salesforce/core/messages';
import type { KeystoreType } from '../cert/file-set.ts';
import { decodePassword } from '../cert/passphrase.ts';
import { aquilaError, toError } from '../errors.ts';
import { readInputFile, readStandardInput } from '../files/read.ts';
import { aliasProblem, defaultAlias } from '../keystore/alias.ts';
import type { KeystoreChoice } from '../keystore/choice.ts';
import { keystorePasswordProblem } from '../keystore/password.ts';
import { askHidden } from './ask.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'terminal');

/** The variable that holds the password of a keystore. */
export const keystorePasswordVariable = 'SF_AQUILA_KEYSTORE_PASSWORD';

export type PasswordSources = {
  /** A path, or `-` for standard input. */
  file: string | undefined;
  canAsk: boolean;
};

/**
 * The password for a new keystore: from the file, else from the environment, else asked for twice.
 *
 * @throws KeystorePasswordMissing, KeystorePasswordTooShort, KeystorePasswordNotAscii, PassphrasesDiffer, or what `givenPassword` throws
 */
export async function newKeystorePassword(sources: PasswordSources): Promise<string> {
  const given = await givenPassword(sources);
  if (given !== undefined) return requireFit(given);
  if (!sources.canAsk) throw aquilaError('KeystorePasswordMissing', [messages.getMessage('keystore.new')]);
  const first = requireFit(await askHidden(messages.getMessage('keystore.password')));
  if (first !== (await askHidden(messages.getMessage('keystore.again')))) throw aquilaError('PassphrasesDiffer');
  return first;
}

/**
 * The password of a keystore that exists: from the file, else from the environment, else asked for once.
 *
 * @param keystore its path
 * @returns undefined if nobody gave one and nobody can be asked
 * @throws what `givenPassword` throws
 */
export async function keystorePassword(keystore: string, sources: PasswordSources): Promise<string | undefined> {
  const given = await givenPassword(sources);
  if (given !== undefined || !sources.canAsk) return given;
  return askHidden(messages.getMessage('keystore.of', [keystore]));
}

export type KeystoreWish<Types = readonly KeystoreType[] | undefined> = PasswordSources & {
  types: Types;
  alias: string | undefined;
  /** The name of the files, out of which an alias is made where none is given. */
  name: string;
  compat: boolean;
};

/**
 * The wanted keystores with a password for them; undefined where none is wanted.
 *
 * @throws KeystoreAliasIsNumber, KeystoreAliasInvalid, KeystoreAliasTooLong, or what `newKeystorePassword` throws
 */
export async function newKeystoreChoice(wish: KeystoreWish<readonly KeystoreType[]>): Promise<KeystoreChoice>;
export async function newKeystoreChoice(wish: KeystoreWish): Promise<KeystoreChoice | undefined>;
export async function newKeystoreChoice(wish: KeystoreWish): Promise<KeystoreChoice | undefined> {
  const { types, alias = defaultAlias(wish.name), compat } = wish;
  if (types === undefined) return undefined;
  const problem = aliasProblem(alias);
  if (problem) throw toError(problem);
  return { types, alias, compat, password: await newKeystorePassword(wish) };
}

/**
 * What the file or the environment gives; undefined if neither does. At a terminal `-` means that it will be typed.
 *
 * @throws PassphraseNotText, PassphraseOfSeveralLines, or what `readInputFile` throws
 */
async function givenPassword({ file }: PasswordSources): Promise<string | undefined> {
  const variable = process.env[keystorePasswordVariable];
  if (file === '-' && process.stdin.isTTY) return undefined;
  if (file === '-') return decodePassword(await readStandardInput(), messages.getMessage('standard-input'));
  if (file !== undefined) {
    const { bytes, path } = await readInputFile(file, 'passphrase');
    return decodePassword(bytes, path);
  }
  if (variable === undefined || variable === '') return undefined;
  return decodePassword(Buffer.from(variable), keystorePasswordVariable);
}

function requireFit(password: string): string {
  const problem = keystorePasswordProblem(password);
  if (problem) throw toError(problem);
  return password;
}
