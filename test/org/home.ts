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

/**
 * Runs a part of the product outside a command, in the home that the environment of a command names.
 *
 * @param env what commands get, HOME among it
 */
export async function inHome<Result>(env: Record<string, string>, work: () => Promise<Result>): Promise<Result> {
  const wanted: Record<string, string> = { ...own, ...env };
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, wanted);
  StateAggregator.clearInstance();
  try {
    return await work();
  } finally {
    StateAggregator.clearInstance();
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

const own = { HOME: '', USERPROFILE: '', SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true' };
