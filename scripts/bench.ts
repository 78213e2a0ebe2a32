/**
 * `npm run bench`: ratios of wall time, since nothing else can be compared between machines; method and results stand in
 * docs/benchmarks.md.
 *
 *     npm run bench                    all comparisons, as text
 *     npm run bench -- --only steps    one section: steps, chain, start, app, orgs or installed; may be repeated
 *     npm run bench -- --json          the figures
 *     npm run bench -- --pairs 5       another number of pairs, for a first look
 */
import { parseArgs } from 'node:util';
import { compare } from './bench/pairs.ts';
import type { Comparison } from './bench/pairs.ts';
import { missingTools } from './bench/run.ts';
import { isReached } from './bench/section.ts';
import type { Bench, Section, Target } from './bench/section.ts';

/** Loaded when they are wanted: one installs the real sf, others need the programs of the guide. */
const sections: Record<string, { needsTools: boolean; load: () => Promise<Section> }> = {
  steps: { needsTools: true, load: async () => (await import('./bench/steps.ts')).steps },
  chain: { needsTools: true, load: async () => (await import('./bench/chain.ts')).chain },
  start: { needsTools: false, load: async () => (await import('./bench/start.ts')).start },
  app: { needsTools: false, load: async () => (await import('./bench/app.ts')).app },
  orgs: { needsTools: false, load: async () => (await import('./bench/orgs.ts')).orgs },
  installed: { needsTools: false, load: async () => (await import('./bench/installed.ts')).installed },
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    pairs: { type: 'string' },
    only: { type: 'string', multiple: true, default: Object.keys(sections) },
  },
});
const given = values.pairs === undefined ? undefined : Number(values.pairs);
if (given !== undefined && (!Number.isInteger(given) || given < 1)) throw new Error('--pairs takes a number above 0');
const unknown = values.only.find((name) => !(name in sections));
if (unknown !== undefined) throw new Error(`--only takes ${Object.keys(sections).join(', ')}, not ${unknown}`);

const results: Array<Comparison & { section: string }> = [];
const targets: Target[] = [];
const benchOf = (section: string): Bench => ({
  pairs: (usual) => given ?? usual,
  measure: async (what, against, runs, pairs) => {
    const result = await compare({ what, against }, runs, pairs);
    results.push({ section, ...result });
    if (!values.json) console.log(line(result));
    return result.ratio;
  },
});

function line({ what, against, ratio, first, second, pairs }: Comparison): string {
  const [one, other] = [first, second].map(
    ({ median, lowerQuartile, upperQuartile }) =>
      `${median.toFixed(0)} ms (${lowerQuartile.toFixed(0)}-${upperQuartile.toFixed(0)})`
  );
  return `${ratio.toFixed(3)}  ${what}: ${one}, against ${against}: ${other}, ${pairs} pairs`;
}

const lacking = missingTools();
for (const name of values.only) {
  const { needsTools, load } = sections[name]!;
  if (needsTools && lacking.length > 0) {
    console.error(`${name} skipped: ${lacking.join(' and ')} not installed`);
    continue;
  }
  if (!values.json) console.log(`\n${name}`);
  targets.push(...(await (await load())(benchOf(name))));
}

const judged = targets.map((target) => ({ ...target, reached: isReached(target) }));
const reached = judged.every((target) => target.reached);
if (values.json) console.log(JSON.stringify({ reached, targets: judged, results }, undefined, 2));
else {
  console.log();
  for (const { what, ratio, atMost, atLeast, reached: isKept } of judged) {
    const limit = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
    console.log(`${isKept ? 'reached' : 'MISSED'}  ${what}: ${ratio.toFixed(3)}, target ${limit}`);
  }
}
process.exitCode = reached ? 0 : 1;
