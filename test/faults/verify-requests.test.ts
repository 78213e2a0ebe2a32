import { expect } from 'chai';
import { callbackUrl } from '../checks/example-facts.ts';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { openNetwork } from '../../src/org/http.ts';
import { openSession } from '../../src/org/session.ts';
import type { Call } from '../emulator/calls.ts';
import { temporaryHome } from '../org/home.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { withoutFirstPause } from './app-scene.ts';
import { LoopbackVerify, found, leftToAdmin } from './loopback-verify.ts';
import { inRounds, nameOf } from './rounds.ts';

const asked = (call: Call): string =>
  nameOf(call) ?? /LogFile$|limits$|token$|userinfo$/.exec(call.path)?.[0] ?? call.path;

/** What the login and the data of the collector are read by. */
const ofTheCollector = [
  ...['token', 'userinfo', 'UserPermissionAccess', 'EventLogFile', 'LogFile'],
  ...['LoginEvent', 'LogoutEvent', 'SetupAuditTrail', 'limits'],
];
/** What an administrator's session adds: limits that the integration user may not see, the app, and who may use it. */
const ofTheAdministrator = [
  ...['limits', 'ConnectedApplication', 'ExternalClientApplication', 'ExtlClntAppPlcyCnfg', 'ExtlClntAppOauthSettings'],
  ...['ExtlClntAppOauthPlcyCnfg', 'SetupEntityAccess', 'User', 'PermissionSetAssignment'],
  ...['listMetadata', 'retrieve', 'checkRetrieveStatus'],
];

describe('requests of verify on a healthy org', () => {
  let loopback: LoopbackVerify;
  let leave: () => void;
  let slowDown: () => void;
  before(async () => {
    slowDown = withoutFirstPause();
    loopback = await LoopbackVerify.start();
    ({ leave } = temporaryHome());
    await storeAdmin(loopback.emulator);
    loopback.emulator.switches.metadataPolls = 0;
    // Once before, so that all that is imported on the way is there.
    await rounds(true);
  });
  beforeEach(() => loopback.emulator.calls.clear());
  after(async () => {
    leave();
    slowDown();
    await loopback.stop();
  });

  /** How many rounds of requests there are. */
  async function rounds(withAdmin: boolean): Promise<number> {
    const counted = inRounds(openNetwork({}, () => new Date()));
    const { network } = counted;
    const witness = withAdmin ? { session: await openSession('admin', network, readKeyFrom), callbackUrl } : undefined;
    const result = await loopback.run([], [], { network, witness });
    expect(result.passed).to.equal(true);
    expect(leftToAdmin(result)).to.have.lengthOf(withAdmin ? 0 : 15);
    if (withAdmin) expect(found(result, 'app-found')?.status).to.equal('pass');
    return counted.rounds();
  }

  it('are four at most, one after the other, with one token and each thing once', async () => {
    expect(await rounds(false)).to.be.at.most(4);
    expect(loopback.emulator.calls.map(asked)).to.have.members(ofTheCollector);
  });

  it("are six at most and the poll of the retrieval with an administrator's session, each thing once", async () => {
    expect(await rounds(true)).to.be.at.most(6 + 1);
    const { calls } = loopback.emulator;
    expect(calls.map(asked)).to.have.members([...ofTheCollector, ...ofTheAdministrator]);
    expect(calls.tokenRequests()).to.have.lengthOf(1);
    const whole = calls.map(({ method, path, query, body, headers }) =>
      JSON.stringify([method, path, query, body, headers.authorization])
    );
    expect(new Set(whole).size).to.equal(whole.length);
  });
});
