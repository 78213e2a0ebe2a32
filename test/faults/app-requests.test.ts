import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openNetwork } from '../../src/org/http.ts';
import { diagnoseApp } from '../../src/probes/diagnose-app.ts';
import { example } from '../emulator/index.ts';
import { temporaryHome } from '../org/home.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { inRounds, nameOf } from './rounds.ts';
import { describeScene, type AppScene, type Kind } from './app-scene.ts';

/** What every app is read by: both lists of apps, access, and the user; then the retrieval with one poll. */
const ofEveryApp = [
  ...['ConnectedApplication', 'ExternalClientApplication', 'SetupEntityAccess', 'User', 'PermissionSetAssignment'],
  ...['retrieve', 'checkRetrieveStatus'],
];
const requests: Record<Kind, string[]> = {
  'external-client-app': [
    ...ofEveryApp,
    ...['ExtlClntAppPlcyCnfg', 'ExtlClntAppOauthSettings', 'ExtlClntAppOauthPlcyCnfg', 'listMetadata'],
  ],
  // The second query of the same object is the one for its policy, by the id that the first one found.
  'connected-app': [...ofEveryApp, 'ConnectedApplication'],
};

describeScene('requests of app check', (scene) => {
  for (const [kind, expected] of Object.entries(requests) as Array<[Kind, string[]]>) {
    it(`reads each fact of the ${kind.replaceAll('-', ' ')} once: ${String(expected.length)} requests`, async () => {
      scene().reset(kind);
      await scene().check();
      expect(scene().emulator.calls.map(nameOf)).to.have.members(expected);
    });
  }

  it('asks four times at most, one after the other, and the poll of the retrieval', async () => {
    scene().reset('external-client-app');
    const { leave } = temporaryHome();
    try {
      await storeAdmin(scene().emulator);
      // Once before, so that all that is imported on the way is there.
      await roundsOf(scene());
      expect(await roundsOf(scene())).to.be.at.most(4 + 1);
    } finally {
      leave();
    }
  });
});

/** How many rounds of requests there are. */
async function roundsOf({ folder }: AppScene): Promise<number> {
  const { network, rounds } = inRounds(openNetwork({}, () => new Date()));
  const certificateFile = join(folder, 'server.crt');
  expect(readFileSync(certificateFile, 'utf8')).to.include('BEGIN CERTIFICATE');
  const who = { targetOrg: 'admin', name: 'AQUILA', clientId: undefined, username: example.username };
  const { summary } = await diagnoseApp({ ...who, certificateFile, warnDays: 60, network, platform: process.platform });
  expect(summary).to.include({ fail: 0, warn: 0, unknown: 0 });
  return rounds();
}
