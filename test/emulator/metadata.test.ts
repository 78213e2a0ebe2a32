import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import {
  connect,
  deploy,
  fiveParts,
  permissionSet,
  problems,
  retrieve,
  settleIn,
  sourceFile,
  sourceXml,
} from './metadata/client.ts';
import { fixture, logIn } from './test-client.ts';

const name = 'Vendor_App';
const certificate = fixture('rsa2048.crt');
const five = [
  'ExternalClientApplication',
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
];

describe('emulator: Metadata API', () => {
  let emulator: Emulator;
  let leave: () => void;
  before(async () => {
    emulator = await startEmulator({ ...exampleOrg(certificate), apps: [] });
    leave = settleIn(emulator);
  });
  after(async () => {
    leave();
    await emulator.stop();
  });

  it('one deploy of the five types and a permission set makes an app that works', async () => {
    const connection = await connect(emulator);
    const sources = [...fiveParts(name, certificate), permissionSet('Vendor_App_Access')];
    const result = await deploy(connection, sources);
    expect(problems(result)).to.deep.equal([]);
    expect(result.response).to.include({ status: 'Succeeded', success: true, numberComponentsDeployed: 6 });
    expect(result.getFileResponses().map(({ type, state }) => `${type} ${state}`)).to.have.members(
      [...five, 'PermissionSet'].map((type) => `${type} Created`)
    );
    const [app] = emulator.org.apps;
    expect(app).to.deep.include({
      kind: 'external-client-app',
      clientId: 'c0ffee00c0ffee00c0ffee00c0ffee00',
      developerName: name,
      name: 'Vendor App',
      contactEmail: 'admin@example.com',
      callbackUrls: ['http://localhost:1717/OauthRedirect'],
      scopes: ['api', 'web', 'refresh_token'],
      permittedUsers: 'admin-approved',
      permissionSets: ['Vendor_App_Access'],
      profiles: ['System Administrator'],
      refreshToken: { policy: 'SpecificLifetime', period: 365, unit: 'Days' },
      sessionTimeoutInMinutes: 5,
      enabled: true,
      oauthEnabled: true,
    });
    expect(app!.certificate!.trim()).to.equal(certificate.trim());
    expect([...emulator.org.permissionSets]).to.include('Vendor_App_Access');
    const login = await logIn(emulator, { iss: app!.clientId, sub: 'admin@acme.com' });
    expect(login.status, login.body).to.equal(200);
  });

  it('lists and retrieves what was deployed, with the flags that were not', async () => {
    const connection = await connect(emulator);
    for (const { type, fullName } of fiveParts(name, certificate)) {
      const listed = await connection.metadata.list({ type });
      expect(listed.map((one) => one.fullName)).to.deep.equal([fullName]);
    }
    const folder = mkdtempSync(join(tmpdir(), 'aquila-retrieve-'));
    try {
      const files = await retrieve(
        connection,
        five.map((type) => ({ type, fullName: '*' })),
        folder
      );
      expect(files.map(({ state }) => state)).to.deep.equal(five.map(() => 'Created'));
      for (const source of fiveParts(name, certificate)) {
        const path = files.find(({ type }) => type === source.type)!.filePath!;
        expect(path).to.contain(join(sourceFile(source).folder, sourceFile(source).name));
        const lines = readFileSync(path, 'utf8').trim().split('\n');
        expect(lines).to.include.members(sourceXml(source).trim().split('\n'));
        const names = lines.map((line) => /^ {4}<(\w+)>/.exec(line)?.[1] ?? '').filter((one) => one !== '');
        expect(names.map((one) => one.toLowerCase())).to.deep.equal(names.map((one) => one.toLowerCase()).sort());
      }
      const global = files.find(({ type }) => type === 'ExtlClntAppGlobalOauthSettings')!;
      expect(readFileSync(global.filePath!, 'utf8')).to.contain('<isSecretRequiredForTokenExchange>false<');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
