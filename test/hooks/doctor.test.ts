import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lifecycle, StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import doctor from '../../src/hooks/doctor.ts';
import { fixture } from '../checks/example-facts.ts';
import { temporaryHome } from '../org/home.ts';

const plugin = 'sf-plugin-aquila';
const acme = 'https://acme.my.salesforce.com';
type Entry = { org: string; checks: Array<{ id: string; status: string }> };

/** What `sf doctor` would print and keep. */
type Said = { statuses: string[]; suggestions: string[]; data: Entry[] };

describe('the hook for sf doctor', () => {
  let home: string;
  let leave: () => void;
  beforeEach(() => {
    ({ home, leave } = temporaryHome());
    mkdirSync(join(home, '.sfdx'));
  });
  afterEach(() => {
    Lifecycle.getInstance().removeAllListeners('Doctor:diagnostic');
    leave();
  });

  const write = (file: string, content: unknown): void =>
    writeFileSync(join(home, file), typeof content === 'string' ? content : JSON.stringify(content));

  /** A login as this plugin stores it, with key and certificate in a folder of its own. */
  function store(name: string, changes: object = {}): string {
    const folder = join(home, name);
    mkdirSync(folder);
    for (const ending of ['key', 'crt']) {
      cpSync(new URL(`../fixtures/keys/rsa2048.${ending}`, import.meta.url), join(folder, `server.${ending}`));
    }
    chmodSync(join(folder, 'server.key'), 0o600);
    write(`.sfdx/${name}@acme.com.json`, {
      ...{ orgId: '00D5g00000Acme1EAB', clientId: '3MVG9example', privateKey: join(folder, 'server.key') },
      ...{ instanceUrl: acme, loginUrl: acme, jwtAudience: acme, aquilaKeyPath: '/etc/aquila/server.pem' },
      accessToken: 'encrypted-by-sf',
      ...changes,
    });
    return folder;
  }

  async function run(): Promise<Said> {
    StateAggregator.clearInstance();
    const said: Said = { statuses: [], suggestions: [], data: [] };
    Lifecycle.getInstance().on<{ status: string; testName: string }>('Doctor:diagnostic', async (line) => {
      said.statuses.push(`${line.status} - ${line.testName}`);
    });
    await doctor({
      doctor: {
        addSuggestion: (text) => said.suggestions.push(text),
        addPluginData: (name, entry) => {
          expect(name).to.equal(plugin);
          said.data.push(entry as Entry);
        },
      },
    });
    return said;
  }

  it('says in one line that nothing is stored', async () => {
    expect(await run()).to.deep.equal({
      statuses: [`pass - [${plugin}] no login of sf aquila is stored, so there is nothing to check`],
      suggestions: [],
      data: [],
    });
  });

  it('leaves logins of stock sf alone', async () => {
    store('stock', { jwtAudience: undefined, privateKey: '/gone.key' });
    expect((await run()).statuses).to.deep.equal([
      `pass - [${plugin}] no login of sf aquila is stored, so there is nothing to check`,
    ]);
  });

  it('has one line for a login in order, by its alias, and the findings of three rooms', async () => {
    store('ann');
    write('.sfdx/alias.json', { orgs: { aquila: 'ann@acme.com' } });
    const { statuses, suggestions, data } = await run();
    expect(statuses).to.deep.equal([`pass - [${plugin}] aquila: key, certificate and hand-over are in order`]);
    expect(suggestions).to.deep.equal([]);
    expect(data).to.have.length(1);
    expect(data[0]).to.include({ org: 'aquila', username: 'ann@acme.com' });
    expect(new Set(data[0]!.checks.map(({ id }) => id.split('-')[0]))).to.have.all.keys('key', 'cert', 'handover');
  });

  it('has a line and a suggestion with the fix for each finding that is no pass', async () => {
    const folder = store('ann');
    writeFileSync(join(folder, 'server.crt'), fixture('keys/other2048.crt'));
    const { statuses, suggestions } = await run();
    expect(statuses).to.deep.equal([`fail - [${plugin}] ann@acme.com: certificate belongs to the private key`]);
    expect(suggestions).to.have.length(1);
    expect(suggestions[0])
      .to.match(new RegExp(`^\\[${plugin}\\] ann@acme\\.com: cert-matches-key\n`))
      .and.to.match(/\n {6}fix: .*sf aquila verify --target-org ann@acme\.com /);
  });

  it('shows the fault of one login beside the others', async () => {
    store('ann', { privateKey: join(home, 'gone.key') });
    store('bob');
    const { statuses } = await run();
    expect(statuses).to.include(`fail - [${plugin}] ann@acme.com: key file holds a private key`);
    expect(statuses).to.include(`pass - [${plugin}] bob@acme.com: key, certificate and hand-over are in order`);
  });

  it('tells of what is no JSON, throws nothing and quotes nothing', async () => {
    store('ann');
    write('.sfdx/alias.json', '{"orgs": {"top-secret');
    const { statuses, suggestions, data } = await run();
    expect(statuses).to.deep.equal([`unknown - [${plugin}] stored logins can be read`]);
    expect(suggestions).to.have.length(1);
    expect(suggestions[0]).to.contain('fix: sf org list auth').and.to.not.contain('top-secret');
    expect(data).to.deep.equal([]);
  });

  it('holds neither the key nor the stored token', async () => {
    const folder = store('ann');
    const said = JSON.stringify(await run());
    const [, line] = readFileSync(join(folder, 'server.key'), 'utf8').split('\n');
    expect(said).to.not.contain(line).and.to.not.contain('encrypted-by-sf');
  });

  it('runs no check that needs a request, whatever the address of the login is', async () => {
    store('ann', { instanceUrl: 'https://a.invalid', loginUrl: 'https://a.invalid', jwtAudience: 'https://a.invalid' });
    const [entry] = (await run()).data;
    expect(
      entry!.checks.filter(({ id, status }) => /^(host|login|app|user|data)-/.test(id) && status !== 'skip')
    ).to.deep.equal([]);
  });
});
