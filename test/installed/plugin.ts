import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSf, installPlugin, npm, startSf } from './sf.ts';
import type { Machine, Run } from './sf.ts';
import { workshop } from './workshop.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Packs what stands in lib/ now, as `npm publish` would, and returns the path of the archive. */
function pack(): string {
  const folder = join(workshop, 'packed');
  mkdirSync(folder);
  npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
  const [archive] = readdirSync(folder);
  return join(folder, archive!);
}

/** An sf that has the plugin, or has it not: the data folder, and what the installation said. */
export type Installation = { data: string; said: string };

const installations = new Map<string, Promise<Installation>>();

function once(name: string, make?: (machine: Machine) => Promise<Run>): Promise<Installation> {
  const begun = installations.get(name);
  if (begun) return begun;
  const data = join(workshop, name, 'data');
  const made = (async () => {
    ensureSf();
    const run = await make?.({ data, home: join(workshop, name, 'home') });
    if (run && run.code !== 0) throw new Error(`sf ${run.words.join(' ')} ended with ${run.code}: ${run.stderr}`);
    return { data, said: run?.stderr ?? '' };
  })();
  installations.set(name, made);
  return made;
}

/** The packed plugin by `sf plugins install`: what a user gets. Made when first asked for. */
export const withPlugin = (): Promise<Installation> => once('with-plugin', (machine) => installPlugin(pack(), machine));

/** The project's folder by `sf plugins link`: what a developer gets. */
export const withLink = (): Promise<Installation> =>
  once('with-link', (machine) => startSf(machine, ['plugins', 'link', '--no-install', root]).done);

/** Stock sf. */
export const withoutPlugin = (): Promise<Installation> => once('without-plugin');
