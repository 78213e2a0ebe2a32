import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { presets } from '../emulator/index.ts';
import type { App } from '../emulator/index.ts';
import { fiveParts, permissionSet, sourceFile, sourceXml } from '../emulator/metadata/client.ts';
import type { Source } from '../emulator/metadata/client.ts';
import { fixture } from '../emulator/test-client.ts';
import { storeAdmin } from '../org/stored-admin.ts';
import { withoutPlugin } from './plugin.ts';
import { scene } from './scene.ts';
import type { Person, Stage } from './scene.ts';

const name = 'Vendor_App';
const sources = [...fiveParts(name, fixture('rsa2048.crt')), permissionSet('Vendor_App_Access')];

/** A project on the desk, with these components. */
function project({ desk }: Person, folder: string, components: readonly Source[]): string {
  const root = join(desk, folder);
  const app = join(root, 'force-app', 'main', 'default');
  mkdirSync(app, { recursive: true });
  const packageDirectories = [{ path: 'force-app', default: true }];
  writeFileSync(join(root, 'sfdx-project.json'), JSON.stringify({ packageDirectories, sourceApiVersion: '66.0' }));
  for (const component of components) {
    const file = sourceFile(component);
    mkdirSync(join(app, file.folder), { recursive: true });
    writeFileSync(join(app, file.folder, file.name), sourceXml(component));
  }
  return root;
}

/** The login of an admin on this person's machine. */
async function logIn({ org, ann }: Stage): Promise<void> {
  const { HOME } = process.env;
  process.env['HOME'] = ann.home;
  try {
    await storeAdmin(org);
  } finally {
    if (HOME === undefined) delete process.env['HOME'];
    else process.env['HOME'] = HOME;
  }
}

const sf = async ({ ann }: Stage, cwd: string, command: string, ...words: string[]) => {
  const run = await ann.start([command, ...words, '--target-org', 'admin', '--json'], { cwd }).done;
  return { run, answer: JSON.parse(run.stdout) as { status: number; result: ReturnType<typeof JSON.parse> } };
};

describe('installed: stock sf and the metadata of the loopback org', () => {
  scene(
    'deploys an external client app and lists it, and a retrieve into an empty project deploys to the same state',
    async (stage) => {
      const { org, ann } = stage;
      await logIn(stage);
      const from = project(ann, 'from', sources);
      const deployed = await sf(stage, from, 'project deploy start', '--source-dir', 'force-app');
      expect(deployed.run.code, deployed.run.stdout).to.equal(0);
      expect(deployed.answer.result).to.include({ status: 'Succeeded', numberComponentsDeployed: 6 });
      const app = (): App => structuredClone(org.org.apps.find(({ developerName }) => developerName === name)!);
      const before = app();
      expect(before).to.deep.include({ permittedUsers: 'admin-approved', permissionSets: ['Vendor_App_Access'] });

      const to = project(ann, 'to', []);
      const members = sources.flatMap(({ type, fullName }) => ['--metadata', `${type}:${fullName}`]);
      const [listed, types, retrieved] = await Promise.all([
        sf(stage, from, 'org list metadata', '--metadata-type', 'ExternalClientApplication'),
        sf(stage, from, 'org list metadata-types'),
        sf(stage, to, 'project retrieve start', ...members),
      ]);
      expect(listed.answer.result.map(({ fullName }: { fullName: string }) => fullName)).to.include(name);
      expect(types.answer.result.metadataObjects.map(({ xmlName }: { xmlName: string }) => xmlName)).to.include.members(
        sources.map(({ type }) => type)
      );
      expect(retrieved.run.code, retrieved.run.stdout).to.equal(0);
      const files = readdirSync(join(to, 'force-app'), { recursive: true, encoding: 'utf8' });
      for (const source of sources) {
        const { folder, name: file } = sourceFile(source);
        const path = files.find((one) => one.endsWith(join(folder, file)));
        const lines = readFileSync(join(to, 'force-app', path!), 'utf8')
          .trim()
          .split('\n');
        expect(lines, path).to.include.members(sourceXml(source).trim().split('\n'));
      }

      const again = await sf(stage, to, 'project deploy start', '--source-dir', 'force-app');
      expect(again.run.code, again.run.stdout).to.equal(0);
      expect(again.answer.result.files.map(({ state }: { state: string }) => state)).to.deep.equal(
        sources.map(() => 'Unchanged')
      );
      expect(app()).to.deep.equal(before);
    },
    { installation: withoutPlugin }
  );

  scene(
    "a deploy that fails shows the org's words and leaves nothing behind",
    async (stage) => {
      await logIn(stage);
      const changes = { ExtlClntAppOauthSettings: { commaSeparatedOauthScopes: 'Api, Wep' } };
      const wrong = [...fiveParts(name, fixture('rsa2048.crt'), changes), permissionSet('Vendor_App_Access')];
      const from = project(stage.ann, 'from', wrong);
      const { run, answer } = await sf(stage, from, 'project deploy start', '--source-dir', 'force-app');
      expect(run.code).to.equal(1);
      expect(answer.result.status).to.equal('Failed');
      expect(run.stdout).to.contain("There's a problem with your scope(s): Wep.");
      expect(stage.org.org.apps.map(({ developerName }) => developerName)).to.deep.equal(['AQUILA']);
      expect([...stage.org.org.permissionSets]).to.deep.equal([]);
    },
    { installation: withoutPlugin }
  );

  scene(
    'lists and retrieves the ways of signing on, and a changed setting deploys',
    async (stage) => {
      const { org, ann } = stage;
      await logIn(stage);
      for (const preset of ['saml-login', 'identity-provider', 'auth-provider'] as const) presets[preset](org);
      const to = project(ann, 'to', []);
      const types = ['SamlSsoConfig', 'AuthProvider', 'Certificate'];
      const members = [...types, 'ConnectedApp:Wiki', 'Settings:MyDomain', 'Settings:Security'];
      const retrieved = await sf(
        ...([stage, to, 'project retrieve start'] as const),
        ...members.flatMap((member) => ['--metadata', member])
      );
      expect(retrieved.run.code, retrieved.run.stdout).to.equal(0);
      expect(retrieved.run.stdout).not.to.contain('secret-of-the-auth-provider');
      const listed = await sf(stage, to, 'org list metadata', '--metadata-type', 'SamlSsoConfig');
      expect(listed.answer.result).to.have.nested.property('[0].fullName', 'Acme_IdP');
      const root = join(to, 'force-app');
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
      const pathOf = (name: string): string => join(root, files.find((file) => file.endsWith(name)) ?? name);
      for (const name of ['Acme_OIDC.authprovider-meta.xml', 'SAML_Signing.crt', 'SAML_Signing.crt-meta.xml']) {
        expect(readFileSync(pathOf(name), 'utf8'), name).not.to.equal('');
      }
      const settings = pathOf('MyDomain.settings-meta.xml');
      const shut = readFileSync(settings, 'utf8').replace('LoginWithMyDomainUrl>false', 'LoginWithMyDomainUrl>true');
      writeFileSync(settings, shut);
      const paths = [settings, pathOf('Acme_IdP.samlssoconfig-meta.xml')].flatMap((path) => ['--source-dir', path]);
      const deployed = await sf(stage, to, 'project deploy start', ...paths);
      expect(deployed.run.code, deployed.run.stdout).to.equal(0);
      const states = deployed.answer.result.files.map(({ fullName, state }: Record<string, string>) => [
        fullName,
        state,
      ]);
      expect(states).to.deep.include.members([
        ['MyDomain', 'Changed'],
        ['Acme_IdP', 'Unchanged'],
      ]);
    },
    { installation: withoutPlugin }
  );
});
