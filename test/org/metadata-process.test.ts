import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator, writeTlsCertificate, type Emulator } from '../emulator/index.ts';
import { fixture } from '../emulator/test-client.ts';
import { temporaryHome } from './home.ts';
import { storeAdmin } from './stored-admin.ts';

describe('metadata, in a process of its own', () => {
  let emulator: Emulator;
  let home: string;
  let leave: () => void;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    ({ home, leave } = temporaryHome());
    await storeAdmin(emulator);
  });
  afterEach(async () => {
    leave();
    await emulator.stop();
  });

  describe('the library that deploys', () => {
    it('is not loaded before something is deployed or retrieved', async () => {
      const source = (name: string): string => new URL(`../../src/org/${name}.ts`, import.meta.url).href;
      const script = `
        import { createRequire } from 'node:module';
        const loaded = (name) => Object.keys(createRequire('/').cache).some((path) => path.includes(name));
        await import('${source('session')}');
        await import('${source('metadata')}');
        const before = loaded('source-deploy-retrieve');
        await import('${source('transfer')}');
        console.log(JSON.stringify([before, loaded('source-deploy-retrieve')]));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
      expect(JSON.parse(stdout)).to.deep.equal([false, true]);
    });
  });

  describe('as a process that logs everything', () => {
    const errand = fileURLToPath(new URL('errand.ts', import.meta.url));
    const filesIn = (folder: string): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((file) => join(folder, file))
        .filter((file) => statSync(file).isFile());

    it('asks the org alone, leaves nothing on the disk but the log, and no secret in it', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'aquila-errand-'));
      const [work, dump, temporary] = ['work', 'dump', 'tmp'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      for (const one of [work, dump, temporary]) mkdirSync(one);
      const before = filesIn(home);
      emulator.org.expireTokens();
      try {
        const { stdout, stderr } = await promisify(execFile)(process.execPath, [errand, 'admin'], {
          cwd: work,
          env: {
            PATH: process.env.PATH,
            ...{ HOME: home, USERPROFILE: home, TMPDIR: temporary, SF_MDAPI_TEMP_DIR: dump },
            ...{ SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_LOG_LEVEL: 'trace', JSFORCE_LOG_LEVEL: 'DEBUG' },
            NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, folder),
          },
        });
        expect(stdout).to.include('"retrieved":2').and.include('"succeeded":true').and.include('INVALID_TYPE');
        expect([work, dump, temporary].flatMap(filesIn)).to.deep.equal([]);
        const logs = filesIn(home).filter((file) => !before.includes(file));
        expect(logs.filter((file) => !file.endsWith('.log'))).to.deep.equal([]);
        expect(logs).not.to.deep.equal([]);

        const told = [stdout, stderr, ...logs.map((file) => readFileSync(file, 'utf8'))].join('\n');
        expect(told).to.include('MemoryDeploy');
        expect(told).not.to.match(/"(?:body|data)"/);
        const secrets = [
          ...[...emulator.org.tokens, ...emulator.org.refreshTokens].map(({ value }) => value),
          ...[example.clientId, fixture('rsa2048.crt').split('\n')[1] ?? ''],
        ];
        expect(secrets.filter((secret) => told.includes(secret))).to.deep.equal([]);
        expect(new Set(emulator.calls.map(({ face }) => face))).to.deep.equal(new Set(['my-domain']));
        expect(
          emulator.calls.filter(({ path }) => path.endsWith('/query') || path === '/services/data')
        ).to.have.length(2);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});
