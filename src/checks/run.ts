import type { Problem } from '../errors.ts';
import {
  blocked,
  skip,
  type AnyCheck,
  type CheckId,
  type Verdict,
  type VerdictData,
  type VerdictStatus,
} from './define.ts';
import type { FactName, Facts, Known, Read, ReadName } from './facts.ts';
import { fillFix, type Names } from './fix.ts';

/**
 * What a probe answers: the value; `denied` with the permission that would show it; `failed` with the problem; `blocked` by the check
 * whose finding already says why the value can't be had, such as a login with a key that can't be read; or `skipped` with the reason why
 * it does not matter that it can't.
 */
export type Reading<Value> = { value: Value } | Denied | Failed | { blocked: CheckId } | { skipped: string };

/** The permission that would show a fact; `detail` and `fix` where there is more to say than that. */
export type Denied = { denied: string; detail?: string; fix?: string };

/** Why a fact can't be had; `fix` says more than the problem's own actions where it is there. */
export type Failed = { failed: Problem; data?: VerdictData; fix?: string };

/** One reader per fact. Each is called at most once in a run. */
export type Readers<Name extends ReadName = ReadName> = { [Fact in Name]: () => Promise<Reading<Read[Fact]>> };

/** What became of one check. Ids and statuses are API. */
export type Finding = {
  id: CheckId;
  title: string;
  status: VerdictStatus;
  detail?: string;
  data?: VerdictData;
  /** For a skip: the check whose finding stands in the way. */
  blockedBy?: CheckId;
  /** Present on anything that is neither pass nor skip. */
  fix?: string;
  /** The page that explains the check. */
  docs: string;
};

/** Which checks to run; which of them were deselected by name and are listed as skipped; and all that must not run. */
export type Selection = {
  run: readonly AnyCheck[];
  deselected: readonly AnyCheck[];
  forbidden: readonly AnyCheck[];
};

/** Why a check does not run whose facts only an administrator's session shows. */
export const needsAdmin = 'needs --admin-org';

/**
 * Reads each fact that the selected checks need, once and all at the same time, then lets every check judge. A check that stands in the
 * way of a selected one runs too, unless it is forbidden, so that a skip is always explained. Findings come in the order of the registry.
 */
export async function runChecks(
  selection: Selection,
  given: Known,
  readers: Partial<Readers>,
  registry: readonly AnyCheck[]
): Promise<Finding[]> {
  const answersFor = new Map(registry.flatMap((check) => (check.reads ? [[check.reads, check.id] as const] : [])));
  const read = new Map<ReadName, Reading<unknown>>();
  const run = new Set<AnyCheck>(selection.run);
  const left = new Set<AnyCheck>(selection.deselected);
  for (;;) {
    await readMissing([...run], readers, read);
    const findings = registry.flatMap((check) => {
      if (run.has(check)) return [finding(check, judgeCheck(check, given, read, answersFor), namesIn(given, read))];
      return left.has(check) ? [finding(check, { status: 'skip', detail: 'left out by --skip' }, given)] : [];
    });
    const inTheWay = registry.filter(
      (check) => !run.has(check) && !left.has(check) && findings.some(({ blockedBy }) => blockedBy === check.id)
    );
    if (inTheWay.length === 0) return findings;
    for (const check of inTheWay) (selection.forbidden.includes(check) ? left : run).add(check);
  }
}

async function readMissing(
  checks: readonly AnyCheck[],
  readers: Partial<Readers>,
  read: Map<ReadName, Reading<unknown>>
): Promise<void> {
  const needed = new Set(checks.flatMap(({ needs }) => needs));
  const missing = (Object.keys(readers) as ReadName[]).filter((name) => needed.has(name) && !read.has(name));
  await Promise.all(
    missing.map(async (name) => {
      const reading = await readers[name]?.();
      if (reading) read.set(name, reading);
    })
  );
}

function judgeCheck(
  check: AnyCheck,
  given: Known,
  read: ReadonlyMap<ReadName, Reading<unknown>>,
  answersFor: ReadonlyMap<ReadName, CheckId>
): Verdict {
  const facts: Partial<Record<FactName, unknown>> = { ...given };
  for (const name of check.needs) {
    const reading = read.get(name as ReadName);
    if (!reading && !(name in given)) return skip(needsAdmin);
    if (!reading) continue;
    if ('value' in reading) facts[name] = reading.value;
    else if ('blocked' in reading) return blocked(reading.blocked);
    else if (check.reads === name) return 'skipped' in reading ? skip(reading.skipped) : unread(reading);
    else return blocked(answersFor.get(name as ReadName) ?? check.id);
  }
  try {
    return check.judge(facts as Facts);
  } catch {
    // A crash must never pass. Its text is not shown: nobody has looked whether a secret is in it.
    const fix =
      'run the command again; if it stays, report it with the version from: sf plugins inspect sf-plugin-aquila';
    return { status: 'unknown', detail: 'the check itself broke', fix };
  }
}

/** The names that a fix can use: what was known before, and the app that was found. */
function namesIn(given: Known, read: ReadonlyMap<ReadName, Reading<unknown>>): Names {
  const app = read.get('app') as Reading<Read['app']> | undefined;
  return { ...given, ...(app && 'value' in app && { app: app.value }) };
}

function unread(reading: Denied | Failed): Verdict {
  if ('denied' in reading) {
    const {
      denied,
      detail = `this can be read only with the permission "${denied}"`,
      fix = `give the user of this login the permission "${denied}"`,
    } = reading;
    return { status: 'unknown', detail, fix };
  }
  const { code, message, actions } = reading.failed;
  return { status: 'fail', detail: message, data: { code, ...reading.data }, fix: reading.fix ?? actions.join('\n') };
}

function finding(check: AnyCheck, { status, detail, data, fix, blockedBy }: Verdict, names: Names): Finding {
  const mend = status === 'pass' || status === 'skip' ? undefined : fillFix(fix ?? check.fix, names);
  return {
    id: check.id,
    title: check.title,
    status,
    ...(detail !== undefined && { detail }),
    ...(data !== undefined && { data }),
    ...(blockedBy !== undefined && { blockedBy }),
    ...(mend !== undefined && { fix: mend }),
    docs: `docs/checks/${check.id}.md`,
  };
}
