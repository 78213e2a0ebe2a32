import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { report, type CheckReport } from '../../src/checks/summary.ts';
import { aquilaError } from '../../src/errors.ts';
import { diagnoseOrgs, orgsAtOnce } from '../../src/probes/diagnose-orgs.ts';
import { temporaryHome } from '../org/home.ts';
import { finding } from '../render/example-report.ts';

const green = report([finding('login-accepted', 'pass')]);

describe('diagnoseOrgs', () => {
  let folder: string;
  let leave: () => void;
  beforeEach(() => {
    const place = temporaryHome();
    folder = join(place.home, '.sfdx');
    leave = place.leave;
    mkdirSync(folder);
  });
  afterEach(() => leave());

  const store = (count: number): string[] => {
    const names = Array.from({ length: count }, (_, at) => `org${String(at).padStart(3, '0')}`);
    const username = (name: string): string => `${name}@acme.com`;
    for (const name of names) {
      const login = {
        username: username(name),
        orgId: '00D5g00000Acme1EAC',
        jwtAudience: 'https://acme.my.salesforce.com',
      };
      writeFileSync(join(folder, `${username(name)}.json`), JSON.stringify(login));
    }
    const orgs = Object.fromEntries(names.map((name) => [name, username(name)]));
    writeFileSync(join(folder, 'alias.json'), JSON.stringify({ orgs }));
    return names;
  };
  /** Long enough for everything else to come first. */
  const aMoment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('keeps the order in which the orgs were given, whichever is ready first', async () => {
    store(4);
    const ready: string[] = [];
    const found = await diagnoseOrgs(['org002', 'org000', 'org003@acme.com', 'org001'], async ({ alias = '' }) => {
      if (alias === 'org002') await aMoment();
      ready.push(alias);
      return green;
    });
    expect(ready).to.deep.equal(['org000', 'org003', 'org001', 'org002']);
    expect(found.map(({ name }) => name)).to.deep.equal(['org002', 'org000', 'org003', 'org001']);
  });

  it('diagnoses an org once that is named by alias, by username and twice', async () => {
    store(2);
    const asked: string[] = [];
    const names = ['org001', 'org000', 'org001@acme.com', 'org001', 'nobody', 'nobody'];
    const found = await diagnoseOrgs(names, ({ username }) => {
      asked.push(username);
      return Promise.resolve(green);
    });
    expect(asked).to.have.members(['org001@acme.com', 'org000@acme.com']);
    expect(found.map(({ name }) => name)).to.deep.equal(['org001', 'org000', 'nobody']);
  });

  it('says of each org that could not be diagnosed why, and diagnoses the others', async () => {
    store(3);
    writeFileSync(join(folder, 'org001@acme.com.json'), '{"username": "org0');
    const found = await diagnoseOrgs(['org000', 'org001', 'acme', 'org002'], ({ alias }) =>
      alias === 'org000' ? Promise.reject(aquilaError('DiskFull', ['/tmp'])) : Promise.resolve(green)
    );
    const outcomes = found.map((org) => ('problem' in org ? org.problem.code : org.report));
    expect(outcomes).to.deep.equal(['DiskFull', 'LoginUnreadable', 'LoginUnknown', green]);
  });

  it('a bug is thrown on, not told as a finding', async () => {
    store(1);
    const bug = new RangeError('a bug');
    const thrown = await diagnoseOrgs(['org000'], () => Promise.reject(bug)).catch((error: unknown) => error);
    expect(thrown).to.equal(bug);
  });

  it('lets at most so many take their turn at the same time, and all of them in the end', async () => {
    const names = store(60);
    let now = 0;
    let most = 0;
    const work = async (): Promise<CheckReport> => {
      most = Math.max(most, (now += 1));
      await aMoment();
      now -= 1;
      return green;
    };
    const found = await diagnoseOrgs(names, (_, turn) => turn(work));
    expect(most).to.equal(orgsAtOnce);
    expect(found.map(({ name }) => name)).to.deep.equal(names);
  });

  it('an org that waits outside of its turn lets the next one begin', async () => {
    const names = store(3);
    let waiting = 0;
    const found = await diagnoseOrgs(
      names,
      async (_, turn) => {
        await turn(() => Promise.resolve(green));
        waiting += 1;
        while (waiting < names.length) await aMoment();
        return turn(() => Promise.resolve(green));
      },
      1
    );
    expect(found).to.have.lengthOf(3);
  });

  it('a turn that fails makes room for the next', async () => {
    const names = store(3);
    const failed = (): Promise<CheckReport> => Promise.reject(aquilaError('DiskFull', ['/tmp']));
    const found = await diagnoseOrgs(names, (_, turn) => turn(failed), 1);
    expect(found.map((org) => 'problem' in org && org.problem.code)).to.deep.equal([
      'DiskFull',
      'DiskFull',
      'DiskFull',
    ]);
  });
});
