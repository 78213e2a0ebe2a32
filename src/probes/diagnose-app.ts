import { callbackUrlAt } from '../app/callback-url.ts';
import { defaultAppName } from '../app/name.ts';
import { appChecks } from '../checks/doors.ts';
import type { SoughtApp } from '../checks/facts.ts';
import { registry } from '../checks/index.ts';
import { runChecks } from '../checks/run.ts';
import { report, type CheckReport } from '../checks/summary.ts';
import { readCertificateFrom } from '../files/certificate.ts';
import { findProject } from '../files/project.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { AppReader } from '../org/app-reader.ts';
import type { Network } from '../org/http.ts';
import { openSession } from '../org/session.ts';
import { makeAppReaders } from './app-readers.ts';

export type AppDiagnosis = {
  /** Alias or username of an administrator's login; the default org if undefined. */
  targetOrg: string | undefined;
  /** Label or developer name. */
  name: string | undefined;
  clientId: string | undefined;
  username: string | undefined;
  certificateFile: string | undefined;
  /** Days of validity under which a certificate warns. */
  warnDays: number;
  network: Network;
  platform: NodeJS.Platform;
};

/** Reads one app with an administrator's session and lets the checks of app and user judge it. */
export async function diagnoseApp(diagnosis: AppDiagnosis): Promise<CheckReport> {
  const { targetOrg, clientId, username, certificateFile, network, warnDays, platform } = diagnosis;
  const certificate = certificateFile === undefined ? undefined : await readFingerprint(certificateFile);
  const session = await openSession(targetOrg, network, readKeyFrom);
  const name = diagnosis.name ?? (clientId === undefined ? defaultAppName : undefined);
  const callbackUrl = callbackUrlAt(findProject('.')?.oauthLocalPort);
  const sought: SoughtApp = { admin: session.name, name, clientId, callbackUrl, username, certificate };
  const given = { now: network.now(), warnDays, posix: platform !== 'win32', sought };
  const readers = makeAppReaders(new AppReader(session), sought);
  const selection = { run: appChecks, deselected: [], forbidden: [] };
  return report(await runChecks(selection, given, readers, registry));
}

async function readFingerprint(file: string): Promise<NonNullable<SoughtApp['certificate']>> {
  const { path, certificate } = await readCertificateFrom(file);
  return { path, fingerprint256: certificate.fingerprint256 };
}
