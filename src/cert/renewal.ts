import type { X509Certificate } from 'node:crypto';
import { problem, type Problem } from '../errors.ts';

/** Same key, or a new one. */
export type RenewalKind = 'renew' | 'rekey';

/** The folder that a new pair waits in until the app is proven to hold its certificate: beside the key, and named after it. */
export const renewalFolder = (base: string): string => `${base}.renewal`;

/** The folder that the files of before are kept in: dated in UTC, and numbered where there is one of that day. */
export function backupFolder(base: string, now: Date, isTaken: (name: string) => boolean): string {
  const dated = `${base}.backup-${now.toISOString().slice(0, 10)}`;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? dated : `${dated}-${count}`;
    if (!isTaken(name)) return name;
  }
}

/** Whether a folder has a name that a renewal gives beside a pair of these names. */
export const isFolderOfRenewal = (name: string, base: string): boolean =>
  name === renewalFolder(base) ||
  (name.startsWith(`${base}.backup-`) && /^\d{4}-\d\d-\d\d(?:-\d+)?$/.test(name.slice(base.length + 8)));

/** SHA-256 of certificates, upper-case hexadecimal with colons, at the places where an interrupted renewal may have left them. */
export type RenewalState = {
  /** The one beside the key. */
  present: string;
  /** The one that waits in the folder of the renewal, and whether its key is the present one. */
  staged: { fingerprint256: string; kind: RenewalKind } | undefined;
  /** The one that the app holds; undefined where the org does not show it. */
  held: string | undefined;
};

/** `clear`: the files are in place already, only the folder of the renewal is left. */
export type RenewalStep = 'begin' | 'deploy' | 'prove' | 'clear';

/**
 * Where a renewal begins, or goes on. What the app may hold already is finished, whatever was asked for; what no app holds is finished only
 * by the same wish, since its key would be lost otherwise without a word.
 *
 * @param folder of the renewal, for the message
 */
export function nextStep(
  { present, staged, held }: RenewalState,
  wish: RenewalKind,
  folder: string
): { step: RenewalStep } | { problem: Problem<'RenewalUnfinished'> } {
  if (!staged) return { step: 'begin' };
  if (staged.fingerprint256 === present) return { step: 'clear' };
  if (staged.fingerprint256 === held) return { step: 'prove' };
  if (staged.kind === wish) return { step: 'deploy' };
  return { problem: unfinished(staged.kind, folder, staged.kind === 'rekey' ? 'with --rekey' : 'without --rekey') };
}

/** @param how the command has to be run to finish what an earlier run began */
export const unfinished = (kind: RenewalKind, folder: string, how: string): Problem<'RenewalUnfinished'> =>
  problem('RenewalUnfinished', [kind === 'rekey' ? 'rekey' : 'renewal', folder], [how, folder]);

const dayMs = 86_400_000;

/** Whether a waiting certificate was made within the last week: by a run that this one goes on from. */
export const isFresh = ({ validFromDate }: X509Certificate, now: Date): boolean =>
  Math.abs(now.getTime() - validFromDate.getTime()) < 7 * dayMs;

/** Whether one of these ends in fewer days than are wanted. */
export const isDue = (ends: readonly Date[], now: Date, warnDays: number): boolean =>
  ends.some((end) => Math.floor((end.getTime() - now.getTime()) / dayMs) < warnDays);
