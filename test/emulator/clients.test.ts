import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator, writeTlsCertificate } from './index.ts';
import type { Emulator } from './index.ts';
import { startLoopbackProxy } from './loopback-proxy.ts';
import type { LoopbackProxy } from './loopback-proxy.ts';
import { fixture, jwtBearerGrant, postToken, rightClaims } from './test-client.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const keyFile = fileURLToPath(new URL('../fixtures/keys/rsa2048.key', import.meta.url));
const has = (tool: string, flag: string): boolean => spawnSync(tool, [flag]).status === 0;

/** Clients and signers that were written without knowing this emulator. */
describe('emulator: independent clients', () => {
  let emulator: Emulator;
  let folder: string;
  let tlsFile: string;
  let proxy: LoopbackProxy;
  before(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    folder = await mkdtemp(join(tmpdir(), 'aquila-clients-'));
    proxy = await startLoopbackProxy();
    tlsFile = await writeTlsCertificate(emulator.tlsCertificate, folder);
  });
  after(async () => {
    await emulator.stop();
    await proxy.stop();
    await rm(folder, { recursive: true });
  });

  it('jsonwebtoken signs what the org accepts', async () => {
    const core = createRequire(createRequire(import.meta.url).resolve('@salesforce/core'));
    const { sign } = core('jsonwebtoken') as { sign: (claims: object, key: string, options: object) => string };
    const assertion = sign(rightClaims(emulator), fixture('rsa2048.key'), { algorithm: 'RS256' });
    expect((await postToken(emulator, { grant_type: jwtBearerGrant, assertion })).status).to.equal(200);
  });

  it('openssl signs and curl asks, over verified TLS', async function () {
    if (!has('openssl', 'version') || !has('curl', '--version')) {
      console.log('    skipped: openssl or curl is not installed');
      return this.skip();
    }
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'RS256' })}.${part(rightClaims(emulator))}`;
    const signed = spawnSync('openssl', ['dgst', '-sha256', '-sign', keyFile], { input: unsigned });
    const curl = async (...args: string[]): Promise<{ status: string; body: string }> => {
      const common = [
        '--silent',
        '--show-error',
        '--cacert',
        tlsFile,
        '--noproxy',
        '*',
        '--write-out',
        '\n%{http_code}',
      ];
      const lines = (await run('curl', [...common, ...args])).stdout.split('\n');
      return { status: lines.pop() ?? '', body: lines.join('\n') };
    };
    const assertion = `${unsigned}.${signed.stdout.toString('base64url')}`;
    const tokenUrl = `${emulator.myDomainUrl}/services/oauth2/token`;
    const login = await curl(
      '--data-urlencode',
      `grant_type=${jwtBearerGrant}`,
      '--data',
      `assertion=${assertion}`,
      tokenUrl
    );
    expect(login.status).to.equal('200');
    const { access_token: token, id } = JSON.parse(login.body) as { access_token: string; id: string };
    const identity = await curl('--header', `Authorization: Bearer ${token}`, id);
    expect(JSON.parse(identity.body)).to.include({ username: example.username });
    const wrong = await curl('--data', 'grant_type=x', tokenUrl);
    expect(wrong).to.deep.equal({
      status: '400',
      body: '{"error":"unsupported_grant_type","error_description":"grant type not supported"}',
    });
  });

  it('@salesforce/core logs in, asks for the org, refreshes an expired token, and goes nowhere else', async () => {
    const program = `
      import core from '@salesforce/core';
      const { HOST, CLIENT, USER, KEY } = process.env;
      const oauth2Options = { clientId: CLIENT, loginUrl: HOST, privateKeyFile: KEY };
      const authInfo = await core.AuthInfo.create({ username: USER, oauth2Options });
      const connection = await core.Connection.create({ authInfo });
      const soql = "SELECT Id, Username FROM User WHERE Username = '" + USER + "'";
      const first = await connection.query(soql);
      process.stdout.write('logged in\\n');
      await new Promise((resolve) => process.stdin.once('data', resolve));
      const second = await connection.query(soql);
      const { orgId, instanceUrl, isDevHub, orgEdition, instanceApiVersion } = authInfo.getFields();
      const sizes = [first.totalSize, second.totalSize];
      process.stdout.write(JSON.stringify({ orgId, instanceUrl, isDevHub, orgEdition, instanceApiVersion, sizes }) + '\\n');
      process.exit(0);
    `;
    const home = join(folder, 'home');
    const env = {
      PATH: process.env['PATH'],
      ...{ HOME: home, USERPROFILE: home, NODE_EXTRA_CA_CERTS: tlsFile, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true' },
      ...{ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, SF_DISABLE_LOG_FILE: 'true', SF_DISABLE_TELEMETRY: 'true' },
      ...{ HOST: emulator.myDomainUrl, CLIENT: example.clientId, USER: example.username, KEY: keyFile },
    };
    emulator.calls.clear();
    const args = ['--input-type=module', '--eval', program];
    const child = execFile(process.execPath, args, {
      ...{ env, cwd: root },
      ...{ timeout: 15_000, killSignal: 'SIGKILL' },
    });
    let output = '';
    let errors = '';
    child.stderr?.on('data', (chunk: string) => (errors += chunk));
    child.stdout?.on('data', (chunk: string) => {
      output += chunk;
      if (output !== 'logged in\n') return;
      emulator.org.expireTokens();
      child.stdin?.write('go on\n');
    });
    await new Promise((resolve) => child.once('close', resolve));
    expect(errors).to.equal('');
    expect(JSON.parse(output.split('\n')[1] ?? '')).to.deep.equal({
      orgId: emulator.org.id,
      instanceUrl: emulator.myDomainUrl,
      isDevHub: false,
      orgEdition: 'Enterprise Edition',
      instanceApiVersion: '68.0',
      sizes: [1, 1],
    });
    expect(emulator.calls.tokenRequests().map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(emulator.calls.some(({ status }) => status === 401)).to.equal(true);
    expect(proxy.refused).to.deep.equal([]);
    expect(await readdir(join(home, '.sfdx'))).to.include(`${example.username}.json`);
    expect(await readFile(join(home, '.sfdx', `${example.username}.json`), 'utf8')).to.contain(emulator.org.id);
  });
});
