import { callbackUrlAt } from '../app/callback-url.ts';
import { defaultAppName } from '../app/name.ts';
import type { OrgSettings } from '../app/org-settings.ts';
import { auditChecks } from '../checks/doors.ts';
import type { SoughtApp } from '../checks/facts.ts';
import { registry } from '../checks/index.ts';
import { runChecks } from '../checks/run.ts';
import { report, type CheckReport } from '../checks/summary.ts';
import { findProject } from '../files/project.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { AppReader } from '../org/app-reader.ts';
import type { Network } from '../org/http.ts';
import { openSession } from '../org/session.ts';
import { SignOnReader } from '../org/sign-on.ts';
import { makeAppReaders } from './app-readers.ts';
import { makeFlowReaders } from './flow-readers.ts';
import { makeSsoReaders } from './sso-readers.ts';

export type AuditRequest = {
  /** Alias or username of an administrator's login; the default org if undefined. */
  targetOrg: string | undefined;
  /** Label or developer name of the app that AQUILA logs in through. */
  name: string | undefined;
  clientId: string | undefined;
  /** The integration user. */
  username: string | undefined;
  /** Days of validity under which a certificate warns. */
  warnDays: number;
  network: Network;
  platform: NodeJS.Platform;
};

/** What was found, and the settings of the org as they were then, as far as they can be read. */
export type Audit = {
  report: CheckReport;
  orgSettings: OrgSettings;
  /** Alias or username of the login that was used. */
  admin: string;
};

/**
 * Reads, with an administrator's session, which flows of OAuth and which ways of signing on an org and the app of AQUILA leave open, and
 * lets the checks of flow and sso judge. Nothing is changed.
 */
export async function diagnoseAudit(request: AuditRequest): Promise<Audit> {
  const { targetOrg, clientId, username, warnDays, network, platform } = request;
  const session = await openSession(targetOrg, network, readKeyFrom);
  const name = request.name ?? (clientId === undefined ? defaultAppName : undefined);
  const callbackUrl = callbackUrlAt(findProject('.')?.oauthLocalPort);
  const sought: SoughtApp = { admin: session.name, name, clientId, callbackUrl, username };
  const given = { now: network.now(), warnDays, posix: platform !== 'win32', sought };
  const reader = new AppReader(session, { exchange: true });
  const app = makeAppReaders(reader, sought);
  const signOn = new SignOnReader(session);
  const flow = makeFlowReaders(reader, signOn, app);
  const readers = { ...app, ...flow.readers, ...makeSsoReaders(signOn, sought, flow.orgSettings) };
  const selection = { run: auditChecks, deselected: [], forbidden: [] };
  const findings = await runChecks(selection, given, readers, registry);
  const orgSettings = await flow.orgSettings();
  return {
    ...{ report: report(findings), admin: session.name },
    orgSettings: 'value' in orgSettings ? orgSettings.value : {},
  };
}
