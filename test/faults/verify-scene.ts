import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import AppCreate, { type AppCreateResult } from '../../src/commands/aquila/app/create.ts';
import AquilaLogin from '../../src/commands/aquila/login.ts';
import AquilaReport from '../../src/commands/aquila/report.ts';
import AquilaVerify from '../../src/commands/aquila/verify.ts';
import { words } from '../contract/command-lines.ts';
import { example, exampleOrg, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';
import type { NewApp } from '../emulator/state.ts';
import { runInProcess, type Run } from '../in-process.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { withoutFirstPause } from './app-scene.ts';

const keyPem = readFileSync(new URL('../fixtures/keys/rsa2048.key', import.meta.url), 'utf8');
const certificate = readFileSync(new URL('../fixtures/keys/rsa2048.crt', import.meta.url), 'utf8');

/** What `verify` says, and what comes of doing it. */
export type Verdict = {
  /** Every check that neither passes nor is skipped, with its status. */
  speaks: Record<string, VerdictStatus>;
  /** What the detail of the first of them must hold. */
  says?: string;
  /** What its fix must hold; ADMIN and APP_NAME are filled in where an administrator's session is there. */
  fix: string;
  /** What its fix asks for, done in the org; 'command' where the fix is a command line, which is run as it stands. */
  mend: 'command' | ((scene: VerifyScene) => void | Promise<void>);
};

/** The app as `sf aquila app create` leaves it. */
const guideApps = (): NewApp[] =>
  (exampleOrg(certificate).apps ?? []).map((app) => ({ ...app, description: 'Log collection, managed by sf aquila' }));

/** What the guide's own timeout of the app, 5 minutes, is told each time that an administrator's session shows it. */
const ofTheGuide = 'data-session-lifetime';

/** A loopback org where all is as the guide has it, the login to it, an administrator's login, and `verify` on both. */
export class VerifyScene {
  readonly emulator: Emulator;
  readonly home = mkdtempSync(join(tmpdir(), 'aquila-fault-'));
  /** Ends the trust in the org's TLS certificate; again, nothing. */
  readonly distrust: () => void;
  readonly trust: () => void;
  /** How long a request may take; left out, as long as the product gives it, so that a busy machine is no fault. */
  seconds: number | undefined;
  readonly #slowDown = withoutFirstPause();

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    let undo = trustInProcess(emulator.tlsCertificate);
    this.distrust = () => undo();
    this.trust = () => {
      undo = trustInProcess(emulator.tlsCertificate);
    };
    // git keeps no modes, and a key that others may read is a finding of its own.
    writeFileSync(join(this.home, 'server.key'), keyPem, { mode: 0o600 });
    writeFileSync(join(this.home, 'server.crt'), certificate);
  }

  static async start(): Promise<VerifyScene> {
    const org = { ...exampleOrg(certificate), apps: guideApps(), switches: { metadataPolls: 0 } };
    const scene = new VerifyScene(await startEmulator(org));
    const { emulator, home, env } = scene;
    await storeAdmin(emulator, undefined, undefined, home);
    const flags = [...scene.loginFlags(emulator.myDomainUrl), '--alias', 'aquila'];
    const good = await runInProcess(AquilaLogin, flags, env);
    expect(good.error?.message).to.equal(undefined);
    await runInProcess(AquilaReport, ['--target-org', 'aquila', '--key-path', '/etc/aquila/server.pem'], env);
    emulator.calls.clear();
    return scene;
  }

  async stop(): Promise<void> {
    this.#slowDown();
    this.distrust();
    await this.emulator.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  get env(): Record<string, string> {
    const limit: Record<string, string> =
      this.seconds === undefined ? {} : { SF_AQUILA_HTTP_TIMEOUT: String(this.seconds) };
    return { HOME: this.home, USERPROFILE: this.home, ...limit };
  }

  loginFlags(instanceUrl: string): string[] {
    return [
      ...['--username', example.username, '--client-id', example.clientId],
      ...['--jwt-key-file', join(this.home, 'server.key'), '--instance-url', instanceUrl],
    ];
  }

  login(instanceUrl: string): Promise<Run<unknown>> {
    return runInProcess(AquilaLogin, this.loginFlags(instanceUrl), this.env);
  }

  /** Logs in again, as a fix says, with what changes in it. */
  async loginAgain(changes: { clientId?: string; instanceUrl?: string } = {}): Promise<void> {
    const { clientId = example.clientId, instanceUrl = this.emulator.myDomainUrl } = changes;
    const flags = this.loginFlags(instanceUrl).map((word) => (word === example.clientId ? clientId : word));
    const run = await runInProcess(AquilaLogin, flags, this.env);
    expect(run.error?.message).to.equal(undefined);
  }

  /** Someone makes the app anew, and the login is made with its client id. */
  async loginWithNewApp(): Promise<void> {
    const clientId = example.clientId.replace('0000', '1111');
    for (const app of guideApps()) this.emulator.org.addApp({ ...app, clientId });
    await this.loginAgain({ clientId });
  }

  /** Moves the stored login to another host, as if the org had been there when it was made. */
  moveLogin(from: string, to: string): void {
    const file = join(this.home, '.sfdx', `${example.username}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
  }

  async verify(...more: string[]): Promise<{ checks: Finding[]; exitCode: number; printed: string }> {
    const { result, error, exitCode, stdout, stderr } = await runInProcess(
      AquilaVerify,
      ['--target-org', 'aquila', '--json', ...more],
      this.env
    );
    expect(error?.message).to.equal(undefined);
    const checks = result && 'checks' in result ? result.checks : [];
    return {
      checks: checks.filter((check): check is Finding => 'status' in check),
      ...{ exitCode, printed: stdout + stderr },
    };
  }

  /** Runs a command line `sf aquila app create …` as a person would who has read it. */
  async create(line: string): Promise<void> {
    const [sf, topic, app, create, ...argv] = words(line.replace('PERMISSION_SET', example.permissionSet));
    expect([sf, topic, app, create]).to.deep.equal(['sf', 'aquila', 'app', 'create']);
    const run = await runInProcess<AppCreateResult>(AppCreate, [...argv, '--force', '--no-prompt'], this.env);
    expect(run.error?.message).to.equal(undefined);
  }

  /** `verify --admin-org` says what is expected and no more; and nothing at all when that was done. */
  async meets({ speaks, says = '', fix, mend }: Verdict): Promise<void> {
    this.emulator.calls.clear();
    const { checks, exitCode, printed } = await this.verify('--admin-org', 'admin');
    const speaking = speakingOf(checks);
    expect(Object.fromEntries(speaking.map(({ id, status }) => [id, status]))).to.deep.equal(speaks);
    const stands = Object.values(speaks).some((status) => status === 'fail' || status === 'unknown');
    expect(exitCode).to.equal(stands ? 1 : 0);
    for (const { status, blockedBy } of checks) {
      if (status === 'skip' && blockedBy !== undefined) expect(standing(checks, blockedBy)).to.have.property('fix');
    }
    const [first] = speaking;
    expect(first?.detail ?? '').to.include(says);
    expect(first?.fix ?? '').to.include(fix);
    silent(printed, this.emulator);
    expect(this.emulator.calls.tokenRequests().length, 'token requests').to.be.at.most(1);

    if (mend === 'command') await this.create(/sf aquila app create .*$/m.exec(first?.fix ?? '')?.[0] ?? '');
    else await mend(this);
    const again = await this.verify('--admin-org', 'admin');
    const left = again.checks.filter(({ status, id }) => status !== 'pass' && id !== ofTheGuide);
    expect(left.map(({ id, status }) => `${status} ${id}`)).to.deep.equal([]);
    expect(again.exitCode).to.equal(0);
  }
}

/** Every check that says that something is wrong. */
export const speakingOf = (checks: readonly Finding[]): Finding[] =>
  checks.filter(
    ({ id, status }) => status !== 'pass' && status !== 'skip' && !(id === ofTheGuide && status === 'warn')
  );

/** The finding that a skip points to, by way of others. */
function standing(checks: readonly Finding[], id: string): Finding | undefined {
  const found = checks.find((one) => one.id === id);
  return found?.blockedBy === undefined ? found : standing(checks, found.blockedBy);
}

/** Neither the key nor any token or assertion that was in play is in a text. */
export function silent(text: string, { calls, org }: Emulator): void {
  const keyBody = keyPem.split('\n')[3] ?? '';
  const assertions = calls.tokenRequests().map(({ body }) => new URLSearchParams(body).get('assertion') ?? '');
  const tokens = [...org.tokens, ...org.refreshTokens].map(({ value }) => value);
  for (const secret of [keyBody, ...assertions, ...tokens].filter(Boolean)) expect(text).not.to.include(secret);
}

/** A fault of the org that `verify --admin-org` sees: what it says, and what comes of doing it. One org for each. */
export function describeVerifyFault(
  name: string,
  { set, ...verdict }: Verdict & { set: (emulator: Emulator) => void }
) {
  describe(`fault in verify: ${name}`, () => {
    let scene: VerifyScene;
    before(async () => {
      scene = await VerifyScene.start();
    });
    after(() => scene.stop());

    const speakers = Object.keys(verdict.speaks).join(' and ');
    it(`verify --admin-org lets ${speakers} speak and nothing else, and nothing when that is mended`, async () => {
      set(scene.emulator);
      await scene.meets(verdict);
    });
  });
}
