import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSf } from './sf.ts';

/** Where the processes of one run make what they need; mocha ends them without a word, so that they can't clean up themselves. */
const variable = 'AQUILA_WORKSHOP';

/** For mocha, before any file runs: sf is installed once, and not by two processes at the same time. */
export function mochaGlobalSetup(): void {
  process.env[variable] = mkdtempSync(join(tmpdir(), 'aquila-installed-'));
  ensureSf();
}

export function mochaGlobalTeardown(): void {
  const folder = process.env[variable];
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** One temporary folder for everything that this process makes. */
export const workshop = mkdtempSync(join(process.env[variable] ?? tmpdir(), 'aquila-installed-'));
process.on('exit', () => rmSync(workshop, { recursive: true, force: true, maxRetries: 3 }));
