import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, withPlugin, withoutPlugin } from '../../test/installed/plugin.ts';
import { startSf } from '../../test/installed/sf.ts';
import type { Machine } from '../../test/installed/sf.ts';
import { workshop } from '../../test/installed/workshop.ts';
import type { Run } from './pairs.ts';
import type { Bench, Target } from './section.ts';

/** What every sf command may take longer because this plugin is there. */
const atMost = 1.05;

/** What the plugin costs those who have it installed: the real sf with it and without it. */
export async function installed({ measure, pairs: pairsOf }: Bench): Promise<Target[]> {
  const pairs = pairsOf(41);
  const having: Machine = { home: join(workshop, 'having'), data: (await withPlugin()).data };
  const lacking: Machine = { home: join(workshop, 'lacking'), data: (await withoutPlugin()).data };

  /** One run that must end with the given exit code. */
  const sf =
    (machine: Machine, words: string, { logFile = false, expected = 0 } = {}): Run =>
    async () => {
      const more = logFile ? {} : { SF_DISABLE_LOG_FILE: 'true' };
      const { code, stderr } = await startSf(machine, words.split(' '), { more }).done;
      if (code !== expected) throw new Error(`sf ${words} ended with ${code}: ${stderr}`);
    };

  const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as { commands: object };
  const ours = Object.keys(commands).map((id) => id.replaceAll(':', ' '));
  const stock = 'org login jwt';

  // At the end of a short command, the library behind sf's log file waits 0.1 s or more if its thread is not ready yet, which is as
  // good as chance. So the target is judged with the log file off; the other figures say what that hides.
  const plain: [Run, Run] = [sf(having, 'version'), sf(lacking, 'version')];
  const ratio = await measure('sf version with the plugin', 'sf version without it', plain, pairs);
  await measure(
    'sf version with plugin and log file',
    'sf version with the log file only',
    [sf(having, 'version', { logFile: true }), sf(lacking, 'version', { logFile: true })],
    pairs
  );
  const few = Math.ceil(pairs / 4);
  for (const command of [...ours, stock]) {
    await measure(`sf ${command} --help`, 'sf version', [sf(having, `${command} --help`), sf(having, 'version')], few);
  }
  // With a flag that does not exist everything is loaded and nothing is done.
  for (const logFile of [false, true]) {
    for (const command of ours) {
      const start = (name: string): Run => sf(having, `${name} --no-such-flag`, { logFile, expected: 2 });
      const suffix = logFile ? ' with the log file' : '';
      await measure(`start of sf ${command}${suffix}`, `start of sf ${stock}`, [start(command), start(stock)], few);
    }
  }
  return [{ what: 'sf version with the plugin, by sf version without it', ratio, atMost }];
}
