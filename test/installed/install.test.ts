import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { root, withLink, withPlugin } from './plugin.ts';
import { scene } from './scene.ts';

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;

describe('installed: sf plugins install', () => {
  it('takes the packed plugin and says so', async () => {
    const { said } = await withPlugin();
    expect(said).to.contain(`installed v${version}`).and.to.not.contain('Warning');
  });

  it('brings the manifest, messages, schemas, pages and the built code, and nothing of the workshop', async () => {
    const { data } = await withPlugin();
    const folder = join(data, 'sf', 'node_modules', name!);
    const listed = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] }).files;
    const always = ['LICENSE', 'README.md', 'package.json'];
    const tops = listed.map((file) => file.split('/')[1]!);
    expect(readdirSync(folder)).to.have.members([...new Set([...always, ...tops])]);
    expect(listed.filter((file) => !existsSync(join(folder, file)))).to.deep.equal([]);
    const hook = readFileSync(join(folder, 'lib', 'hooks', 'prerun.js'), 'utf8');
    const imports = [...hook.matchAll(/^import .* from '([^']+)'/gm)].map(([, from]) => from!);
    expect(imports.filter((from) => !from.startsWith('node:'))).to.deep.equal([]);
  });

  scene('sf lists the plugin and the help of each of its commands', async ({ ann }) => {
    const { data } = await withPlugin();
    const manifest = JSON.parse(readFileSync(join(data, 'sf', 'node_modules', name!, 'oclif.manifest.json'), 'utf8'));
    const commands = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '));
    const plugins = (await ann.sf('plugins', '--json')).stdout;
    expect(JSON.parse(plugins).find((one: { name: string }) => one.name === name)).to.include({
      version,
      type: 'user',
    });
    const topic = await ann.sf('aquila', '--help');
    expect(topic).to.include({ code: 0, stderr: '' });
    const pages = await Promise.all(commands.map((command) => ann.sf(command, '--help')));
    for (const [index, { code, stdout, stderr }] of pages.entries()) {
      const command = commands[index]!;
      expect(topic.stdout).to.contain(command.split(' ').slice(0, 2).join(' '));
      expect({ code, stderr }, command).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.contain(`$ sf ${command}`).and.to.contain('EXIT CODES');
    }
  });
});

describe('installed: sf plugins link', () => {
  scene(
    'runs the plugin from its folder, with JSON alone on standard output',
    async ({ org, ann, loginWords }) => {
      const login = await ann.result(...loginWords('aquila login', ann, '--set-default'));
      expect(login).to.include({ username: example.username, instanceUrl: org.myDomainUrl });
      expect(existsSync(join(root, 'oclif.manifest.json'))).to.equal(true);
      expect(await ann.result('aquila report')).to.include({ audienceUrl: org.myDomainUrl });
    },
    { installation: withLink }
  );
});
