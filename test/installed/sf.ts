import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const folder = import.meta.dirname;
const tools = join(folder, 'node_modules', '.bin');

/** Installs the Salesforce CLI as the lock file of this folder says, unless that is done. Needs a package registry. */
export function ensureSf(): void {
  const [lock, installed] = [join(folder, 'package-lock.json'), join(folder, 'node_modules', '.package-lock.json')];
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]);
}

/** Runs npm and returns what it prints. */
export function npm(words: string[], cwd = folder): string {
  const { status, stdout, stderr, error } = spawnSync('npm', words, {
    ...{
      cwd,
      env: { ...process.env, PATH: path(dirname(process.execPath)) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${words.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

const path = (...first: string[]): string => [...first, process.env['PATH'] ?? ''].join(delimiter);

/** What one run of sf left behind. */
export type Run = { words: string[]; code: number | null; stdout: string; stderr: string };

/** Where sf keeps what belongs to one person on one machine. */
export type Machine = {
  /** HOME. */
  home: string;
  /** XDG_DATA_HOME: the plugins that are installed. Several machines may use the same. */
  data: string;
};

/** The variables that sf gets: those of a quiet machine in CI, and nothing of the one that runs the tests. */
function environment({ home, data }: Machine): NodeJS.ProcessEnv {
  mkdirSync(home, { recursive: true });
  return {
    PATH: path(dirname(process.execPath), tools),
    HOME: home,
    USERPROFILE: home,
    XDG_DATA_HOME: data,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_STATE_HOME: join(home, '.state'),
    CI: 'true',
    NO_COLOR: '1',
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };
}

/** Starts sf without a terminal and without standard input, as the leader of a process group of its own. */
export function startSf(
  machine: Machine,
  words: string[],
  { cwd = machine.home, more = {} }: { cwd?: string; more?: NodeJS.ProcessEnv } = {}
): { child: ChildProcess; done: Promise<Run> } {
  const child = spawn(join(tools, 'sf'), words, {
    ...{ cwd, env: { ...environment(machine), ...more }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    ...{ timeout: 120_000, killSignal: 'SIGKILL' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = once(child, 'close').then(([code]) => ({ words, code: code as number | null, stdout, stderr }));
  return { child, done };
}

/**
 * `sf plugins install` of a packed plugin for everybody who uses this data folder. Its dependencies come from npm's registry, so npm keeps
 * the settings and the cache of the person who runs this.
 */
export async function installPlugin(packed: string, machine: Machine): Promise<Run> {
  const spec = `file:${packed}`;
  const allowed = join(machine.home, '.config', 'sf');
  mkdirSync(allowed, { recursive: true });
  // An unsigned plugin is installed only after a question, unless this file names it (docs/reference/sf-cli.md §9).
  writeFileSync(join(allowed, 'unsignedPluginAllowList.json'), JSON.stringify([spec]));
  const more = {
    ...process.env,
    ...environment(machine),
    npm_config_userconfig: process.env['npm_config_userconfig'] ?? join(homedir(), '.npmrc'),
    npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
  };
  return startSf(machine, ['plugins', 'install', spec], { more }).done;
}
