/**
 * The journey of an admin in one go, against the loopback org of the tests: certificate, app, login, proof, the five fields. Everything
 * is real but the org: the built commands run as processes of their own, in a home folder that is removed at the end.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { example, exampleOrg, startEmulator, writeTlsCertificate } from '../test/emulator/index.ts';
import { storeAdmin } from '../test/org/stored-admin.ts';

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

// An org without the app, with a permission set that nobody has, and an admin who is logged in as by "sf org login web".
const emulator = await startEmulator({ ...exampleOrg(), apps: [] });
const integration = emulator.org.user(example.username);
if (!integration) throw new Error('The example org has lost its integration user.');
integration.permissionSets = [];
emulator.org.permissionSets.add(example.permissionSet);
process.env['SF_DISABLE_LOG_FILE'] = 'true';
await storeAdmin(emulator, example.admin, 'admin', folder);

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
  say(`A Salesforce org runs inside this process, at ${emulator.myDomainUrl}.
Nothing leaves this machine.`);
  say('1. Make the key and the certificate. No OpenSSL, no Java.');
  const codes = [await run('cert create', '--subject', 'C=PH,O=Acme,CN=AQUILA')];

  say(`2. Create the External Client App, with an admin's login. There is a
   permission set ${example.permissionSet} in this org, which nobody has yet.`);
  const access = ['--permission-set', example.permissionSet, '--username', example.username];
  const app = ['--contact-email', 'soc@acme.com', '--certificate-file', 'server.crt'];
  codes.push(await run('app create', '--target-org', 'admin', ...app, ...access));

  say('3. Log in. The app is a moment old, and not every server knows it yet:');
  emulator.switches.propagationSeconds = 900;
  const clientId = emulator.org.apps[0]?.clientId ?? '';
  const login = ['--username', example.username, '--client-id', clientId, '--jwt-key-file', 'server.key'];
  const wish = [...login, '--instance-url', emulator.myDomainUrl, '--alias', 'aquila'];
  const refused = await run('login', ...wish);

  say('4. Is it the app? Compare each setting with the guide.');
  const held = ['--username', example.username, '--certificate-file', 'server.crt'];
  codes.push(await run('app check', '--target-org', 'admin', ...held));

  say(`5. It is not the app, so time will mend it. Log in again some minutes later,
   which pass at once here:`);
  emulator.switches.propagationSeconds = 0;
  codes.push(await run('login', ...wish));

  say('6. Prove that the collector will get in: the same single request that it sends.');
  codes.push(await run('verify', '--target-org', 'aquila'));

  say('7. Hand over.');
  codes.push(await run('report', '--target-org', 'aquila', '--key-path', '/etc/aquila/server.pem'));

  say(`8. All of this is one command. Now it finds everything as it should be,
   changes nothing, and proves it once more:`);
  codes.push(await run('setup', '--target-org', 'admin', '--username', example.username, '--bundle', 'aquila.zip'));

  process.exitCode = codes.every((code) => code === 0) && refused === 1 ? 0 : 1;
  if (process.exitCode === 0) say('That is the whole journey. In your own org: sf plugins install sf-plugin-aquila');
} finally {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
}
