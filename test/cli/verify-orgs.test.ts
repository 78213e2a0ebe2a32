import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { AquilaVerifyResult } from '../../src/commands/aquila/verify.ts';
import type { Finding } from '../../src/checks/run.ts';
import type { VerifiedOrg } from '../../src/render/verification.ts';
import { example } from '../emulator/index.ts';
import type { Run } from '../in-process.ts';
import { Fleet } from './fleet.ts';

type Outcome = Run<AquilaVerifyResult>;
const orgsOf = ({ result }: Outcome): VerifiedOrg[] => (result && 'orgs' in result ? result.orgs : []);
const names = (run: Outcome): string[] => orgsOf(run).map(({ username, alias }) => alias ?? username);
const finding = ({ checks }: { checks: Finding[] }, id: string): Finding | undefined =>
  checks.find((check) => check.id === id);
/** Quick, and enough where the login itself is not the point. */
const handover = ['--only', 'handover'];

describe('sf aquila verify for several orgs', () => {
  let fleet: Fleet;
  beforeEach(async () => {
    fleet = await Fleet.open();
  });
  afterEach(() => fleet.close());

  describe('which orgs', () => {
    it('--target-org may be repeated; the JSON has one entry for each in the order given', async () => {
      for (const alias of ['alpha', 'beta', 'gamma']) fleet.add(alias);
      const run = await fleet.verify('-o', 'gamma', '-o', 'alpha@acme.com', '--target-org', 'beta', '--json');
      expect(run.exitCode).to.equal(0);
      expect(Object.keys(run.result ?? {})).to.deep.equal(['passed', 'orgs']);
      expect(orgsOf(run).map((org) => Object.keys(org))).to.deep.equal(
        Array(3).fill(['username', 'alias', 'passed', 'summary', 'checks'])
      );
      expect(orgsOf(run).map(({ username, alias }) => [username, alias])).to.deep.equal([
        ['gamma@acme.com', 'gamma'],
        ['alpha@acme.com', 'alpha'],
        ['beta@acme.com', 'beta'],
      ]);
      expect(orgsOf(run).map(({ passed }) => passed)).to.deep.equal([true, true, true]);
      expect(fleet.emulator.calls.tokenRequests()).to.have.lengthOf(3);
    });

    it('an org that is named twice, by alias and by username, gets one login', async () => {
      fleet.add('alpha');
      fleet.alias('also', 'alpha@acme.com');
      const run = await fleet.verify('-o', 'alpha', '-o', 'alpha@acme.com', '-o', 'also', '--json');
      expect(orgsOf(run).map(({ username }) => username)).to.deep.equal(['alpha@acme.com']);
      expect(fleet.emulator.calls.tokenRequests()).to.have.lengthOf(1);
    });

    it('--all takes the logins of this plugin in alphabetical order, and no other', async () => {
      for (const alias of ['zeta', 'alpha']) fleet.add(alias);
      fleet.add('stock', { jwtAudience: undefined });
      await fleet.addAdmin();
      const run = await fleet.verify('--all', '--json');
      expect([run.exitCode, names(run)]).to.deep.equal([0, ['alpha', 'zeta']]);
      const users = fleet.emulator.calls.tokenRequests().map(({ claims }) => claims?.['sub']);
      expect(users).to.have.members(['alpha@acme.com', 'zeta@acme.com']);
    });

    it('--all with a single org answers as for several', async () => {
      fleet.add('alpha');
      const run = await fleet.verify('--all', '--json', ...handover);
      expect([Object.keys(run.result ?? {}), names(run)]).to.deep.equal([['passed', 'orgs'], ['alpha']]);
      expect((await fleet.verify('--all', ...handover)).stdout).to.match(/\n1 org: 1 passed\n$/);
    });

    it('a single --target-org answers as ever', async () => {
      fleet.add('alpha');
      const { result } = await fleet.verify('-o', 'alpha', '--json', ...handover);
      expect(Object.keys(result ?? {})).to.deep.equal(['passed', 'summary', 'checks']);
    });

    it('--all without any login of this plugin is an error with 2, never a pass', async () => {
      await fleet.addAdmin();
      for (const more of [[], ['--result-format', 'prometheus'], ['--json']]) {
        const run = await fleet.verify('--all', ...more);
        expect([run.exitCode, run.error?.name, run.result]).to.deep.equal([2, 'OwnLoginMissing', undefined]);
        expect(run.error?.actions?.join('\n')).to.include('sf aquila login').and.to.include('--target-org');
        if (!more.includes('--json')) expect(run.stdout).to.equal('');
      }
      expect(fleet.emulator.connections).to.equal(0);
    });

    it('--all together with --target-org is an error with 2', async () => {
      fleet.add('alpha');
      const run = await fleet.verify('--all', '-o', 'alpha');
      expect([run.exitCode, run.stdout]).to.deep.equal([2, '']);
      expect(run.error?.message).to.include('--all').and.to.include('--target-org');
    });

    it('--list needs no org, whatever else is said', async () => {
      const run = await fleet.verify(
        '--list',
        '--all',
        '--result-format',
        'junit',
        '--report-file',
        fleet.path('d.md')
      );
      expect([run.exitCode, run.stdout.split('\n')[0]]).to.deep.equal([0, 'Key [key]']);
      expect(Object.keys(fleet.files())).not.to.include('d.md');
    });
  });

  describe('when some are not well', () => {
    /** Two that pass, and one for each way in which an org can be away. */
    const mixed = (): void => {
      fleet.add('good');
      fleet.add('well');
      fleet.add('down', { url: 'https://localhost:1' });
      fleet.add('html', { url: fleet.emulator.loginUrl });
      fleet.emulator.faults.set({ kind: 'html', face: 'login' });
      writeFileSync(fleet.path('.sfdx', 'torn@acme.com.json'), '{"username": "torn');
    };

    it('one that is down, silent, under maintenance or damaged hides none of the others', async () => {
      mixed();
      fleet.add('hang', { url: await fleet.silentHost() });
      const run = await fleet.verify('--all', '--json');
      expect([run.exitCode, run.result && 'passed' in run.result && run.result.passed]).to.deep.equal([1, false]);
      expect(names(run)).to.deep.equal(['down', 'good', 'hang', 'html', 'torn@acme.com', 'well']);
      const failing = orgsOf(run).map(({ checks }) => checks.filter(({ status }) => status === 'fail'));
      expect(failing.map((checks) => checks.map(({ id }) => id).join())).to.deep.equal([
        ...['host-reachable', '', 'host-reachable', 'login-accepted', 'handover-complete', ''],
      ]);
      expect(failing[4]?.[0]?.data).to.deep.equal({ code: 'LoginUnreadable' });
      expect(failing[2]?.[0]?.data).to.include({ code: 'RequestTimedOut' });
    });

    it('the table fits 80 columns, has the worst first, what to do, and a last line that counts', async () => {
      mixed();
      const { stdout, stderr, exitCode } = await fleet.verify('--all');
      expect([exitCode, stderr]).to.deep.equal([1, '']);
      const lines = stdout.trimEnd().split('\n');
      expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
      expect(lines.slice(0, 6)).to.deep.equal([
        '        Org                    failed  unknown warnings  skipped   passed',
        'fail    down (down@acme.com)        1        0        0       32       13',
        'fail    html (html@acme.com)        1        0        0       30       15',
        'fail    torn@acme.com         could not be checked',
        'pass    good (good@acme.com)        0        0        0       15       31',
        'pass    well (well@acme.com)        0        0        0       15       31',
      ]);
      expect(lines).to.include("      The stored login of torn@acme.com can't be used: its file is damaged");
      expect(lines).to.include('      more: sf aquila verify --target-org down');
      expect(lines.at(-1)).to.equal('5 orgs: 2 failed, 1 could not be checked, 2 passed');
    });

    it('--concise leaves out the orgs that pass, but counts them', async () => {
      fleet.add('good');
      fleet.add('down', { url: 'https://localhost:1' });
      const { stdout } = await fleet.verify('--all', '--concise');
      expect(stdout).not.to.include('good');
      expect(stdout)
        .to.include('fail    down')
        .and.to.match(/\n2 orgs: 1 failed, 1 passed\n$/);
      expect((await fleet.verify('-o', 'good', '-o', 'good', '--concise')).stdout).to.equal('1 org: 1 passed\n');
    });

    it('an alias that nothing is stored under is a finding of its own, with the near one', async () => {
      fleet.add('alpha');
      const run = await fleet.verify('-o', 'alhpa', '-o', 'alpha', '--json', ...handover);
      expect([run.exitCode, names(run)]).to.deep.equal([1, ['alhpa', 'alpha']]);
      const [unknown, known] = orgsOf(run);
      expect(known?.passed).to.equal(true);
      expect([unknown?.passed, unknown && 'alias' in unknown]).to.deep.equal([false, false]);
      const [only] = unknown?.checks ?? [];
      expect([only?.id, only?.status, only?.data]).to.deep.equal([
        ...['handover-complete', 'fail', { code: 'LoginUnknown' }],
      ]);
      expect(only?.fix).to.include('Did you mean "alpha"?');
    });

    it('a single alias that nothing is stored under stays an error with 2', async () => {
      const run = await fleet.verify('-o', 'alhpa', '--result-format', 'junit');
      expect([run.exitCode, run.error?.name, run.stdout]).to.deep.equal([2, 'LoginUnknown', '']);
    });

    it('a warning of one org ends with 0, and with 1 under --fail-on warn', async () => {
      fleet.add('alpha');
      fleet.add('beta', { privateKey: fleet.path('server.key') });
      const words = ['-o', 'alpha', '-o', 'beta', '--only', 'cert-expires-later', '--warn-days', '100000'];
      const run = await fleet.verify(...words);
      expect([run.exitCode, run.stdout.trimEnd().split('\n').at(-1)]).to.deep.equal([
        0,
        '2 orgs: 2 passed with warnings',
      ]);
      expect((await fleet.verify(...words, '--fail-on', 'warn')).exitCode).to.equal(1);
    });
  });

  describe('--admin-org', () => {
    const app = (org: { checks: Finding[] } | undefined): string | undefined =>
      org && finding(org, 'app-found')?.status;

    it('shows the app of its own org; a check of another org says that it lacks an administrator', async () => {
      fleet.add('ours');
      fleet.add('theirs', { orgId: '00D5g00000OtherEAC' });
      await fleet.addAdmin();
      const run = await fleet.verify('-o', 'theirs', '-o', 'ours', '--admin-org', 'admin', '--json');
      expect(orgsOf(run).map(app)).to.deep.equal(['skip', 'pass']);
      const lacking = orgsOf(run)[0]?.checks.find(({ id }) => id === 'app-found');
      expect(lacking?.detail).to.equal('needs --admin-org');
    });

    it('is recognised by an org id of 15 characters too', async () => {
      fleet.add('ours', { orgId: fleet.emulator.org.id.slice(0, 15) });
      await fleet.addAdmin();
      const { result } = await fleet.verify('-o', 'ours', '--admin-org', 'admin', '--json');
      expect(app(result as { checks: Finding[] })).to.equal('pass');
    });

    it('of another org is an error with 2 before anything is sent', async () => {
      fleet.add('theirs', { orgId: '00D5g00000OtherEAC' });
      await fleet.addAdmin();
      const run = await fleet.verify('-o', 'theirs', '--admin-org', 'admin');
      expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'AdminOfAnotherOrg']);
      expect(run.error?.message).to.include('"admin"').and.to.include('"theirs"');
      expect(fleet.emulator.connections).to.equal(0);
    });

    for (const orgs of [['-o', 'ours'], ['--all']]) {
      it(`that nothing is stored under is an error with 2 before anything is sent, with ${orgs.join(' ')}`, async () => {
        fleet.add('ours');
        const run = await fleet.verify(...orgs, '--admin-org', 'amdin');
        expect([run.exitCode, run.error?.name, run.stdout]).to.deep.equal([2, 'LoginUnknown', '']);
        expect(run.error?.message).to.include('amdin');
        expect(fleet.emulator.connections).to.equal(0);
      });
    }

    it('that has expired is said by the check that needs it first, with the command that renews it; the login is still judged', async () => {
      fleet.add('ours');
      await fleet.addAdmin();
      fleet.emulator.org.expireTokens();
      for (const token of fleet.emulator.org.refreshTokens) token.revoked = true;
      const run = await fleet.verify('-o', 'ours', '--admin-org', 'admin', '--json');
      const { checks } = run.result as { checks: Finding[] };
      expect(run.exitCode).to.equal(1);
      const found = finding({ checks }, 'app-found');
      expect([found?.status, found?.data]).to.deep.equal(['fail', { code: 'SessionExpired' }]);
      expect(found?.fix).to.include('sf org login web --alias admin');
      expect(finding({ checks }, 'login-accepted')?.status).to.equal('pass');
      expect(finding({ checks }, 'app-scopes')?.blockedBy).to.equal('app-found');
      expect(checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).to.deep.equal(['app-found']);
    });
  });

  describe('--wait', () => {
    const secondsToSpread = 45;
    let pauses: number;
    let undo: () => void;
    beforeEach(() => {
      pauses = 0;
      fleet.add('alpha');
      const app = fleet.emulator.org.app(example.clientId)!;
      app.changedAt = Date.now();
      fleet.emulator.switches.propagationSeconds = secondsToSpread;
      undo = fleet.skipPauses(() => {
        pauses += 1;
        fleet.emulator.org.passTime(0.5);
      });
    });
    afterEach(() => undo());

    it('tries again while the app becomes known, says so on stderr with the name of the org, and passes', async () => {
      const run = await fleet.verify('-o', 'alpha', '--wait', '5');
      expect([run.exitCode, pauses]).to.deep.equal([0, 2]);
      expect(run.stderr).to.equal(
        'alpha: the login is refused for a reason that time may mend. Trying again every 30 seconds, for at most 5 min.\n'.repeat(
          2
        )
      );
      expect(run.stdout).to.include('31 passed').and.not.to.include('Trying again');
      expect(fleet.emulator.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([400, 400, 200]);
    });

    it('stops when another cause comes up', async () => {
      undo();
      undo = fleet.skipPauses(() => {
        pauses += 1;
        fleet.emulator.org.passTime(2);
        fleet.emulator.org.user('alpha@acme.com')!.permissionSets = [];
      });
      const run = await fleet.verify('-o', 'alpha', '--wait', '30');
      expect([run.exitCode, pauses]).to.deep.equal([1, 1]);
      expect(run.stdout).to.include('user is not admin approved to access this app');
    });

    it('does not wait without the flag, nor for an org that passes, nor while something else is wrong', async () => {
      expect((await fleet.verify('-o', 'alpha')).exitCode).to.equal(1);
      fleet.emulator.switches.propagationSeconds = 0;
      const good = await fleet.verify('-o', 'alpha', '--wait', '30');
      expect([good.exitCode, good.stderr]).to.deep.equal([0, '']);
      fleet.emulator.switches.propagationSeconds = secondsToSpread;
      fleet.add('alpha', { aquilaKeyPath: undefined, orgId: '00D5g00000OtherEAC' });
      expect((await fleet.verify('-o', 'alpha', '--wait', '30')).exitCode).to.equal(1);
      expect(pauses).to.equal(0);
    });

    it('one org that waits is told by its name; the others are asked once', async () => {
      fleet.add('down', { url: 'https://localhost:1' });
      const run = await fleet.verify('--all', '--wait', '5', '--json');
      expect([run.exitCode, pauses, run.stderr]).to.deep.equal([1, 2, '']);
      expect(orgsOf(run).map(({ alias, passed }) => [alias, passed])).to.deep.equal([
        ['alpha', true],
        ['down', false],
      ]);
    });

    for (const minutes of ['-1', '121', 'soon']) {
      it(`takes no ${minutes} minutes`, async () => {
        const run = await fleet.verify('-o', 'alpha', '--wait', minutes);
        expect([run.exitCode, run.stdout]).to.deep.equal([2, '']);
        expect(fleet.emulator.connections).to.equal(0);
      });
    }
  });
});
