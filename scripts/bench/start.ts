import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Plugin } from '@oclif/core';
import { newFolder, run, workshop } from './run.ts';
import type { Bench, Target } from './section.ts';

const root = join(import.meta.dirname, '..', '..');

const emptyCommand = `import { SfCommand } from '@salesforce/sf-plugins-core';
export default class Empty extends SfCommand {
  static summary = 'Do nothing.';
  async run() {
    await this.parse(Empty);
  }
}
`;

/** The start of each of our commands against that of a command which does nothing, in a plugin with nothing else in it. */
export async function start({ measure, pairs }: Bench): Promise<Target[]> {
  const empty = await emptyPlugin();
  const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as { commands: object };
  // With a flag that does not exist everything is loaded and nothing is done.
  const begin = (plugin: string, id: string) => (): Promise<void> => {
    const words = [join(plugin, 'bin', 'run.js'), ...id.split(':'), '--no-such-flag'];
    return run(process.execPath, words, { cwd: workshop, expected: 2 });
  };
  for (const id of Object.keys(commands)) {
    const name = `start of sf ${id.replaceAll(':', ' ')}`;
    await measure(name, 'start of an empty command', [begin(root, id), begin(empty, 'aquila:empty')], pairs(11));
  }
  return [];
}

/** A plugin with one command, a manifest, and our own copies of the framework. */
export async function emptyPlugin(): Promise<string> {
  const folder = newFolder();
  const commands = join(folder, 'lib', 'commands', 'aquila');
  for (const path of [commands, join(folder, 'bin')]) mkdirSync(path, { recursive: true });
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: object };
  const oclif = { bin: 'sf', dirname: 'sf', commands: './lib/commands', topicSeparator: ' ', flexibleTaxonomy: true };
  const description = { name: 'sf-plugin-empty', version: '1.0.0', type: 'module', engines, oclif };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description));
  writeFileSync(join(commands, 'empty.js'), emptyCommand);
  for (const file of ['run.js', 'node-version.js']) copyFileSync(join(root, 'bin', file), join(folder, 'bin', file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const plugin = new Plugin({ ignoreManifest: true, respectNoCacheDefault: true, root: folder, type: 'core' });
  await plugin.load();
  writeFileSync(join(folder, 'oclif.manifest.json'), JSON.stringify(plugin.manifest));
  return folder;
}
