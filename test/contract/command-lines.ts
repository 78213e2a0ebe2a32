import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '@oclif/core';
import type { Manifest } from '../../scripts/contract.ts';

/** The committed manifest; generated.test.ts proves that it says what the code says, and complains where it is missing. */
export function committedManifest(): Manifest {
  const file = join(import.meta.dirname, '..', '..', 'oclif.manifest.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : { version: '', commands: {} };
}

/** Splits a line as a shell does, as far as examples need it: spaces, single and double quotes; stops at a pipe, a redirection, or a comment. */
export function words(line: string): string[] {
  const found: string[] = [];
  for (const [, double, single, plain] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    if (plain !== undefined && /^(?:[|>#&;]|2>)/.test(plain)) break;
    found.push(double ?? single ?? plain ?? '');
  }
  return found;
}

/** The command lines in an example of a command, with the placeholders of oclif filled in; a trailing backslash continues a line. */
export function commandLines(example: string, id: string): string[] {
  return example
    .replaceAll('<%= config.bin %>', 'sf')
    .replaceAll('<%= command.id %>', id.replaceAll(':', ' '))
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/^\$ /, ''))
    .filter((line) => line.startsWith('sf '));
}

/** The command that begins with the longest run of the given words, and what follows it. */
export function commandOf(
  argv: string[],
  { commands }: Manifest
): { command: Command.Cached; rest: string[] } | undefined {
  for (let length = argv.length; length > 0; length--) {
    const command = commands[argv.slice(0, length).join(':')];
    if (command !== undefined) return { command, rest: argv.slice(length) };
  }
  return undefined;
}
