/**
 * `npm run bench`: what the plugin costs those who have it installed. Ratios of wall time of the real sf, since nothing else can be
 * compared between machines; method and results stand in docs/benchmarks.md.
 *
 *     npm run bench                 all comparisons, as text
 *     npm run bench -- --json       the figures
 *     npm run bench -- --pairs 11   fewer pairs, for a first look
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, withPlugin, withoutPlugin, workshop } from '../test/installed/plugin.ts';
import { startSf } from '../test/installed/sf.ts';
import type { Machine } from '../test/installed/sf.ts';
import { compare } from './bench/pairs.ts';
import type { Comparison } from './bench/pairs.ts';

/** What every sf command may take longer because this plugin is there. */
const target = 1.05;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, pairs: { type: 'string', default: '41' } },
});
const pairs = Number(values.pairs);
if (!Number.isInteger(pairs) || pairs < 1) throw new Error('--pairs takes a number above 0');

const having: Machine = { home: join(workshop, 'having'), data: (await withPlugin()).data };
const lacking: Machine = { home: join(workshop, 'lacking'), data: (await withoutPlugin()).data };

/** One run that must end with the given exit code. */
const sf =
  (machine: Machine, words: string, { logFile = false, expected = 0 } = {}) =>
  async (): Promise<void> => {
    const more = logFile ? {} : { SF_DISABLE_LOG_FILE: 'true' };
    const { code, stderr } = await startSf(machine, words.split(' '), { more }).done;
    if (code !== expected) throw new Error(`sf ${words} ended with ${code}: ${stderr}`);
  };

const { commands } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as { commands: object };
const ours = Object.keys(commands).map((id) => id.replaceAll(':', ' '));
const stock = 'org login jwt';

const results: Comparison[] = [];
async function measure(
  what: string,
  against: string,
  runs: Parameters<typeof compare>[1],
  count = pairs
): Promise<number> {
  const result = await compare({ what, against }, runs, count);
  results.push(result);
  if (!values.json) console.log(line(result));
  return result.ratio;
}

function line({ what, against, ratio, first, second, pairs: count }: Comparison): string {
  const [one, other] = [first, second].map(
    ({ median, lowerQuartile, upperQuartile }) =>
      `${median.toFixed(0)} ms (${lowerQuartile.toFixed(0)}-${upperQuartile.toFixed(0)})`
  );
  return `${ratio.toFixed(3)}  ${what}: ${one}, against ${against}: ${other}, ${count} pairs`;
}

// At the end of a short command, the library behind sf's log file waits 0.1 s or more if its thread is not ready yet, which is as good as
// chance. So the target is judged with the log file off; the other figures say what that hides.
const ratio = await measure('sf version with the plugin', 'sf version without it', [
  sf(having, 'version'),
  sf(lacking, 'version'),
]);
await measure('sf version with plugin and log file', 'sf version with the log file only', [
  sf(having, 'version', { logFile: true }),
  sf(lacking, 'version', { logFile: true }),
]);
const few = Math.ceil(pairs / 4);
for (const command of [...ours, stock]) {
  await measure(`sf ${command} --help`, 'sf version', [sf(having, `${command} --help`), sf(having, 'version')], few);
}
// With a flag that does not exist everything is loaded and nothing is done.
for (const logFile of [false, true]) {
  for (const command of ours) {
    const start = (name: string): ReturnType<typeof sf> =>
      sf(having, `${name} --no-such-flag`, { logFile, expected: 2 });
    const suffix = logFile ? ' with the log file' : '';
    await measure(`start of sf ${command}${suffix}`, `start of sf ${stock}`, [start(command), start(stock)], few);
  }
}

const reached = ratio <= target;
if (values.json) console.log(JSON.stringify({ target, reached, results }, undefined, 2));
else console.log(`\nThe plugin ${reached ? 'stays within' : 'EXCEEDS'} the target: ${target} for sf version.`);
process.exitCode = reached ? 0 : 1;
