import type { PrivateKeyReading } from '../../cert/key-file.ts';
import type { KeyProblemCode } from '../../cert/key-problem.ts';
import type { Problem } from '../../errors.ts';
import { fail, type CheckId, type Verdict } from '../define.ts';

/** The defects that a check of their own speaks of; all others mean that there is no key to be read. */
const speakers: Partial<Record<KeyProblemCode, CheckId>> = {
  KeyFileEncrypted: 'key-unencrypted',
  KeyFileEncryptedPkcs1: 'key-unencrypted',
  KeyFileIsEc: 'key-rsa',
  KeyFileIsEd25519: 'key-rsa',
  KeyFileIsRsaPss: 'key-rsa',
  KeyFileOfOtherKind: 'key-rsa',
  KeyFileTooShort: 'key-rsa',
};

/** The one check that fails for this key; undefined for a key that can sign. */
export const keyDefect = (reading: PrivateKeyReading): CheckId | undefined =>
  reading.usable ? undefined : (speakers[reading.problem.code] ?? 'key-readable');

/** The stored login names a path, so a good key at another path needs a login. */
export const loginWithOtherKey =
  'if the good key lies at another path, log in with it: sf aquila login --username <username> --client-id <client-id> --jwt-key-file KEY_FILE --instance-url <instance-url>';

/** The failure that the check of a defect reports. */
export const failWith = ({ code, message, actions }: Problem): Verdict =>
  fail(message, { data: { code }, fix: [...actions, loginWithOtherKey].join('\n') });
