import { expect } from 'chai';
import type { Finding } from '../../src/checks/run.ts';
import { report, type CheckReport } from '../../src/checks/summary.ts';
import { repeatWhilePassing } from '../../src/probes/repeat.ts';
import { finding } from '../render/example-report.ts';

const refusedBy = (...causes: string[]): Finding => finding('login-accepted', 'fail', { data: { causes } });
const passing = report([refusedBy('wrong-client-id', 'not-replicated')]);
const lasting = report([refusedBy('not-pre-authorised')]);
const green = report([finding('login-accepted', 'pass')]);

/** The reports one after another, the last of them for ever; time passes in pauses, and as much as is told in each attempt. */
async function repeat(
  reports: readonly CheckReport[],
  { minutes, secondsEach = 0 }: { minutes: number; secondsEach?: number }
): Promise<{ result: CheckReport; attempts: number; pauses: number[]; told: number[] }> {
  let clock = Date.parse('2026-11-22T02:23:00Z');
  let attempts = 0;
  const pauses: number[] = [];
  const told: number[] = [];
  const result = await repeatWhilePassing(
    () => {
      clock += secondsEach * 1000;
      attempts += 1;
      return Promise.resolve(reports[Math.min(attempts, reports.length) - 1] ?? green);
    },
    {
      minutes,
      now: () => new Date(clock),
      pause: (milliseconds) => {
        clock += milliseconds;
        pauses.push(milliseconds);
        return Promise.resolve();
      },
      onWait: (left) => told.push(left.minutes),
    }
  );
  return { result, attempts, pauses, told };
}

describe('repeatWhilePassing', () => {
  it('waits for nothing where the first attempt passes', async () => {
    const { result, attempts, pauses, told } = await repeat([green], { minutes: 30 });
    expect([result, attempts, pauses, told]).to.deep.equal([green, 1, [], []]);
  });

  it('tries again every 30 seconds until the refusal is gone, and says before each pause how long it may take', async () => {
    const { result, attempts, pauses, told } = await repeat([passing, passing, passing, green], { minutes: 2 });
    expect([result, attempts, pauses]).to.deep.equal([green, 4, [30_000, 30_000, 30_000]]);
    expect(told).to.deep.equal([2, 2, 1]);
  });

  it('stops when another cause comes up', async () => {
    const { result, attempts } = await repeat([passing, lasting, green], { minutes: 30 });
    expect([result, attempts]).to.deep.equal([lasting, 2]);
  });

  it('stops when the time is over, with the last findings', async () => {
    const { result, pauses } = await repeat([passing], { minutes: 2 });
    expect([result, pauses]).to.deep.equal([passing, [30_000, 30_000, 30_000, 30_000]]);
  });

  it('counts the time that the attempts take, and does not begin a pause that would end too late', async () => {
    const { attempts, pauses } = await repeat([passing], { minutes: 1, secondsEach: 20 });
    expect([attempts, pauses]).to.deep.equal([2, [30_000]]);
  });

  it('asks once where there are no minutes to wait', async () => {
    const { result, attempts, told } = await repeat([passing, green], { minutes: 0 });
    expect([result, attempts, told]).to.deep.equal([passing, 1, []]);
  });
});
