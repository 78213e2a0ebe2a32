/**
 * The journey of an admin in one go, against the loopback org of the tests: certificate, login, proof, the five fields. Everything is
 * real but the org: the built commands run as processes of their own, in a home folder that is removed at the end.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { example, exampleOrg, startEmulator, writeTlsCertificate } from '../test/emulator/index.ts';

const sf = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'aquila-demo-'));
const work = join(folder, 'jwt');
mkdirSync(work);

const say = (text: string): void => {
  console.log(`\n${styleText('dim', text)}`);
};

/** Runs one command where the user can see it, and answers its exit code. */
async function run(command: string, ...args: string[]): Promise<number> {
  const shown = args.map((word) => (/^[\w./:@=,-]+$/.test(word) ? word : `"${word}"`)).join(' ');
  console.log(`\n${styleText('bold', `$ sf aquila ${command} ${shown}`)}`);
  const child = spawn(process.execPath, [sf, 'aquila', ...command.split(' '), ...args], {
    cwd: work,
    env,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

const emulator = await startEmulator(exampleOrg());
const env = {
  ...process.env,
  HOME: folder,
  USERPROFILE: folder,
  SF_DISABLE_TELEMETRY: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, folder),
  // A proxy of this machine must not stand between the commands and the org inside it.
  NO_PROXY: 'localhost',
  no_proxy: 'localhost',
};

try {
  say(`A Salesforce org runs inside this process, at ${emulator.myDomainUrl}. Nothing leaves this machine.`);
  say('1. Make the key and the certificate. No OpenSSL, no Java.');
  const codes = [await run('cert create', '--subject', 'C=PH,O=Acme,CN=AQUILA')];

  say(`2. In Setup, the admin uploads server.crt to the External Client App "AQUILA" and copies its consumer key.
   The loopback org does that by itself here. But nobody assigned the app's permission set to the user yet:`);
  const [app, user] = [emulator.org.app(example.clientId), emulator.org.user(example.username)];
  if (!app || !user) throw new Error('The example org has lost its app or its user.');
  app.certificate = readFileSync(join(work, 'server.crt'), 'utf8');
  user.permissionSets = [];
  const login = ['--username', example.username, '--client-id', example.clientId, '--jwt-key-file', 'server.key'];
  const wish = [...login, '--instance-url', emulator.myDomainUrl, '--alias', 'aquila'];
  const refused = await run('login', ...wish);

  say('3. The admin assigns the permission set, and logs in again.');
  user.permissionSets = [example.permissionSet];
  codes.push(await run('login', ...wish));

  say('4. Prove that the collector will get in: the same single request that it sends.');
  codes.push(await run('verify', '--target-org', 'aquila'));

  say('5. Hand over.');
  codes.push(await run('report', '--target-org', 'aquila', '--key-path', '/etc/aquila/server.pem'));

  process.exitCode = codes.every((code) => code === 0) && refused === 1 ? 0 : 1;
  if (process.exitCode === 0) say('That is the whole journey. In your own org: sf plugins install sf-plugin-aquila');
} finally {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
}
