import { mayPass } from '../checks/login/propagation.ts';
import type { CheckReport } from '../checks/summary.ts';

/** Seconds between two attempts: sooner is no use, and every attempt shows in the Login History. */
const secondsBetween = 30;

export type Repetition = {
  minutes: number;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  /** Told before each pause. */
  onWait?: (left: { minutes: number }) => void;
};

/** Repeats a diagnosis while the only thing wrong is one that time mends, until it is gone, another comes up, or the time is over. */
export async function repeatWhilePassing(
  diagnose: () => Promise<CheckReport>,
  { minutes, now, pause, onWait }: Repetition
): Promise<CheckReport> {
  const end = now().getTime() + minutes * 60_000;
  for (;;) {
    const report = await diagnose();
    const left = end - now().getTime();
    if (!mayPass(report) || left < secondsBetween * 1000) return report;
    onWait?.({ minutes: Math.ceil(left / 60_000) });
    await pause(secondsBetween * 1000);
  }
}
