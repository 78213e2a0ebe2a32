import { problem, type Problem } from '../errors.ts';

/** keytool makes no keystore with a shorter password (docs/reference/keys-and-keystores.md §9.2). */
const minimumLength = 6;

/**
 * Why a new keystore can't have this password; undefined if it can. A keystore that exists is opened with any.
 * Characters outside printable ASCII are encoded differently from one program to the next (docs/reference/keys-and-keystores.md §8.2, §9.3).
 *
 * @param keystore what to call the keystore in the message, such as its file; the password is never quoted
 */
export function keystorePasswordProblem(
  password: string,
  keystore = 'the new keystore'
): Problem<'KeystorePasswordNotAscii' | 'KeystorePasswordTooShort'> | undefined {
  if (!/^[ -~]*$/.test(password)) return problem('KeystorePasswordNotAscii', [keystore]);
  if (password.length < minimumLength) return problem('KeystorePasswordTooShort', [keystore, minimumLength]);
  return undefined;
}
