import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { verifyChecks } from '../../src/checks/doors.ts';
import { openNetwork } from '../../src/org/http.ts';
import { diagnose } from '../../src/probes/diagnose.ts';
import { diagnoseOrgs, orgsAtOnce } from '../../src/probes/diagnose-orgs.ts';
import { example, trustInProcess } from '../../test/emulator/index.ts';
import { temporaryHome } from '../../test/org/home.ts';
import type { Started, Wanted } from './orgs-host.ts';
import { run } from './run.ts';
import type { Bench, Target } from './section.ts';

const root = join(import.meta.dirname, '..', '..');
const keys = join(root, 'test', 'fixtures', 'keys');
const count = 100;

/** Milliseconds for each answer: a way across a continent and back, and what an org thinks about. */
const delay = 200;

/** A hundred orgs verified as `verify --all` does it, by the same orgs one after another. */
export async function orgs({ measure, pairs }: Bench): Promise<Target[]> {
  const usernames = Array.from({ length: count }, (_, at) => `integration${at}@acme.com`);
  const workerData: Wanted = { certificateFile: join(keys, 'rsa2048.crt'), usernames, delay };
  const host = new Worker(new URL('./orgs-host.ts', import.meta.url), { workerData });
  const { home, leave } = temporaryHome();
  try {
    const [started] = (await once(host, 'message')) as [Started];
    trustInProcess(started.tlsCertificate);
    store(home, usernames, started);
    const network = openNetwork({}, () => new Date());
    const selection = { run: verifyChecks, deselected: [], forbidden: [] };
    const verifyAll = (atOnce: number) => async (): Promise<void> => {
      const found = await diagnoseOrgs(
        usernames,
        (login, turn) => turn(() => diagnose({ login, selection, network, warnDays: 60, platform: process.platform })),
        atOnce
      );
      const passed = found.filter((org) => 'report' in org && org.report.passed).length;
      if (passed !== count) throw new Error(`${passed} of ${count} orgs passed`);
    };
    const ratio = await measure(
      `${count} orgs one after another, ${delay} ms for each answer`,
      `${orgsAtOnce} of them at a time`,
      [verifyAll(1), verifyAll(orgsAtOnce)],
      pairs(3)
    );
    const few = usernames.slice(0, orgsAtOnce).flatMap((username) => ['--target-org', username]);
    const [all, some] = [await peak(home, started, ['--all']), await peak(home, started, few)];
    return [
      { what: `${count} orgs in parallel, times as fast as one after another`, ratio, atLeast: 10 },
      { what: `peak of memory for ${count} orgs, by that for ${orgsAtOnce}`, ratio: all / some, atMost: 1.3 },
    ];
  } finally {
    leave();
    await host.terminate();
  }
}

/** The most memory that the whole command took, in kilobytes. */
async function peak(home: string, { tlsCertificate }: Started, orgs: readonly string[]): Promise<number> {
  const [told, trusted] = [join(home, 'peak'), join(home, 'org.crt')];
  writeFileSync(trusted, tlsCertificate);
  const tell = `process.on('exit', () => process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)))`;
  const words = ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, join(root, 'bin', 'run.js')];
  const env = { HOME: home, USERPROFILE: home, NODE_EXTRA_CA_CERTS: trusted, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true' };
  await run(process.execPath, [...words, 'aquila', 'verify', ...orgs], { cwd: home, env });
  return Number(readFileSync(told, 'utf8'));
}

/** The logins as `sf aquila login` leaves them. */
function store(home: string, usernames: readonly string[], { url, orgId }: Started): void {
  const privateKey = join(home, 'server.key');
  copyFileSync(join(keys, 'rsa2048.key'), privateKey);
  chmodSync(privateKey, 0o600);
  copyFileSync(join(keys, 'rsa2048.crt'), join(home, 'server.crt'));
  mkdirSync(join(home, '.sfdx'));
  const login = { orgId, clientId: example.clientId, privateKey, instanceUrl: url, loginUrl: url, jwtAudience: url };
  for (const username of usernames) {
    const file = { username, ...login, accessToken: 'not decrypted', aquilaKeyPath: '/etc/aquila/server.pem' };
    writeFileSync(join(home, '.sfdx', `${username}.json`), JSON.stringify(file));
  }
}
