import { expect } from 'chai';
import type { AnyCheck, VerdictStatus } from '../../src/checks/define.ts';
import type { Facts } from '../../src/checks/facts.ts';

/** One row of a check's table: the facts that it sees, and what a user would read. */
export type CheckCase = {
  /** Reads as a fact behind the id of the check. */
  fact: string;
  given: Partial<Facts>;
  status: VerdictStatus;
  /** What the detail must hold. */
  detail?: string | RegExp;
  /** The check that stands in the way. */
  blockedBy?: string;
  data?: Record<string, unknown>;
  /** What the verdict's own fix must hold. */
  fix?: string;
};

/** The statuses that the tables of this run prove, by check. */
export const proven = new Map<string, Set<VerdictStatus>>();

let noting = false;

/** What tables prove is noted while they are loaded, and none of their tests is made. */
export async function notingTables(load: () => Promise<void>): Promise<void> {
  noting = true;
  try {
    await load();
  } finally {
    noting = false;
  }
}

/** Runs a check's table. A fact that `needs` names and the table leaves out is an error of the table. */
export function describeCheck(check: AnyCheck, cases: readonly CheckCase[]): void {
  proven.set(check.id, new Set(cases.map(({ status }) => status)));
  if (noting) return;
  describe(check.id, () => {
    for (const { fact, given, status, detail, blockedBy, data, fix } of cases) {
      it(`${check.id} ${fact}`, () => {
        expect(check.needs.filter((name) => !(name in given))).to.deep.equal([]);
        const seen = Object.fromEntries(
          Object.entries(given).filter(([name]) => check.needs.some((need) => need === name))
        );
        const verdict = check.judge(seen as Facts);
        expect(verdict.status, verdict.detail).to.equal(status);
        expect(verdict.blockedBy).to.equal(blockedBy);
        if (detail instanceof RegExp) expect(verdict.detail).to.match(detail);
        else if (detail !== undefined) expect(verdict.detail).to.include(detail);
        if (data) expect(verdict.data).to.deep.include(data);
        if (fix !== undefined) expect(verdict.fix).to.include(fix);
      });
    }
  });
}
