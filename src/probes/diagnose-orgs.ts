import { problemOf, type Problem } from '../errors.ts';
import type { CheckReport } from '../checks/summary.ts';
import { nameOf, type StoredLogin } from '../handover/stored-login.ts';
import { resolveLogin } from '../org/stored-logins.ts';

/** One org as it was asked for, with its findings or the reason why there are none. */
export type OrgDiagnosis =
  { name: string; login: StoredLogin; report: CheckReport } | { name: string; problem: Problem };

/** Does a piece of work when it is its turn. */
export type Turn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** How many orgs are asked at the same time: each takes a few connections and some kilobytes. */
export const orgsAtOnce = 25;

/**
 * Diagnoses several orgs at the same time, in the order given and each once, whatever names it goes by. What is wrong with one is its own
 * finding and never hides the others.
 *
 * @param diagnose does what costs connections in its turn, and waits outside of it
 */
export async function diagnoseOrgs(
  names: readonly string[],
  diagnose: (login: StoredLogin, turn: Turn) => Promise<CheckReport>,
  atOnce = orgsAtOnce
): Promise<OrgDiagnosis[]> {
  const orgs = onceEach(await Promise.all(names.map(find)));
  const turn = takeTurns(atOnce);
  return Promise.all(
    orgs.map(async (org) => {
      if ('problem' in org) return org;
      try {
        return { ...org, report: await diagnose(org.login, turn) };
      } catch (error) {
        return { name: org.name, problem: problemOf(error) };
      }
    })
  );
}

type Found = { name: string; login: StoredLogin } | { name: string; problem: Problem };

async function find(name: string): Promise<Found> {
  try {
    const login = await resolveLogin(name);
    return { name: nameOf(login), login };
  } catch (error) {
    return { name, problem: problemOf(error) };
  }
}

const onceEach = (orgs: readonly Found[]): Found[] => [
  ...new Map(orgs.map((org) => ['login' in org ? org.login.username : `${org.name} `, org])).values(),
];

/** At most so many at the same time, in the order in which they came. */
function takeTurns(places: number): Turn {
  const waiting: Array<() => void> = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
