/**
 * The contract of the commands as files: oclif.manifest.json, command-snapshot.json, and one JSON schema per command. `npm run contract` writes
 * them; test/contract compares. The manifest says what `oclif manifest` says (sorted, and without touching the file in
 * place), the schemas what `schema generate` of @oclif/plugin-command-snapshot says (with one TypeScript program for all
 * commands instead of one each).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Plugin, settings, type Command } from '@oclif/core';
import { createGenerator, DEFAULT_CONFIG } from 'ts-json-schema-generator';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

export type Manifest = { version: string; commands: Record<string, Command.Cached & { relativePath: string[] }> };

/** What `oclif.manifest.json` should hold: the commands as built in lib/. */
export async function manifest(): Promise<Manifest> {
  settings.enableAutoTranspile = false;
  const plugin = new Plugin({
    errorOnManifestCreate: true,
    ignoreManifest: true,
    respectNoCacheDefault: true,
    root,
    type: 'core',
  });
  await plugin.load();
  const { commands, version } = plugin.manifest as Manifest;
  const sorted = Object.entries(commands).sort(([one], [other]) => (one < other ? -1 : 1));
  return { commands: Object.fromEntries(sorted), version };
}

/** What `command-snapshot.json` should hold: names, flags and letters, as the development bin reads them from src/. */
function snapshot(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aquila-snapshot-'));
  const filepath = join(folder, 'command-snapshot.json');
  try {
    execFileSync(process.execPath, [join(root, 'bin', 'dev.js'), 'snapshot', 'generate', '--filepath', filepath]);
    return readFileSync(filepath, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The type in `extends SfCommand<…>`, which the file exports. */
function resultTypeOf(file: string): string {
  const [, type] = /extends SfCommand<(\w+)>/.exec(readFileSync(file, 'utf8')) ?? [];
  if (type === undefined) throw new Error(`${file} has no class that extends SfCommand<its exported result type>`);
  return type;
}

/** The JSON schemas of the results, by path from the root of the project. */
function schemas(commands: Manifest['commands']): Map<string, string> {
  const files = Object.entries(commands).map(([id, { relativePath }]) => ({
    id,
    source: join(root, 'src', ...relativePath.slice(1)).replace(/\.js$/, '.ts'),
  }));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const tsProgram = ts.createProgram(
    files.map(({ source }) => source),
    options
  );
  const generator = createGenerator({ ...DEFAULT_CONFIG, tsProgram, skipTypeCheck: true });
  return new Map(
    files.map(({ id, source }) => [
      `schemas/${id.replaceAll('-', '__').replaceAll(':', '-')}.json`,
      JSON.stringify(generator.createSchema(resultTypeOf(source)), null, 2),
    ])
  );
}

/** All files of the contract as they should be: text by path from the root of the project. Needs lib/ to be built. */
export async function contract(): Promise<Map<string, string>> {
  const current = await manifest();
  return new Map([
    ['oclif.manifest.json', JSON.stringify(current, null, 2)],
    ['command-snapshot.json', snapshot()],
    ...schemas(current.commands),
  ]);
}

/** The files of the contract that are there, as paths from the root of the project. */
export function contractFiles(): string[] {
  const schemaFiles = existsSync(join(root, 'schemas')) ? readdirSync(join(root, 'schemas')) : [];
  const files = ['oclif.manifest.json', 'command-snapshot.json', ...schemaFiles.map((file) => `schemas/${file}`)];
  return files.filter((file) => existsSync(join(root, file)));
}

if (import.meta.main) {
  const wanted = await contract();
  for (const file of contractFiles().filter((name) => !wanted.has(name))) rmSync(join(root, file), { force: true });
  for (const [file, text] of wanted) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${text}\n`);
  }
  console.log(`wrote ${[...wanted.keys()].join(', ')}`);
}
