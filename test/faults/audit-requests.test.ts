import { expect } from 'chai';
import { openNetwork } from '../../src/org/http.ts';
import { diagnoseAudit } from '../../src/probes/diagnose-audit.ts';
import { example } from '../emulator/index.ts';
import { inHome } from '../org/home.ts';
import { AuditScene } from './audit-scene.ts';
import { inRounds, nameOf } from './rounds.ts';

describe('requests of audit', () => {
  let scene: AuditScene;
  before(async () => {
    scene = await AuditScene.start();
  });
  after(() => scene.stop());

  it('reads each fact of an org once, and metadata by three retrievals', async () => {
    scene.reset('external-client-app');
    scene.emulator.calls.clear();
    await scene.audit();
    const asked = scene.emulator.calls.map((call) => nameOf(call) ?? call.path);
    const counts: Record<string, number> = {};
    for (const name of asked) counts[name] = (counts[name] ?? 0) + 1;
    const { retrieve, checkRetrieveStatus, listMetadata, ...queries } = counts;
    expect({ retrieve, checkRetrieveStatus, listMetadata }).to.deep.equal({
      ...{ retrieve: 3, checkRetrieveStatus: 3, listMetadata: 1 },
    });
    // The integration user is looked up for the app and for single sign-on, and then whoever else is pre-authorised; the scopes of the app
    // and the apps with the scope openid are two questions to one object.
    const repeated = Object.entries(queries).filter(([, count]) => count > 1);
    expect(Object.fromEntries(repeated)).to.deep.equal({
      ...{ PermissionSetAssignment: 3, User: 2, ExtlClntAppOauthSettings: 2 },
    });
  });

  it('asks five times at most, one after the other, and the polls of the retrievals', async () => {
    scene.reset('external-client-app');
    const env = { HOME: scene.app.folder, USERPROFILE: scene.app.folder };
    const rounds = await inHome(env, async () => {
      // Once before, so that all that is imported on the way is there.
      await roundsOf();
      return roundsOf();
    });
    expect(rounds).to.be.at.most(5 + 1);
  });
});

/** How many rounds of requests there are. */
async function roundsOf(): Promise<number> {
  const { network, rounds } = inRounds(openNetwork({}, () => new Date()));
  const who = { targetOrg: 'admin', name: 'AQUILA', clientId: undefined, username: example.username };
  const { report } = await diagnoseAudit({ ...who, warnDays: 60, network, platform: process.platform });
  expect(report.summary).to.include({ fail: 0, warn: 0, unknown: 0 });
  return rounds();
}
