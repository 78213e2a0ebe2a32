import { readPrivateKey } from '../cert/key-file.ts';
import type { KeyFile } from '../checks/facts.ts';
import { loginWithOtherKey } from '../checks/key/defect.ts';
import type { Reading } from '../checks/run.ts';
import { problemOf } from '../errors.ts';
import { readInputFile } from '../files/read.ts';
import type { StoredLogin } from '../handover/stored-login.ts';

/** The private key at the path that is stored with the login. */
export async function readKeyFile({ keyPath }: StoredLogin): Promise<Reading<KeyFile>> {
  if (keyPath === undefined) return { blocked: 'handover-complete' };
  try {
    const { path, bytes, mode } = await readInputFile(keyPath, 'key');
    return { value: { path, mode, reading: readPrivateKey(bytes, path) } };
  } catch (error) {
    const failed = problemOf(error);
    // Nobody typed this path just now: the login keeps it.
    const actions = failed.code === 'KeyFileMissing' ? ['put the key back at this path'] : failed.actions;
    return { failed, fix: [...actions, loginWithOtherKey].join('\n') };
  }
}
