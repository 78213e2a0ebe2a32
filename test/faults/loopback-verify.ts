import { copyFileSync, chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { verifyChecks } from '../../src/checks/doors.ts';
import type { Finding } from '../../src/checks/run.ts';
import { selectChecks } from '../../src/checks/select.ts';
import { exitCode, type CheckReport } from '../../src/checks/summary.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { openNetwork } from '../../src/org/http.ts';
import { diagnose, type Diagnosis } from '../../src/probes/diagnose.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/keys/${name}`, import.meta.url));

/** A login at a loopback org where all is well, and the checks of `verify` on it. */
export class LoopbackVerify {
  readonly folder = mkdtempSync(join(tmpdir(), 'aquila-verify-'));
  readonly emulator: Emulator;
  /** What is stored; a test may change it. */
  login: StoredLogin;
  readonly #distrust: () => void;

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.#distrust = trustInProcess(emulator.tlsCertificate);
    this.login = this.mend();
  }

  /** Puts all to rights on this machine and between it and the org, as the fixes say. */
  mend(): StoredLogin {
    const { emulator } = this;
    copyFileSync(fixture('rsa2048.key'), this.path('server.key'));
    copyFileSync(fixture('rsa2048.crt'), this.path('server.crt'));
    chmodSync(this.path('server.key'), 0o600);
    emulator.faults.clear();
    this.login = {
      username: example.username,
      alias: 'aquila',
      clientId: example.clientId,
      keyPath: this.path('server.key'),
      instanceUrl: emulator.myDomainUrl,
      loginUrl: emulator.myDomainUrl,
      jwtAudience: emulator.myDomainUrl,
      orgId: emulator.org.id,
      aquilaKeyPath: '/etc/aquila/server.pem',
    };
    return this.login;
  }

  static async start(): Promise<LoopbackVerify> {
    return new LoopbackVerify(await startEmulator(exampleOrg(readFileSync(fixture('rsa2048.crt'), 'utf8'))));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async run(only: string[] = [], skip: string[] = [], changes: Partial<Diagnosis> = {}): Promise<CheckReport> {
    const selection = selectChecks(verifyChecks, { only, skip });
    if ('problem' in selection) throw new Error(selection.problem.message);
    const network = openNetwork({}, () => new Date());
    return diagnose({ login: this.login, selection, network, warnDays: 60, platform: process.platform, ...changes });
  }

  async stop(): Promise<void> {
    this.#distrust();
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Every check that says something: its status and, for a skip, what stands in its way. What only an administrator's session could show is
 * left out; `leftToAdmin` lists it.
 */
export const spoken = ({ checks }: CheckReport): Record<string, string> =>
  Object.fromEntries(
    checks
      .filter((finding) => finding.status !== 'pass' && !lacksAdmin(finding))
      .map(({ id, status, blockedBy }) => [id, blockedBy === undefined ? status : `skip by ${blockedBy}`])
  );

/** The checks that were skipped for lack of an administrator's session, and of nothing else. */
export const leftToAdmin = ({ checks }: CheckReport): string[] => checks.filter(lacksAdmin).map(({ id }) => id);

const lacksAdmin = ({ status, detail = '', blockedBy }: Finding): boolean =>
  status === 'skip' && blockedBy === undefined && detail.includes('--admin-org');

/** What was wrong was put right, and every check passes. */
export async function mended(loopback: LoopbackVerify): Promise<void> {
  loopback.mend();
  const result = await loopback.run();
  expect(spoken(result)).to.deep.equal({});
  expect(exit(result)).to.equal(0);
}

export const found = ({ checks }: CheckReport, id: string): Finding | undefined => checks.find((one) => one.id === id);

export const exit = (result: CheckReport): 0 | 1 => exitCode(result, 'fail');

const skippedBy = (blockedBy: string, ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [id, `skip by ${blockedBy}`]));

/** The checks of what the collector would read, skipped by another check. */
export const withoutData = (blockedBy: string): Record<string, string> =>
  skippedBy(blockedBy, [
    ...['user-event-log-files', 'user-real-time-events', 'data-event-log-files', 'data-log-interval'],
    ...['data-log-download', 'data-login-events', 'data-logout-events', 'data-setup-audit-trail', 'data-api-limit'],
  ]);

/** The checks that need a granted login, skipped by another check. */
export const withoutLogin = (blockedBy: string): Record<string, string> => ({
  ...skippedBy(blockedBy, ['login-username', 'login-instance-url', 'login-scopes', 'login-token-format']),
  ...skippedBy(blockedBy, ['user-active', 'user-api-enabled']),
  ...withoutData(blockedBy),
});
