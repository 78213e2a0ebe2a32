import { spawn } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { aquilaError } from '../../src/errors.ts';
import type { Network } from '../../src/org/http.ts';
import { randomNumbers } from '../cli/cert/killing.ts';
import type { AppOrg } from './app-org.ts';

/** With AQUILA_LONG=1 every request and every operation on the disk is interrupted, otherwise some of them. */
export const isLong = process.env.AQUILA_LONG === '1';

/** Some of the numbers from 1 to a count, the same in each run of the tests; all of them in a long one. */
export function sampler(seed: number): (count: number, most: number) => number[] {
  const random = randomNumbers(seed);
  return (count, most) => {
    const all = Array.from({ length: count }, (_, at) => at + 1);
    return isLong ? all : all.sort(() => random() - 0.5).slice(0, most);
  };
}

/** The same network, but the answer to the n-th request is lost. */
export function losing({ send, now }: Network, lost: number): Network {
  let count = 0;
  return {
    now,
    send: async (sent) => {
      count += 1;
      const mine = count;
      const answer = await send(sent);
      if (mine === lost) throw aquilaError('ConnectionLost', [new URL(sent.url).host]);
      return answer;
    },
  };
}

/** How a process ended, and what it printed. */
export type Victim = { signal: NodeJS.Signals | null; text: string };

/**
 * Runs a program of the tests that kills itself, in the home of an org.
 *
 * @param certificate a file with the certificate of the org's hosts
 */
export function runVictim(
  program: string,
  words: string[],
  { org, certificate }: { org: AppOrg; certificate: string }
): Promise<Victim> {
  const victim = spawn(process.execPath, [program, ...words], {
    env: {
      ...{ PATH: process.env.PATH, HOME: org.home, USERPROFILE: org.home, NODE_EXTRA_CA_CERTS: certificate },
      ...{ SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true', SF_DISABLE_TELEMETRY: 'true' },
      ...{ NO_PROXY: 'localhost', no_proxy: 'localhost' },
    },
  });
  let text = '';
  for (const stream of [victim.stdout, victim.stderr]) stream.on('data', (chunk: Buffer) => (text += String(chunk)));
  return new Promise((resolve) => victim.once('close', (_code, signal) => resolve({ signal, text })));
}

/** A process that was killed can't take its locks away; core takes one over that is old enough, and so does our journal. */
export function ageLocks(org: AppOrg, ...folders: string[]): void {
  const age = (path: string): void => {
    if (existsSync(path)) utimesSync(path, 0, 0);
  };
  for (const name of readdirSync(org.path('.sfdx')).filter((one) => one.endsWith('.lock')))
    age(org.path('.sfdx', name));
  for (const folder of folders) age(join(folder, '.sf-aquila-journal.json'));
}
