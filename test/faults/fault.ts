import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import AquilaLogin from '../../src/commands/aquila/login.ts';
import AquilaReport from '../../src/commands/aquila/report.ts';
import AquilaVerify from '../../src/commands/aquila/verify.ts';
import type { VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator, type Face } from '../emulator/index.ts';
import { runInProcess } from '../in-process.ts';

const keyPem = readFileSync(new URL('../fixtures/keys/rsa2048.key', import.meta.url), 'utf8');
const certificate = readFileSync(new URL('../fixtures/keys/rsa2048.crt', import.meta.url), 'utf8');

/** One fault of the org, and what each command says of it. */
export type FaultExpectation = {
  set: (emulator: Emulator) => void;
  /** Other address than the org's own, for hosts that can't be reached. */
  instanceUrl?: (emulator: Emulator) => string;
  /** Without trust, the org's TLS certificate is unknown to this process. */
  untrusted?: true;
  /** The login host is what is asked, so that it sees the assertion. */
  otherHost?: true;
  login: {
    /** Name of the error; LoginRefused unless given. */
    code?: string;
    /** Salesforce's own words, or what the message must hold. */
    says: string;
    /** Causes in the error's data, in order. */
    causes?: string[];
    /** What one of the actions must hold. */
    action: string;
  };
  verify: {
    /** Every check that neither passes nor is skipped, with its status. */
    speaks: Record<string, VerdictStatus>;
    /** What the fix of the first of them must hold. */
    fix: string;
  };
};

/**
 * Sets a fault and runs `login` and `verify` against it: one clear error, the right check, one token request, and neither assertion nor
 * token at another host or in anything that was printed.
 */
export function describeFault(name: string, expected: FaultExpectation): void {
  describe(`fault: ${name}`, () => {
    let emulator: Emulator;
    let distrust: () => void;
    let home: string;
    let env: Record<string, string>;
    const loginFlags = (instanceUrl: string): string[] => [
      ...['--username', example.username, '--client-id', example.clientId],
      ...['--jwt-key-file', join(home, 'server.key'), '--instance-url', instanceUrl],
    ];

    beforeEach(async () => {
      home = mkdtempSync(join(tmpdir(), 'aquila-fault-'));
      // git keeps no modes, and a key that others may read is a finding of its own.
      writeFileSync(join(home, 'server.key'), keyPem, { mode: 0o600 });
      writeFileSync(join(home, 'server.crt'), certificate);
      env = { HOME: home, USERPROFILE: home, SF_AQUILA_HTTP_TIMEOUT: '1' };
      emulator = await startEmulator(exampleOrg(certificate));
      distrust = trustInProcess(emulator.tlsCertificate);
      const good = await runInProcess(AquilaLogin, [...loginFlags(emulator.myDomainUrl), '--alias', 'aquila'], env);
      expect(good.error?.message).to.equal(undefined);
      await runInProcess(AquilaReport, ['--target-org', 'aquila', '--key-path', '/etc/aquila/server.pem'], env);
      emulator.calls.clear();
      expected.set(emulator);
      if (expected.untrusted) distrust();
    });
    afterEach(async () => {
      distrust();
      await emulator.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it(`login says "${expected.login.says}", and the earlier login stays as it was`, async () => {
      const before = stored(home);
      expect(Object.keys(before).join()).to.include(`${example.username}.json`);
      const url = expected.instanceUrl?.(emulator) ?? emulator.myDomainUrl;
      const run = await runInProcess(AquilaLogin, loginFlags(url), env);
      expect(run.error?.name).to.equal(expected.login.code ?? 'LoginRefused');
      expect(run.exitCode).to.equal(1);
      expect(run.error?.message).to.include(expected.login.says);
      expect(run.error?.actions?.join('\n')).to.include(expected.login.action);
      if (expected.login.causes) expect(run.error?.data).to.have.deep.property('causes', expected.login.causes);
      expect(run.error?.cause).to.equal(undefined);
      expect(stored(home)).to.deep.equal(before);
      sentOnce(emulator, expected.otherHost ? 'login' : 'my-domain');
      silent(run.stdout + run.stderr + JSON.stringify(run.error), emulator);
    });

    it(`verify lets ${Object.keys(expected.verify.speaks).join(' and ')} speak, and nothing else`, async () => {
      if (expected.instanceUrl) moveLogin(home, emulator.myDomainUrl, expected.instanceUrl(emulator));
      const run = await runInProcess(AquilaVerify, ['--target-org', 'aquila', '--json'], env);
      const findings = (run.result?.checks ?? []).filter((check): check is Finding => 'status' in check);
      const speaking = findings.filter(({ status }) => status !== 'pass' && status !== 'skip');
      const statuses = Object.fromEntries(speaking.map(({ id, status }) => [id, status]));
      expect(statuses).to.deep.equal(expected.verify.speaks);
      expect(run.exitCode).to.equal(Object.values(expected.verify.speaks).includes('fail') ? 1 : 0);
      const first = speaking.find(({ id }) => id in expected.verify.speaks);
      expect(first?.fix).to.include(expected.verify.fix);
      sentOnce(emulator, expected.otherHost ? 'login' : 'my-domain');
      silent(run.stdout + run.stderr, emulator);
    });
  });
}

/** Every file under the home folder, byte for byte. */
const stored = (home: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'latin1')])
  );

function sentOnce({ calls }: Emulator, face: Face): void {
  expect(calls.tokenRequests().length, 'token requests').to.be.at.most(1);
  expect(calls.filter((call) => call.face !== face).length, 'requests at another host').to.equal(0);
}

/** Neither the key nor any token or assertion that was in play is in a text. */
function silent(text: string, { calls, org }: Emulator): void {
  const keyBody = keyPem.split('\n')[3] ?? '';
  const assertions = calls.tokenRequests().map(({ body }) => new URLSearchParams(body).get('assertion') ?? '');
  const tokens = org.tokens.map(({ value }) => value);
  for (const secret of [keyBody, ...assertions, ...tokens].filter(Boolean)) expect(text).not.to.include(secret);
}

/** Moves the stored login to another host, as if the org had been there when it was made. */
function moveLogin(home: string, from: string, to: string): void {
  const file = join(home, '.sfdx', `${example.username}.json`);
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
}
