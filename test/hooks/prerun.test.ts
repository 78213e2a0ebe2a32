import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

const hook = new URL('../../src/hooks/prerun.ts', import.meta.url).href;
const acme = 'https://acme.my.salesforce.com';

describe('the prerun hook', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'aquila-hook-'));
    mkdirSync(join(home, '.sfdx'));
    mkdirSync(join(home, '.sf'));
    auth('custom@acme.com', { loginUrl: acme, jwtAudience: 'https://aud.example.com' });
    auth('plain@acme.com', { loginUrl: acme, jwtAudience: acme });
    auth('stock@acme.com', { loginUrl: acme });
    write('.sfdx/alias.json', { orgs: { custom: 'custom@acme.com', plain: 'plain@acme.com' } });
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  const write = (file: string, content: unknown): void => {
    writeFileSync(join(home, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const auth = (username: string, fields: object): void => {
    write(`.sfdx/${username}.json`, fields);
  };
  /** Runs the hook in a process of its own, as sf does, and answers the SF_AUDIENCE_URL it leaves behind. */
  const audience = (id: string, argv: string[], env: Record<string, string> = {}): string => {
    const script = `import hook from ${JSON.stringify(hook)}; hook(${JSON.stringify({ Command: { id }, argv })}); console.log(process.env.SF_AUDIENCE_URL ?? '')`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home, USERPROFILE: home, ...env },
      encoding: 'utf8',
    });
    expect(run.stderr).to.equal('');
    return run.stdout.trim();
  };

  const cases: Array<[string, string, string[], string, Record<string, string>?]> = [
    [
      'sets the audience of the org that an alias names',
      'data:query',
      ['-q', 'x', '--target-org', 'custom'],
      'https://aud.example.com',
    ],
    ['understands --target-org=NAME', 'data:query', ['--target-org=custom'], 'https://aud.example.com'],
    ['understands -o NAME with a username', 'org:display', ['-o', 'custom@acme.com'], 'https://aud.example.com'],
    ['understands -oNAME', 'org:display', ['-ocustom'], 'https://aud.example.com'],
    ['follows SF_TARGET_ORG', 'data:query', [], 'https://aud.example.com', { SF_TARGET_ORG: 'custom' }],
    ['does nothing where host and audience are one', 'data:query', ['-o', 'plain'], ''],
    ['does nothing for a login by stock sf', 'data:query', ['-o', 'stock@acme.com'], ''],
    ['does nothing for an unknown org', 'data:query', ['-o', 'nobody'], ''],
    ['does nothing for a name that would leave the folder', 'data:query', ['-o', '../.sfdx/custom@acme.com'], ''],
    ['does nothing for a command without an org', 'version', [], ''],
    [
      'keeps the value that the user set',
      'data:query',
      ['-o', 'custom'],
      'https://mine.example',
      { SF_AUDIENCE_URL: 'https://mine.example' },
    ],
    ['sets the only custom audience for org list', 'org:list', [], 'https://aud.example.com'],
  ];
  for (const [fact, id, argv, expected, env] of cases) {
    it(fact, () => {
      expect(audience(id, argv, env)).to.equal(expected);
    });
  }

  it('leaves org list alone where two custom audiences differ', () => {
    auth('other@acme.com', { loginUrl: acme, jwtAudience: 'https://other.example.com' });
    expect(audience('org:list', [])).to.equal('');
  });

  it('follows the default org of the configuration, global and of the project', () => {
    write('.sf/config.json', { 'target-org': 'custom' });
    expect(audience('data:query', [])).to.equal('https://aud.example.com');
    write('sfdx-project.json', {});
    write('.sf/config.json', { 'target-org': 'plain' });
    expect(audience('data:query', [])).to.equal('');
  });

  it('survives auth and alias files that are not JSON', () => {
    write('.sfdx/alias.json', '{"orgs":');
    write('.sfdx/custom@acme.com.json', 'broken');
    expect(audience('data:query', ['-o', 'custom'])).to.equal('');
    expect(audience('org:list', [])).to.equal('');
  });
});
