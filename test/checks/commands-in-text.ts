import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type CommandClass = { flags: Record<string, { required?: boolean; char?: string }> };

const commands = join(import.meta.dirname, '..', '..', 'src', 'commands', 'aquila');

/**
 * What is wrong with the commands of ours that a text names as whole commands: none of that name, a flag that it doesn't have, a required
 * flag that is missing. A command ends with its line, or with the quote or bracket around it; `--help` is a flag of every command.
 */
export async function commandFaults(text: string): Promise<string[]> {
  const found = [...text.matchAll(/\bsf aquila ((?:(?!sf aquila)[^\n'"`#;])*)/g)].map(
    ([, words]) => words?.trim() ?? ''
  );
  const faults = await Promise.all(found.map(faultsOf));
  return faults.flat();
}

async function faultsOf(words: string): Promise<string[]> {
  const [first = '', second = ''] = words.split(' ');
  if (words.startsWith('--help')) return [];
  const path = [join(commands, `${first}.ts`), join(commands, first, `${second}.ts`)].find((file) => existsSync(file));
  if (path === undefined) return [`sf aquila ${words}: no such command`];
  const { flags } = ((await import(pathToFileURL(path).href)) as { default: CommandClass }).default;
  const given = [...words.matchAll(/(?<=\s)--([a-z-]+)/g)].map(([, name]) => name ?? '');
  const unknown = given.filter((name) => !(name in flags) && name !== 'help' && name !== 'json');
  const missing = given.includes('help')
    ? []
    : Object.keys(flags).filter((name) => flags[name]?.required && !given.includes(name));
  return [
    ...unknown.map((name) => `sf aquila ${words}: no flag --${name}`),
    ...missing.map((name) => `sf aquila ${words}: --${name} is missing`),
  ];
}
