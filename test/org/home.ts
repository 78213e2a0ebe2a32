import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateAggregator } from '@salesforce/core';

/**
 * Gives this process a home of its own, empty and temporary, in which core stores its logins without a keychain.
 *
 * @returns its path, and what puts the old one back
 */
export function temporaryHome(): { home: string; leave: () => void } {
  const before = Object.entries(process.env).filter(([name]) => name in own);
  const home = mkdtempSync(join(tmpdir(), 'aquila-home-'));
  Object.assign(process.env, own, { HOME: home, USERPROFILE: home });
  StateAggregator.clearInstance();
  return {
    home,
    leave: () => {
      for (const name of Object.keys(own)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, Object.fromEntries(before));
      StateAggregator.clearInstance();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const own = { HOME: '', USERPROFILE: '', SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' };
