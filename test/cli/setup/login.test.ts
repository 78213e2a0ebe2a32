import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { storeAdmin } from '../../org/stored-admin.ts';
import { AppOrg } from '../../setup/app-org.ts';

describe('sf aquila setup and a login that is there already', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
  });
  afterEach(() => org.close());

  const words = (username: string, ...more: string[]): string[] => [
    ...['--username', username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
    ...['--output-dir', org.home, '--key-path', '/etc/aquila/server.pem', ...more],
  ];
  const stored = (username: string): string => readFileSync(org.path('.sfdx', `${username}.json`), 'utf8');
  const fieldsOf = (username: string): Record<string, string> => JSON.parse(stored(username)) as Record<string, string>;
  const flat = (text: string): string => text.replace(/\s+/g, ' ');

  for (const name of [example.admin, example.admin.toUpperCase()]) {
    it(`never replaces the login that --target-org works with (--username ${name})`, async () => {
      const before = org.files();
      for (const more of [[], ['--dry-run'], ['--json']]) {
        const run = await org.setup(...words(name, ...more));
        expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['SetupUserOfAdmin', 2, []]);
        expect(run.error?.actions?.join('\n')).to.include('--username').and.include('--target-org');
      }
      expect(org.files()).to.deep.equal(before);
    });
  }

  it('without a terminal it refuses to replace one of another command, changes nothing, and names the way out', async () => {
    await storeAdmin(org.emulator, example.username, 'vendor', org.home);
    const before = org.files();
    const run = await org.setup(...words(example.username));
    expect([run.error?.name, run.exitCode, org.changes()]).to.deep.equal(['SetupLoginTaken', 1, []]);
    expect(run.error?.actions?.join('\n')).to.include(`sf org logout --target-org ${example.username} --no-prompt`);
    expect(org.files()).to.deep.equal(before);

    const shown = await org.setup(...words(example.username, '--dry-run'));
    expect(shown.exitCode, shown.error?.message).to.equal(0);
    expect(flat(shown.stdout)).to.include(
      `login of ${example.username}: takes the place of the one that another command of sf made`
    );
    expect(org.files()).to.deep.equal(before);
  });

  it('one by the same key and app loses nothing by it, and is brought up to date', async () => {
    await org.setup(...words(example.username));
    const { jwtAudience, ...others } = fieldsOf(example.username);
    expect(jwtAudience).to.equal(org.emulator.myDomainUrl);
    writeFileSync(org.path('.sfdx', `${example.username}.json`), JSON.stringify(others));
    const run = await org.setup(...words(example.username));
    expect(run.exitCode, run.error?.message).to.equal(0);
    expect(run.result?.steps.find(({ step }) => step === 'login')?.status).to.equal('done');
    expect(fieldsOf(example.username)['jwtAudience']).to.equal(org.emulator.myDomainUrl);
  });

  it('one of its own through an app that is gone is replaced without a question', async () => {
    await org.setup(...words(example.username));
    org.emulator.org.apps.length = 0;
    const run = await org.setup(...words(example.username));
    expect(run.exitCode, run.error?.message).to.equal(0);
    expect(flat(run.stdout)).to.include(`login of ${example.username}: takes the place of the one that is stored`);
    expect(fieldsOf(example.username)['clientId']).to.equal(org.app().clientId);
  });

  it('an alias that sf could not work with is refused before anything is asked', async () => {
    const run = await org.setup(...words(example.username, '--alias', 'a b=c'));
    expect([run.error?.name, run.exitCode, org.requests()]).to.deep.equal(['LoginAliasInvalid', 2, []]);
  });
});
