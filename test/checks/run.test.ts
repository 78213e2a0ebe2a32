import { expect } from 'chai';
import { blocked, defineCheck, fail, pass, skip, unknown, warn, type AnyCheck } from '../../src/checks/define.ts';
import type { ReadName } from '../../src/checks/facts.ts';
import { runChecks, type Finding, type Reading, type Readers, type Selection } from '../../src/checks/run.ts';
import { problem } from '../../src/errors.ts';
import { given, granted, host, identity, keyFile } from './example-facts.ts';

/** Checks of the shape that the machine knows, small enough to be seen whole. */
const texts = { title: 'it is well', why: 'It matters.', fix: 'sf aquila verify --target-org <org>' };
const readsKey = defineCheck({ id: 'key-read', ...texts, needs: ['keyFile'], reads: 'keyFile', judge: () => pass() });
const needsKey = defineCheck({ id: 'key-plain', ...texts, needs: ['keyFile'], judge: () => warn('look') });
const readsHost = defineCheck({ id: 'host-read', ...texts, needs: ['host'], reads: 'host', judge: () => pass() });
const readsAttempt = defineCheck({
  ...{ id: 'login-tried', ...texts, needs: ['attempt', 'host'], reads: 'attempt' },
  judge: () => pass(),
});
const needsNothing = defineCheck({
  id: 'handover-all',
  ...texts,
  needs: ['login'],
  judge: ({ login }) => pass(login.username),
});
const registry: AnyCheck[] = [readsKey, needsKey, readsHost, readsAttempt, needsNothing];

const run = (checks: AnyCheck[], more: Partial<Selection> = {}): Selection => ({
  run: checks,
  deselected: [],
  forbidden: [],
  ...more,
});

/** Readers that answer what is given, and count how often they are asked; a fact that nobody gave must not be asked for. */
function readers(readings: Partial<Record<ReadName, Reading<never>>>): { all: Readers; asked: ReadName[] } {
  const asked: ReadName[] = [];
  const names: ReadName[] = ['keyFile', 'certificate', 'host', 'attempt', 'identity'];
  const entries = names.map((name) => [
    name,
    async () => {
      asked.push(name);
      const reading = readings[name];
      if (!reading) throw new Error(`nobody should read ${name}`);
      return reading;
    },
  ]);
  return { all: Object.fromEntries(entries) as Readers, asked };
}

const value = (read: unknown): Reading<never> => ({ value: read }) as Reading<never>;
const wellRead = {
  keyFile: value(keyFile()),
  host: value(host()),
  attempt: value(granted()),
  identity: value(identity()),
};
const refusedConnection = problem('ConnectionRefused', ['acme.my.salesforce.com', 'ECONNREFUSED']);

const statuses = (findings: Finding[]): string[] =>
  findings.map(({ id, status, blockedBy }) => [id, status, blockedBy].filter(Boolean).join(' '));

describe('checks: the runner', () => {
  it('reads each fact once, however many checks need it', async () => {
    const { all, asked } = readers(wellRead);
    await runChecks(run(registry), given(), all, registry);
    expect(asked).to.have.members(['keyFile', 'host', 'attempt']);
  });

  it('reads independent facts at the same time', async () => {
    const waiting: Array<() => void> = [];
    const both = async (reading: Reading<never>): Promise<Reading<never>> => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const go of waiting) go();
      });
      return reading;
    };
    const parallel = { keyFile: () => both(wellRead.keyFile), host: () => both(wellRead.host) } as unknown as Readers;
    // would wait for ever if the second were read after the first
    const findings = await runChecks(run([readsKey, readsHost]), given(), parallel, registry);
    expect(statuses(findings)).to.deep.equal(['key-read pass', 'host-read pass']);
  });

  it('reads nothing for checks that need only what is given', async () => {
    const { all, asked } = readers({});
    const findings = await runChecks(run([needsNothing]), given(), all, registry);
    expect(statuses(findings)).to.deep.equal(['handover-all pass']);
    expect(asked).to.deep.equal([]);
  });

  it('lists findings in the order of the registry', async () => {
    const { all } = readers(wellRead);
    const findings = await runChecks(run([...registry].reverse()), given(), all, registry);
    expect(findings.map(({ id }) => id)).to.deep.equal(registry.map(({ id }) => id));
  });

  it('a failed fact fails the one check that reads it, with the problem, and the others are skipped by it', async () => {
    const { all } = readers({
      keyFile: { failed: problem('KeyFileMissing', ['/home/you/server.key']), data: { tried: 1 } },
    });
    const [first, second] = await runChecks(run([readsKey, needsKey]), given(), all, registry);
    expect(first).to.deep.equal({
      id: 'key-read',
      title: 'it is well',
      status: 'fail',
      detail: 'There is no private key file /home/you/server.key.',
      data: { code: 'KeyFileMissing', tried: 1 },
      fix: problem('KeyFileMissing').actions.join('\n'),
      docs: 'docs/checks/key-read.md',
    });
    expect(second).to.deep.equal({
      id: 'key-plain',
      title: 'it is well',
      status: 'skip',
      detail: 'blocked by key-read',
      blockedBy: 'key-read',
      docs: 'docs/checks/key-plain.md',
    });
  });

  it("a failed fact's own fix takes the place of the problem's actions", async () => {
    const failed = problem('KeyFileMissing', ['/home/you/server.key']);
    const { all } = readers({ keyFile: { failed, fix: 'put it back at <key>' } });
    const [finding] = await runChecks(run([readsKey]), given(), all, registry);
    expect(finding?.fix).to.equal('put it back at /home/you/aquila/server.key');
  });

  it('a denied fact makes the one check that reads it unknown, and names the permission', async () => {
    const { all } = readers({ keyFile: { denied: 'View Setup and Configuration' } });
    const [first, second] = await runChecks(run([readsKey, needsKey]), given(), all, registry);
    expect(first?.status).to.equal('unknown');
    expect(first?.detail).to.equal('this can be read only with the permission "View Setup and Configuration"');
    expect(first?.fix).to.include('"View Setup and Configuration"');
    expect(second).to.include({ status: 'skip', blockedBy: 'key-read' });
  });

  it('a fact that another check stands in the way of skips all that need it, and that check runs too', async () => {
    const { all, asked } = readers({
      attempt: { blocked: 'host-read' },
      host: { failed: refusedConnection },
    });
    const findings = await runChecks(run([readsAttempt]), given(), all, registry);
    expect(statuses(findings)).to.deep.equal(['host-read fail', 'login-tried skip host-read']);
    expect(asked).to.have.members(['attempt', 'host']);
  });

  it('a verdict that points to another check is a skip, and that check runs too', async () => {
    const points = defineCheck({
      id: 'login-points',
      ...texts,
      needs: ['login'],
      judge: () => blocked('key-plain', 'more'),
    });
    const { all } = readers({ keyFile: wellRead.keyFile });
    const findings = await runChecks(run([points]), given(), all, [...registry, points]);
    expect(statuses(findings)).to.deep.equal(['key-plain warn', 'login-points skip key-plain']);
    expect(findings[1]?.detail).to.equal('blocked by key-plain\nmore');
  });

  it('a check in the way that is forbidden is listed as left out instead', async () => {
    const { all } = readers({ attempt: { blocked: 'key-plain' }, host: wellRead.host });
    const findings = await runChecks(run([readsAttempt], { forbidden: [needsKey] }), given(), all, registry);
    expect(statuses(findings)).to.deep.equal(['key-plain skip', 'login-tried skip key-plain']);
    expect(findings[0]?.detail).to.equal('left out by --skip');
  });

  it('a check that was deselected is listed as skipped and not judged', async () => {
    const { all, asked } = readers({});
    const findings = await runChecks(
      run([], { deselected: [readsKey], forbidden: [readsKey] }),
      given(),
      all,
      registry
    );
    expect(statuses(findings)).to.deep.equal(['key-read skip']);
    expect(asked).to.deep.equal([]);
  });

  it('a crash in judge is unknown, never a pass, and its text stays inside', async () => {
    const breaks = defineCheck({
      ...{ id: 'key-breaks', ...texts, needs: ['login'] },
      judge: () => {
        throw new Error('-----BEGIN PRIVATE KEY-----');
      },
    });
    const [finding] = await runChecks(run([breaks]), given(), readers({}).all, [breaks]);
    expect(finding).to.include({ status: 'unknown', detail: 'the check itself broke' });
    expect(JSON.stringify(finding)).not.to.include('PRIVATE KEY');
  });

  it('judge sees the facts that it needs', async () => {
    const seen: unknown[] = [];
    const looks = defineCheck({
      ...{ id: 'key-looks', ...texts, needs: ['keyFile', 'warnDays'] },
      judge: (facts) => {
        seen.push(facts.keyFile.mode, facts.warnDays);
        return pass();
      },
    });
    await runChecks(run([looks]), given(), readers({ keyFile: wellRead.keyFile }).all, [looks]);
    expect(seen).to.deep.equal([0o600, 60]);
  });

  for (const [status, verdict, hasFix] of [
    ['pass', pass('seen'), false],
    ['warn', warn('seen'), true],
    ['fail', fail('seen'), true],
    ['unknown', unknown('seen'), true],
    ['skip', skip('seen'), false],
  ] as const) {
    it(`${status} ${hasFix ? 'carries the fix, filled in' : 'carries no fix'}`, async () => {
      const says = defineCheck({ id: 'key-says', ...texts, needs: ['login'], judge: () => verdict });
      const [finding] = await runChecks(run([says]), given(), readers({}).all, [says]);
      expect(finding).to.include({ status, detail: 'seen', docs: 'docs/checks/key-says.md' });
      expect(finding?.fix).to.equal(hasFix ? 'sf aquila verify --target-org aquila' : undefined);
    });
  }

  it("a verdict's own fix takes the place of the check's", async () => {
    const says = defineCheck({
      ...{ id: 'key-says', ...texts, needs: ['login'] },
      judge: () => fail('no', { fix: 'chmod 600 <key>' }),
    });
    const [finding] = await runChecks(
      run([says]),
      given({ keyPath: '/home/you/my keys/server.key' }),
      readers({}).all,
      [says]
    );
    expect(finding?.fix).to.equal('chmod 600 "/home/you/my keys/server.key"');
  });
});
