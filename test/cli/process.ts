import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command line, as users of `bin/run.js` have it. */
export const cli = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export type Outcome = { stdout: string; stderr: string; code: number | null; json: () => unknown };

/** A folder of its own for one test: home and working directory at once. */
export class Place {
  readonly folder: string;

  /** Everything that the runs in this place have printed. */
  #printed = '';

  /** @param folder that of another one, who removes it */
  constructor(folder = mkdtempSync(join(tmpdir(), 'aquila-cli-'))) {
    this.folder = folder;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All that the runs printed and all that lies in the place now, logs of sf included. */
  everything(): string {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    return [this.#printed, ...files].join('\n');
  }

  /**
   * Runs `sf aquila …` in this place, without a terminal. `started` gets what interrupts it; `heard` all that it has said on standard error,
   * at each word, for tests that answer it.
   */
  async run(
    words: string[],
    {
      env,
      input,
      started,
      heard,
    }: {
      env?: Record<string, string>;
      input?: string;
      started?: (kill: (signal: NodeJS.Signals) => void) => void;
      heard?: (stderr: string) => void;
    } = {}
  ): Promise<Outcome> {
    const child = spawn(process.execPath, [cli, 'aquila', ...words], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        USERPROFILE: this.folder,
        SF_DISABLE_TELEMETRY: 'true',
        SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
        NO_COLOR: '1',
        // Every run loads the same libraries: compiled once, they start a tenth faster.
        NODE_COMPILE_CACHE: join(tmpdir(), 'aquila-compile-cache'),
        ...env,
      },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      heard?.(stderr);
    });
    child.stdin.end(input ?? '');
    started?.((signal) => child.kill(signal));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    this.#printed += stdout + stderr;
    return { stdout, stderr, code, json: () => JSON.parse(stdout) as unknown };
  }
}
