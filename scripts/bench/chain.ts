import { join } from 'node:path';
import { password, runChain } from './guide.ts';
import { newFolder, run } from './run.ts';
import type { Bench, Target } from './section.ts';

const cli = join(import.meta.dirname, '..', '..', 'bin', 'run.js');

/** The whole command with its start and the search for a key, against the eight commands of the guide. */
export async function chain({ measure, pairs }: Bench): Promise<Target[]> {
  const create = async (...flags: string[]): Promise<void> => {
    const words = ['--keystore', 'p12', '--keystore', 'jks', '--no-prompt', ...flags];
    const env = { SF_AQUILA_KEYSTORE_PASSWORD: password };
    await run(process.execPath, [cli, 'aquila', 'cert', 'create', ...words], { cwd: newFolder(), env });
  };
  for (const keyBits of [2048, 4096]) {
    await measure(
      `the eight commands of the guide, ${keyBits} bits`,
      'sf aquila cert create with both keystores',
      [() => runChain(keyBits, newFolder()), () => create('--key-size', String(keyBits))],
      pairs(21)
    );
  }
  return [];
}
