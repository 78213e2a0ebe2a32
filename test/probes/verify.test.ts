import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { verifyChecks } from '../../src/checks/doors.ts';
import { selectChecks } from '../../src/checks/select.ts';
import { openNetwork } from '../../src/org/http.ts';
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

  it('a hundred orgs: complete, in order, one login each, and never more requests at once than the bound allows', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `org${String(at).padStart(3, '0')}`);
    for (const name of names) fleet.add(name);
    // As a network would, so that requests meet.
    fleet.emulator.faults.set({ kind: 'delay', milliseconds: 20 });
    const ofOne = fleet.countAtOnce();
    await run({ targetOrgs: ['org000'] });
    const each = { requests: fleet.emulator.calls.length, atOnce: ofOne() };
    fleet.emulator.calls.clear();

    const ofAll = fleet.countAtOnce();
    const { orgs } = await run({ all: true });
    const atOnce = ofAll();
    expect(orgs.map(({ name }) => name)).to.deep.equal(names);
    expect(orgs.flatMap((org) => ('report' in org && org.report.passed ? [] : [org]))).to.deep.equal([]);
    expect(fleet.emulator.calls).to.have.lengthOf(100 * each.requests);
    const users = fleet.emulator.calls.tokenRequests().map(({ claims }) => claims?.['sub']);
    expect(new Set(users).size).to.equal(100);
    expect(atOnce).to.be.at.most(orgsAtOnce * each.atOnce);
    expect(atOnce, 'many at the same time').to.be.greaterThan(orgsAtOnce);
    expect(fleet.emulator.connections).to.be.at.most(orgsAtOnce * each.atOnce + each.atOnce);
  });
});
