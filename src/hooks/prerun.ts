import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

// This runs before every sf command, so it imports nothing but Node's own modules and touches a handful of small files at most.

type Context = { Command: { id: string }; argv: string[] };
type Auth = { jwtAudience?: string; loginUrl?: string };

/**
 * Two things that only a hook can do:
 * - a command of this plugin ends with 130 on Ctrl-C, after its files are cleaned up by their `exit` handlers;
 * - when the org of a command was logged in with an audience of its own, sf's refresh is told so by SF_AUDIENCE_URL, the one knob that
 *   it has (docs/reference/sf-cli.md §3). Other orgs and a value that the user set are left alone.
 */
export default function prerun({ Command, argv }: Context): void {
  if (Command.id.startsWith('aquila')) {
    process.prependListener('SIGINT', () => process.exit(130));
    return;
  }
  if (process.env.SF_AUDIENCE_URL !== undefined) return;
  const audience = Command.id === 'org:list' ? onlyAudience() : customAudience(username(target(argv)));
  if (audience !== undefined) process.env.SF_AUDIENCE_URL = audience;
}

const stateFolder = (): string => join(homedir(), '.sfdx');

/** The audience of a login that differs from where it logs in; undefined for every other login. */
function customAudience(user: string | undefined): string | undefined {
  if (user === undefined) return undefined;
  const { jwtAudience, loginUrl } = readJson(join(stateFolder(), `${user}.json`)) as Auth;
  return typeof jwtAudience === 'string' && jwtAudience !== loginUrl ? jwtAudience : undefined;
}

/** `org list` refreshes every org in one process, and there is one variable: it is set where all custom audiences agree. */
function onlyAudience(): string | undefined {
  const files = existsSync(stateFolder()) ? readdirSync(stateFolder()) : [];
  const audiences = files
    .filter((file) => /^[^.].*@.*\.json$/.test(file))
    .flatMap((file) => customAudience(file.slice(0, -'.json'.length)) ?? []);
  return new Set(audiences).size === 1 ? audiences[0] : undefined;
}

/** The org that the arguments name, else the default org. */
function target(argv: readonly string[]): string | undefined {
  for (const [index, word] of argv.entries()) {
    const [, long] = /^--(?:target-org|target-dev-hub|targetusername)=(.+)$/.exec(word) ?? [];
    const [, short] = /^-[ov]=?(.+)$/.exec(word) ?? [];
    const next = /^(--target-org|--target-dev-hub|--targetusername|-o|-v)$/.test(word) ? argv[index + 1] : undefined;
    const found = long ?? short ?? next;
    if (found !== undefined) return found;
  }
  return process.env.SF_TARGET_ORG ?? process.env.SFDX_DEFAULTUSERNAME ?? defaultOrg();
}

function defaultOrg(): string | undefined {
  for (let folder = process.cwd(), parent = ''; folder !== parent; parent = folder, folder = dirname(folder)) {
    if (!existsSync(join(folder, 'sfdx-project.json'))) continue;
    const local = readJson(join(folder, '.sf', 'config.json'))['target-org'];
    if (typeof local === 'string') return local;
    break;
  }
  const global = readJson(join(homedir(), '.sf', 'config.json'))['target-org'];
  return typeof global === 'string' ? global : undefined;
}

function username(name: string | undefined): string | undefined {
  if (name === undefined || /[/\\]/.test(name)) return undefined;
  const { orgs } = readJson(join(stateFolder(), 'alias.json')) as { orgs?: Record<string, string> };
  return orgs?.[name] ?? name;
}

function readJson(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
