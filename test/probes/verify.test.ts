import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { verifyChecks } from '../../src/checks/doors.ts';
import { selectChecks } from '../../src/checks/select.ts';
import { openNetwork, type Network } from '../../src/org/http.ts';
import { orgsAtOnce } from '../../src/probes/diagnose-orgs.ts';
import { verify, type Verification } from '../../src/probes/verify.ts';
import { Fleet } from '../cli/fleet.ts';

describe('verify', () => {
  let fleet: Fleet;
  beforeEach(async () => {
    fleet = await Fleet.open();
  });
  afterEach(() => fleet.close());

  const run = (wanted: Partial<Verification>): ReturnType<typeof verify> => {
    const selection = selectChecks(verifyChecks, { only: [], skip: [] });
    if ('problem' in selection) throw new Error(selection.problem.message);
    const usual = {
      targetOrgs: [],
      all: false,
      adminOrg: undefined,
      certificateFile: undefined,
      warnDays: 60,
      wait: 0,
    };
    const network = openNetwork({}, () => new Date());
    const onWait = (): void => undefined;
    return fleet.inside(() => verify({ ...usual, selection, network, platform: 'linux', onWait, ...wanted }));
  };
  const refusal = async (wanted: Partial<Verification>): Promise<string> => {
    const error: unknown = await run(wanted).catch((one: unknown) => one);
    return error instanceof SfError ? error.name : 'none';
  };

  it('says whether several were asked for, however many there are', async () => {
    fleet.add('alpha');
    expect((await run({ targetOrgs: ['alpha'] })).several).to.equal(false);
    expect((await run({ targetOrgs: ['alpha', 'alpha'] })).several).to.equal(true);
    expect((await run({ all: true })).several).to.equal(true);
  });

  it('names what keeps it from beginning', async () => {
    fleet.add('theirs', { orgId: '00D5g00000OtherEAC' });
    await fleet.addAdmin();
    expect(await refusal({})).to.equal('LoginMissing');
    expect(await refusal({ targetOrgs: ['nobody'] })).to.equal('LoginUnknown');
    expect(await refusal({ targetOrgs: ['theirs'], adminOrg: 'nobody' })).to.equal('LoginUnknown');
    expect(await refusal({ targetOrgs: ['theirs'], adminOrg: 'admin' })).to.equal('AdminOfAnotherOrg');
    expect(fleet.emulator.connections).to.equal(0);
  });

  it('a hundred orgs: complete, in order, one login each, and always as many at once as there are places', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `org${String(at).padStart(3, '0')}`);
    for (const name of names) fleet.add(name);
    await run({ targetOrgs: ['org000'] });
    const ofOne = fleet.emulator.calls.length;
    fleet.emulator.calls.clear();

    // A minute for each request: all of these at once are much for a busy machine.
    const patient = openNetwork({ SF_AQUILA_HTTP_TIMEOUT: '60' }, () => new Date());
    const { network, together } = gathering(patient, orgsAtOnce);
    const { orgs } = await run({ all: true, network });
    expect(orgs.map(({ name }) => name)).to.deep.equal(names);
    expect(orgs.flatMap((org) => ('report' in org && org.report.passed ? [] : [org]))).to.deep.equal([]);
    expect(fleet.emulator.calls).to.have.lengthOf(100 * ofOne);
    const users = fleet.emulator.calls.tokenRequests().map(({ claims }) => claims?.['sub']);
    expect(new Set(users).size).to.equal(100);
    expect(together).to.deep.equal(Array.from({ length: 100 / orgsAtOnce }, () => orgsAtOnce));
    expect(fleet.emulator.connections, 'connections are used again').to.be.lessThan(orgsAtOnce * ofOne);
  });
});

/**
 * A network that sends logins together: when as many wait as there are places, and any further one has had its time to come. Each org logs
 * in once in its turn, so those that wait are the orgs that are verified at once, whatever the speed of the machine.
 */
function gathering(open: Network, places: number): { network: Network; together: number[] } {
  const together: number[] = [];
  const waiting: Array<() => void> = [];
  const release = async (): Promise<void> => {
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    together.push(waiting.length);
    for (const go of waiting.splice(0)) go();
  };
  const network: Network = {
    ...open,
    send: async (request) => {
      if (request.url.endsWith('/token')) {
        await new Promise<void>((go) => {
          waiting.push(go);
          if (waiting.length === places) void release();
        });
      }
      return open.send(request);
    },
  };
  return { network, together };
}
