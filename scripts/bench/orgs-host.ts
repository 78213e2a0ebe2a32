/** The loopback org of the section `orgs`, in a thread of its own, so that its work is not that of the command. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { example, exampleOrg, startEmulator } from '../../test/emulator/index.ts';

/** What the thread is told. */
export type Wanted = {
  certificateFile: string;
  usernames: string[];
  /** Milliseconds before each answer, as the way there and back and the work of an org would take. */
  delay: number;
};

/** What it answers when it listens. */
export type Started = { url: string; tlsCertificate: string; orgId: string };

const { certificateFile, usernames, delay } = workerData as Wanted;
const emulator = await startEmulator(exampleOrg(readFileSync(certificateFile, 'utf8')));
const integrationUser = {
  permissionSets: [example.permissionSet],
  permissions: { apiEnabled: true, viewEventLogFiles: true, viewRealTimeEventMonitoring: true },
};
for (const username of usernames) emulator.org.addUser({ ...integrationUser, username });
emulator.faults.set({ kind: 'delay', milliseconds: delay });
const started: Started = {
  url: emulator.myDomainUrl,
  tlsCertificate: emulator.tlsCertificate,
  orgId: emulator.org.id,
};
parentPort?.postMessage(started);
