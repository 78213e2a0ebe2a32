import { callbackUrlAt } from '../app/callback-url.ts';
import { verifyChecks } from '../checks/doors.ts';
import type { Selection } from '../checks/run.ts';
import type { CheckReport } from '../checks/summary.ts';
import { aquilaError } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { findProject } from '../files/project.ts';
import { nameOf, type StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { openSession } from '../org/session.ts';
import { ownUsernames, resolveLogin } from '../org/stored-logins.ts';
import { diagnose } from './diagnose.ts';
import { diagnoseOrgs, type OrgDiagnosis, type Turn } from './diagnose-orgs.ts';
import type { Witness } from './readers.ts';
import { repeatWhilePassing } from './repeat.ts';

export type Verification = {
  /** Aliases or usernames; none for the default org. */
  targetOrgs: readonly string[];
  /** Every org that this plugin has logged in to, instead. */
  all: boolean;
  adminOrg: string | undefined;
  certificateFile: string | undefined;
  selection: Selection;
  /** Days of validity under which a certificate warns. */
  warnDays: number;
  /** Minutes to repeat an attempt that time may mend. */
  wait: number;
  network: Network;
  platform: NodeJS.Platform;
  /** Told before each pause: who waits, and for how long at most. */
  onWait: (org: { name: string; minutes: number }) => void;
};

/**
 * Checks one org, or several at the same time. With one, a name that nothing is stored under ends the command; with several it is what
 * is found of that one.
 *
 * @throws LoginMissing, LoginUnknown, AdminOfAnotherOrg for a single org; OwnLoginMissing where there is none to take all of; what keeps
 *   the administrator's session from being opened
 */
export async function verify(verification: Verification): Promise<{ orgs: OrgDiagnosis[]; several: boolean }> {
  const { targetOrgs, all, adminOrg, network } = verification;
  const witness = adminOrg === undefined ? undefined : await openWitness(adminOrg, network);
  const several = all || targetOrgs.length > 1;
  const names = all ? await ownUsernames() : targetOrgs;
  // Nothing that was checked must not look like something that passed.
  if (all && names.length === 0) throw aquilaError('OwnLoginMissing');
  if (!several) {
    const login = await resolveLogin(names[0]);
    if (witness && !isSameOrg(witness, login)) {
      throw aquilaError('AdminOfAnotherOrg', [witness.session.name, nameOf(login)]);
    }
    const report = await diagnoseLogin(login, verification, witness);
    return { orgs: [{ name: nameOf(login), login, report }], several };
  }
  const orgs = await diagnoseOrgs(names, (login, turn) =>
    diagnoseLogin(login, verification, witness && isSameOrg(witness, login) ? witness : undefined, turn)
  );
  return { orgs, several };
}

/** What is asked of one login where nothing is left out. */
export type OneVerification = Pick<Verification, 'wait' | 'network' | 'platform' | 'certificateFile'> & {
  username: string;
  adminOrg: string;
};

/**
 * Checks one login with everything that `verify` asks, and with an administrator's eyes.
 *
 * @throws what `verify` throws for a single org
 */
export async function verifyOne({ username, adminOrg, ...more }: OneVerification): Promise<CheckReport> {
  const login = await resolveLogin(username);
  const selection = { run: verifyChecks, deselected: [], forbidden: [] };
  const verification = {
    ...more,
    targetOrgs: [],
    all: false,
    adminOrg,
    selection,
    warnDays: 60,
    onWait: () => undefined,
  };
  return diagnoseLogin(login, verification, await openWitness(adminOrg, more.network));
}

async function openWitness(adminOrg: string, network: Network): Promise<Witness> {
  const session = await openSession(adminOrg, network, readKeyFrom);
  return { session, callbackUrl: callbackUrlAt(findProject('.')?.oauthLocalPort) };
}

/** Ids of orgs have 15 characters, or 18 with a checksum behind them. */
const isSameOrg = ({ session }: Witness, { orgId }: StoredLogin): boolean =>
  session.orgId.slice(0, 15) === orgId?.slice(0, 15);

function diagnoseLogin(
  login: StoredLogin,
  { selection, network, warnDays, certificateFile, platform, wait, onWait }: Verification,
  witness: Witness | undefined,
  turn: Turn = (work) => work()
): ReturnType<typeof diagnose> {
  return repeatWhilePassing(
    () => turn(() => diagnose({ login, selection, network, warnDays, certificateFile, witness, platform })),
    {
      minutes: wait,
      now: network.now,
      pause: (milliseconds) => new Promise((end) => setTimeout(end, milliseconds)),
      onWait: ({ minutes }) => onWait({ name: nameOf(login), minutes }),
    }
  );
}
