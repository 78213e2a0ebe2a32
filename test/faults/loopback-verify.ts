import { copyFileSync, chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyChecks } from '../../src/checks/doors.ts';
import type { Finding } from '../../src/checks/run.ts';
import { selectChecks } from '../../src/checks/select.ts';
import { exitCode, type CheckReport } from '../../src/checks/summary.ts';
import type { StoredLogin } from '../../src/handover/stored-login.ts';
import { openNetwork } from '../../src/org/http.ts';
import { diagnose } from '../../src/probes/diagnose.ts';
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
    copyFileSync(fixture('rsa2048.key'), this.path('server.key'));
    copyFileSync(fixture('rsa2048.crt'), this.path('server.crt'));
    chmodSync(this.path('server.key'), 0o600);
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
  }

  static async start(): Promise<LoopbackVerify> {
    return new LoopbackVerify(await startEmulator(exampleOrg(readFileSync(fixture('rsa2048.crt'), 'utf8'))));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async run(only: string[] = [], skip: string[] = []): Promise<CheckReport> {
    const selection = selectChecks(verifyChecks, { only, skip });
    if ('problem' in selection) throw new Error(selection.problem.message);
    const network = openNetwork({ SF_AQUILA_HTTP_TIMEOUT: '1' }, () => new Date());
    return diagnose({ login: this.login, selection, network, warnDays: 60, platform: process.platform });
  }

  async stop(): Promise<void> {
    this.#distrust();
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Every check that says something: its status and, for a skip, what stands in its way. */
export const spoken = ({ checks }: CheckReport): Record<string, string> =>
  Object.fromEntries(
    checks
      .filter(({ status }) => status !== 'pass')
      .map(({ id, status, blockedBy }) => [id, blockedBy === undefined ? status : `skip by ${blockedBy}`])
  );

export const found = ({ checks }: CheckReport, id: string): Finding | undefined => checks.find((one) => one.id === id);

export const exit = (result: CheckReport): 0 | 1 => exitCode(result, 'fail');

/** The checks that need a granted login, skipped by another check. */
export const withoutLogin = (blockedBy: string): Record<string, string> =>
  Object.fromEntries(
    ['login-username', 'login-instance-url', 'login-scopes', 'login-token-format'].map((id) => [
      id,
      `skip by ${blockedBy}`,
    ])
  );
