import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AppCreateResult } from '../../../src/commands/aquila/app/create.ts';
import type { Run } from '../../in-process.ts';
import { diskError, interceptDisk } from '../../files/broken-disk.ts';
import { onPosix } from '../../files/posix.ts';
import { AppOrg } from '../../setup/app-org.ts';

const source = [
  'externalClientApps/AQUILA.eca-meta.xml',
  'extlClntAppGlobalOauthSets/AQUILA_glbloauth.ecaGlblOauth-meta.xml',
  'extlClntAppOauthPolicies/AQUILA_oauth_defaultPolicy.ecaOauthPlcy-meta.xml',
  'extlClntAppOauthSettings/AQUILA_oauth.ecaOauth-meta.xml',
  'extlClntAppPolicies/AQUILA_defaultPolicy.ecaPlcy-meta.xml',
];
const inPackage = source.map((name) => `force-app/main/default/${name}`);
const ignored = 'extlClntAppGlobalOauthSets/\n';

describe('sf aquila app create --output-dir', () => {
  let org: AppOrg;
  let folder: string;
  beforeEach(async () => {
    org = await AppOrg.open();
    folder = org.path('new', 'app');
  });
  afterEach(() => org.close());

  const write = (...words: string[]): Promise<Run<AppCreateResult>> =>
    org.createFrom(...org.newApp, '--output-dir', folder, ...words);
  const contents = (below = folder): Record<string, string> => {
    const entries = readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(below.length + 1), readFileSync(path, 'utf8')]));
  };

  it('writes a project of its own with the parts of the app, and asks no org', async () => {
    const run = await write();
    expect([run.error?.message, run.exitCode, org.emulator.connections]).to.deep.equal([undefined, 0, 0]);
    const files = contents();
    expect(Object.keys(files)).to.have.members(['.gitignore', 'sfdx-project.json', ...inPackage]);
    expect(run.result?.files).to.have.members(Object.keys(files).map((name) => join(folder, name)));
    expect(files['.gitignore']).to.equal(ignored);
    expect(JSON.parse(files['sfdx-project.json'] ?? '')).to.deep.equal({
      packageDirectories: [{ path: 'force-app', default: true }],
      sourceApiVersion: '66.0',
    });
    expect(Object.keys(run.result ?? {})).to.have.members(['name', 'developerName', 'clientId', 'changes', 'files']);
  });

  it('the client id and the certificate stand in the ignored file and in no other', async () => {
    const run = await write();
    const holding = (text: string): string[] =>
      Object.entries(contents()).flatMap(([name, content]) => (content.includes(text) ? [name] : []));
    const [only = ''] = inPackage.filter((name) => name.includes(ignored.trim()));
    expect(holding(run.result?.clientId ?? 'none')).to.deep.equal([only]);
    expect(holding(org.certificate.split('\n')[2] ?? 'none')).to.deep.equal([only]);
  });

  it('inside a project it writes the parts alone, below the folder', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(org.path('new', 'sfdx-project.json'), '{"packageDirectories":[{"path":"app"}]}');
    expect((await write()).exitCode).to.equal(0);
    expect(Object.keys(contents())).to.have.members(['.gitignore', ...source]);
  });

  it('at the top of a project it writes into the package of the project', async () => {
    mkdirSync(folder, { recursive: true });
    const project = '{"packageDirectories":[{"path":"lib"},{"path":"./apps/","default":true}]}';
    writeFileSync(join(folder, 'sfdx-project.json'), project);
    expect((await write()).exitCode).to.equal(0);
    const files = contents();
    const inApps = source.map((name) => `apps/main/default/${name}`);
    expect(Object.keys(files)).to.have.members(['.gitignore', 'sfdx-project.json', ...inApps]);
    expect(files['sfdx-project.json']).to.equal(project);
  });

  it('says what comes next, in 80 columns but for commands and paths', async () => {
    const { stdout } = await write();
    const wide = stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('  '));
    expect(wide).to.deep.equal([]);
    expect(stdout)
      .to.include('  sf project deploy start --source-dir . --target-org ADMIN')
      .and.include(`  cd ${folder}`);
  });

  for (const [before, after] of [
    ['node_modules\n', `node_modules\n${ignored}`],
    ['node_modules', `node_modules\n${ignored}`],
    [`# ours\n${ignored}`, `# ours\n${ignored}`],
    ['', ignored],
  ]) {
    it(`adds to a .gitignore with ${JSON.stringify(before)} what it lacks`, async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, '.gitignore'), before!);
      const run = await write();
      expect([run.error?.message, run.exitCode]).to.deep.equal([undefined, 0]);
      expect(contents()['.gitignore']).to.equal(after);
      expect(run.result?.files?.includes(join(folder, '.gitignore'))).to.equal(before !== after);
    });
  }

  it('refuses to overwrite and leaves all as it was; --force overwrites, and keeps the client id', async () => {
    const first = await write();
    writeFileSync(join(folder, '.gitignore'), 'mine\n');
    const before = contents();
    const refused = await write();
    expect([refused.error?.name, refused.exitCode]).to.deep.equal(['AppSourceExists', 1]);
    expect(refused.error?.actions?.join()).to.include('--force');
    expect(contents()).to.deep.equal(before);
    const again = await write('--force', '--session-timeout', '3');
    expect([again.exitCode, again.result?.clientId]).to.deep.equal([0, first.result?.clientId]);
    expect(contents()[inPackage[2]!]).to.include('<sessionTimeoutInMinutes>3<');
  });

  it('--force keeps the client id of an app with the longest name, too', async () => {
    const name = 'x'.repeat(80);
    const first = await write('--name', name);
    const again = await write('--name', name, '--force');
    expect([again.error?.message, again.result?.clientId]).to.deep.equal([undefined, first.result?.clientId]);
  });

  onPosix('refuses a link in place of a file or of a folder, and writes nothing', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(org.path('victim'), 'untouched');
    mkdirSync(org.path('elsewhere'));
    for (const [link, target] of [
      ['.gitignore', 'victim'],
      ['force-app', 'elsewhere'],
    ] as const) {
      symlinkSync(org.path(target), join(folder, link));
      const run = await write('--force');
      expect([link, run.error?.name, run.exitCode]).to.deep.equal([link, 'FileIsLink', 1]);
      expect([readFileSync(org.path('victim'), 'utf8'), readdirSync(org.path('elsewhere'))]).to.deep.equal([
        'untouched',
        [],
      ]);
      const left = readdirSync(folder).filter((name) => name !== '.gitignore' && name !== 'force-app');
      expect(left).to.deep.equal([]);
      folder = org.path(`without ${link}`);
      mkdirSync(folder);
    }
  });

  it('leaves nothing behind when one of the files can not be written', async () => {
    for (const failing of [2, 4, 7, 12]) {
      const disk = interceptDisk((_call, count) => {
        if (count === failing) throw diskError('ENOSPC');
      });
      const run = await write().finally(() => disk.restore());
      expect([failing, run.error?.name, run.exitCode]).to.deep.equal([failing, 'DiskFull', 1]);
      expect(readdirSync(org.home)).not.to.include('new');
    }
  });

  it('needs what a new app needs', async () => {
    for (const [left, code] of [
      ['--contact-email', 'AppContactEmailMissing'],
      ['--certificate-file', 'AppCertificateMissing'],
      ['--permission-set', 'AppGranteeMissing'],
    ] as const) {
      const words = org.newApp.filter((word, at, all) => word !== left && all[at - 1] !== left);
      const run = await org.createFrom(...words, '--output-dir', folder);
      expect([run.error?.name, run.exitCode]).to.deep.equal([code, 2]);
    }
    expect(readdirSync(org.home)).not.to.include('new');
  });

  describe('in a project with a port of its own', () => {
    let cwd: string;
    beforeEach(() => {
      cwd = process.cwd();
      process.chdir(org.home);
    });
    afterEach(() => process.chdir(cwd));

    for (const port of ['1919', '"1919"']) {
      it(`oauthLocalPort ${port} makes the callback URL`, async () => {
        writeFileSync('sfdx-project.json', `{"packageDirectories":[],"oauthLocalPort":${port}}`);
        await write();
        expect(contents()[source[1]!]).to.include('<callbackUrl>http://localhost:1919/OauthRedirect</callbackUrl>');
        const checked = await org.create(...org.newApp);
        expect([checked.error?.message, org.app().callbackUrls]).to.deep.equal([
          undefined,
          ['http://localhost:1919/OauthRedirect'],
        ]);
        expect((await org.check()).exitCode).to.equal(0);
      });
    }

    for (const [text, says] of [
      ['{', 'no JSON'],
      ['{"oauthLocalPort":"many"}', 'oauthLocalPort is no port'],
      ['{"oauthLocalPort":70000}', 'oauthLocalPort is no port'],
    ] as const) {
      it(`a project file with ${text} is told, and nothing is written`, async () => {
        writeFileSync('sfdx-project.json', text);
        const run = await write();
        expect([run.error?.name, run.exitCode]).to.deep.equal(['ProjectFileUnusable', 2]);
        expect(run.error?.message).to.include(says).and.include(org.path('sfdx-project.json'));
        expect(readdirSync(org.home)).not.to.include('new');
      });
    }

    it('--callback-url comes before it', async () => {
      writeFileSync('sfdx-project.json', '{"oauthLocalPort":1919}');
      await write('--callback-url', 'https://acme.com/callback');
      expect(contents()[source[1]!]).to.include('<callbackUrl>https://acme.com/callback</callbackUrl>');
    });
  });
});
