import { registry } from '../checks/index.ts';
import { runChecks, type Selection } from '../checks/run.ts';
import { report, type CheckReport } from '../checks/summary.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { Network } from '../org/http.ts';
import { makeVerifyReaders, type Witness } from './readers.ts';
import { wantedReads } from './wanted.ts';

export type Diagnosis = {
  login: StoredLogin;
  selection: Selection;
  network: Network;
  /** Days of validity under which a certificate warns. */
  warnDays: number;
  certificateFile?: string | undefined;
  /** An administrator's session, which sees what the integration user does not. */
  witness?: Witness | undefined;
  platform: NodeJS.Platform;
};

/** Reads what the selected checks need of this login and lets them judge. */
export async function diagnose(diagnosis: Diagnosis): Promise<CheckReport> {
  const { login, selection, network, warnDays, certificateFile, witness, platform } = diagnosis;
  const given = { now: network.now(), login, warnDays, posix: platform !== 'win32' };
  const sources = { given, network, certificateFile, wanted: wantedReads(selection) };
  const { readers, sought } = await makeVerifyReaders(sources, witness);
  return report(await runChecks(selection, { ...given, ...(sought && { sought }) }, readers, registry));
}
