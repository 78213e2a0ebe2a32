import { verifyChecks } from '../checks/doors.ts';
import { selectChecks } from '../checks/select.ts';
import { toError } from '../errors.ts';
import type { Network } from '../org/http.ts';
import { ownUsernames } from '../org/stored-logins.ts';
import { diagnose } from './diagnose.ts';
import { diagnoseOrgs, type OrgDiagnosis } from './diagnose-orgs.ts';

/** The rooms whose facts lie on this machine. The others are forbidden by name, so that no check brings them back. */
const here = ['key', 'cert', 'handover'] as const;
const elsewhere = ['host', 'login', 'app', 'user', 'data'] as const;

/** Days of validity under which a certificate warns, as `verify` has it unless told. */
const warnDays = 60;

/** What can be said of every login of this plugin without a request: of key, certificate and the five fields. */
export async function diagnoseStored(now: () => Date, platform: NodeJS.Platform): Promise<OrgDiagnosis[]> {
  const selection = selectChecks(verifyChecks, { only: here, skip: elsewhere });
  if ('problem' in selection) throw toError(selection.problem);
  const network: Network = { now, send: () => Promise.reject(new Error('nothing is sent here')) };
  return diagnoseOrgs(await ownUsernames(), (login) => diagnose({ login, selection, network, warnDays, platform }));
}
