/** The middle of some measurements and how far they lie apart: the lower and the upper quartile. Milliseconds. */
export type Spread = { median: number; lowerQuartile: number; upperQuartile: number };

/** Two commands that were timed in turns: `ratio` is the median of the first by the median of the second. */
export type Comparison = { what: string; against: string; pairs: number; first: Spread; second: Spread; ratio: number };

/** Runs once and returns when it is over. */
export type Run = () => Promise<void>;

/**
 * Times two commands against each other, one right after the other, so that a machine which is slow for a while is slow for both. Who
 * begins changes with every pair. Both run twice before anything counts, to fill the caches of disk and of sf.
 */
export async function compare(
  names: { what: string; against: string },
  [first, second]: [Run, Run],
  pairs: number
): Promise<Comparison> {
  for (const run of [first, second, second, first]) await run();
  const times = { first: [] as number[], second: [] as number[] };
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) times.first.push(await timed(first));
    times.second.push(await timed(second));
    if (pair % 2 === 1) times.first.push(await timed(first));
  }
  const [one, other] = [spread(times.first), spread(times.second)];
  return { ...names, pairs, first: one, second: other, ratio: one.median / other.median };
}

async function timed(run: Run): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function spread(times: number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
  };
}

/** Linear between the two nearest measurements. */
function quantile(sorted: number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
}
