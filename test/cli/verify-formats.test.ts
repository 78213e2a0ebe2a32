import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { verifyChecks } from '../../src/checks/doors.ts';
import { scenarios, writeTlsCertificate } from '../emulator/index.ts';
import { Fleet } from './fleet.ts';
import { Place } from './process.ts';

type Suite = { '@name': string; '@tests': string; testcase: Array<{ '@name': string; failure?: unknown }> };
const suitesOf = (xml: string): Suite[] => {
  expect(xml).to.match(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites [^]*<\/testsuites>\n$/);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => ['testsuite', 'testcase'].includes(name),
  });
  return (parser.parse(xml) as { testsuites: { testsuite: Suite[] } }).testsuites.testsuite;
};
const metricLine = /^(?:# (?:HELP|TYPE) aquila_\w+ .+|aquila_\w+\{(?:\w+="[^"\n]*",?)+\} -?\d+)$/;

describe('sf aquila verify for machines', () => {
  let fleet: Fleet;
  beforeEach(async () => {
    fleet = await Fleet.open();
    fleet.add('alpha');
  });
  afterEach(() => fleet.close());

  describe('--result-format', () => {
    it('junit is all that stdout has: a suite for the org, a case for each check', async () => {
      const run = await fleet.verify('-o', 'alpha', '--result-format', 'junit');
      expect([run.exitCode, run.stderr]).to.deep.equal([0, '']);
      const suites = suitesOf(run.stdout);
      expect(suites.map((suite) => [suite['@name'], suite['@tests']])).to.deep.equal([
        ['alpha', String(verifyChecks.length)],
      ]);
      expect(suites[0]?.testcase.map((one) => one['@name'])).to.deep.equal(
        verifyChecks.map(({ id }) => `${id} (alpha)`)
      );
    });

    it('junit has a suite for each of several orgs, and names the failure', async () => {
      fleet.add('down', { url: 'https://localhost:1' });
      const run = await fleet.verify('-o', 'alpha', '-o', 'down', '-o', 'nobody', '--result-format', 'junit');
      expect(run.exitCode).to.equal(1);
      const suites = suitesOf(run.stdout);
      expect(suites.map((suite) => suite['@name'])).to.deep.equal(['alpha', 'down', 'nobody']);
      const failed = suites[1]?.testcase.filter(({ failure }) => failure !== undefined);
      expect(failed?.map((one) => one['@name'])).to.deep.equal(['host-reachable (down)']);
    });

    it('junit agrees with the exit code under --fail-on warn', async () => {
      const words = [
        '-o',
        'alpha',
        '--only',
        'cert-expires-later',
        '--warn-days',
        '100000',
        '--result-format',
        'junit',
      ];
      const failures = (xml: string): number =>
        suitesOf(xml).flatMap(({ testcase }) => testcase.filter(({ failure }) => failure !== undefined)).length;
      const [lax, strict] = [await fleet.verify(...words), await fleet.verify(...words, '--fail-on', 'warn')];
      expect([lax.exitCode, failures(lax.stdout)]).to.deep.equal([0, 0]);
      expect([strict.exitCode, failures(strict.stdout)]).to.deep.equal([1, 1]);
    });

    it('prometheus is all that stdout has, and every line of it is one that node_exporter reads', async () => {
      fleet.add('down', { url: 'https://localhost:1' });
      const run = await fleet.verify('--all', '--result-format', 'prometheus');
      expect([run.exitCode, run.stderr]).to.deep.equal([1, '']);
      expect(run.stdout.endsWith('\n')).to.equal(true);
      const lines = run.stdout.trimEnd().split('\n');
      expect(lines.filter((line) => !metricLine.test(line))).to.deep.equal([]);
      expect(lines)
        .to.include('aquila_verify_passed{org="alpha"} 1')
        .and.to.include('aquila_verify_passed{org="down"} 0');
      expect(lines).to.include('aquila_check_status{org="down",check="host-reachable"} 4');
      expect(run.stdout).to.match(/^aquila_certificate_days_left\{org="alpha"\} \d{5}$/m);
    });

    it('--wait and --report-file speak on stderr, so stdout stays what was asked for', async () => {
      const run = await fleet.verify('-o', 'alpha', '--result-format', 'junit', '--report-file', fleet.path('d.md'));
      expect(run.stderr).to.equal(`Wrote the diagnosis: ${fleet.path('d.md')}\n`);
      expect(suitesOf(run.stdout)).to.have.lengthOf(1);
    });

    it('--json wins over it', async () => {
      const run = await fleet.verify('-o', 'alpha', '--result-format', 'junit', '--json');
      const { status, result } = JSON.parse(run.stdout) as { status: number; result: { passed: boolean } };
      expect([status, result.passed, run.exitCode]).to.deep.equal([0, true, 0]);
    });

    it('another word is an error with 2', async () => {
      const run = await fleet.verify('-o', 'alpha', '--result-format', 'tap');
      expect([run.exitCode, run.stdout]).to.deep.equal([2, '']);
      expect(fleet.emulator.connections).to.equal(0);
    });
  });

  describe('--report-file', () => {
    const report = (): string => readFileSync(fleet.path('diagnosis.md'), 'utf8');
    const words = (...more: string[]): string[] => [
      '-o',
      'alpha',
      '--report-file',
      fleet.path('diagnosis.md'),
      ...more,
    ];

    it('writes a diagnosis with the five fields and the findings beside what is printed', async () => {
      const run = await fleet.verify(...words());
      expect([run.exitCode, run.stderr]).to.deep.equal([0, `Wrote the diagnosis: ${fleet.path('diagnosis.md')}\n`]);
      expect(run.stdout).to.include('31 passed');
      expect(report())
        .to.match(/^# Diagnosis by sf aquila\n/)
        .and.to.include('## Org `alpha`');
      for (const part of ['The five fields', 'Findings', 'It passed.', '/etc/aquila/server.pem', process.version]) {
        expect(report()).to.include(part);
      }
      expect(statSync(fleet.path('diagnosis.md')).mode & 0o777).to.equal(0o644);
    });

    it("is written when checks fail, with Salesforce's words and every org", async () => {
      scenarios.E2(fleet.emulator);
      fleet.emulator.org.user('alpha@acme.com')!.permissionSets = [];
      const run = await fleet.verify(...words('-o', 'nobody'));
      expect(run.exitCode).to.equal(1);
      expect(report()).to.include('invalid_app_access: user is not admin approved to access this app');
      expect(report()).to.include('## Org `nobody`\n\nIt could not be checked.').and.to.include('(LoginUnknown)');
    });

    it('goes without a word on stderr under --json', async () => {
      const run = await fleet.verify(...words('--json'));
      expect([run.stderr, JSON.parse(run.stdout) !== undefined]).to.deep.equal(['', true]);
      expect(report()).to.include('# Diagnosis');
    });

    it('never replaces a file, and is refused before a request is sent', async () => {
      writeFileSync(fleet.path('diagnosis.md'), 'mine');
      const run = await fleet.verify(...words());
      expect([run.exitCode, run.error?.name, run.stdout]).to.deep.equal([1, 'OutputFileExists', '']);
      expect(report()).to.equal('mine');
      expect(fleet.emulator.connections).to.equal(0);
    });

    it('is not written over a folder, nor into a file', async () => {
      mkdirSync(fleet.path('diagnosis.md'));
      expect((await fleet.verify(...words())).error?.name).to.equal('OutputFileExists');
      const run = await fleet.verify('-o', 'alpha', '--report-file', fleet.path('server.crt', 'diagnosis.md'));
      expect([run.exitCode, run.error?.name]).to.deep.equal([2, 'FolderIsFile']);
      expect(fleet.emulator.connections).to.equal(0);
    });

    it('is not written where the command ends with an error', async () => {
      const run = await fleet.verify('-o', 'nobody', '--report-file', fleet.path('diagnosis.md'));
      expect(run.error?.name).to.equal('LoginUnknown');
      expect(Object.keys(fleet.files())).not.to.include('diagnosis.md');
    });

    it('is written by a user without a name, as in some containers', async () => {
      const { userInfo } = os;
      os.userInfo = () => {
        throw new Error('uv_os_get_passwd returned ENOENT');
      };
      syncBuiltinESMExports();
      try {
        expect((await fleet.verify(...words('--only', 'handover'))).exitCode).to.equal(0);
      } finally {
        os.userInfo = userInfo;
        syncBuiltinESMExports();
      }
      expect(report()).to.include('# Diagnosis');
    });

    for (const [state, breakIt] of [
      ['an org that is well', () => undefined],
      ['a refused login', () => scenarios.E3(fleet.emulator)],
      [
        'a grant that is no whole grant',
        () => fleet.emulator.faults.set({ kind: 'missingKeys', keys: ['id', 'scope'] }),
      ],
      [
        'an answer that is a page with the token in it',
        () =>
          fleet.emulator.faults.set({ kind: 'status', status: 500, body: '{"access_token":"00D5g00000Acme1!AQ.se"}' }),
      ],
    ] as const) {
      it(`holds no token, no assertion, no key, and nobody's home: ${state}`, async () => {
        await fleet.addAdmin();
        breakIt();
        const run = await fleet.verify(...words('--admin-org', 'admin', '--verbose'));
        const { calls, org } = fleet.emulator;
        const keyLines = readFileSync(fleet.path('server.key'), 'utf8').split('\n').slice(1, -2);
        const secrets = [
          ...org.tokens.map(({ value }) => value),
          ...org.refreshTokens.map(({ value }) => value),
          ...calls.tokenRequests().map(({ body }) => new URLSearchParams(body).get('assertion') ?? ''),
          ...keyLines,
          '00D5g00000Acme1!AQ.se',
        ].filter((secret) => secret.length > 12);
        expect(secrets.length).to.be.greaterThan(25);
        for (const secret of secrets) expect(report()).not.to.include(secret);
        expect(report())
          .not.to.include(fleet.home)
          .and.not.to.match(/eyJ|BEGIN|!AQ/);
        expect(run.stdout).not.to.match(/eyJhb|BEGIN|00D\w{12,15}!AQ\w{12}/);
      });
    }
  });

  it('as a process, the report alone is on stdout and the exit code is that of the findings', async () => {
    const place = new Place();
    try {
      const env = {
        ...fleet.env,
        NODE_EXTRA_CA_CERTS: await writeTlsCertificate(fleet.emulator.tlsCertificate, place.folder),
      };
      fleet.add('down', { url: 'https://localhost:1' });
      const run = await place.run(['verify', '--all', '--result-format', 'junit'], { env });
      expect([run.code, run.stderr]).to.deep.equal([1, '']);
      expect(suitesOf(run.stdout).map((suite) => suite['@name'])).to.deep.equal(['alpha', 'down']);
    } finally {
      place.remove();
    }
  });
});
