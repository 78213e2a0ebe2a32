import type { Run } from './pairs.ts';

/** Times the first command against the second; the ratio is that of their medians. */
export type Measure = (what: string, against: string, runs: [Run, Run], pairs: number) => Promise<number>;

/** A promise about one ratio, and whether it was kept. */
export type Target = { what: string; ratio: number; atMost?: number; atLeast?: number };

/** How a section gets what it needs: `pairs` is what `--pairs` says, or else what the section asks for. */
export type Bench = { measure: Measure; pairs: (usual: number) => number };

/** A group of comparisons that can be run alone; it gives back the promises that stand on them. */
export type Section = (bench: Bench) => Promise<Target[]>;

export const isReached = ({ ratio, atMost = Infinity, atLeast = 0 }: Target): boolean =>
  ratio <= atMost && ratio >= atLeast;
