import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { changePermissionSet, draftOf } from '../../emulator/metadata/store.ts';
import { AppOrg } from '../../setup/app-org.ts';

describe('sf aquila setup that fails at its last step: how to undo what it did', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('bare');
  });
  afterEach(() => org.close());

  /** The folder of the bundle becomes a file while the checks run, so that only the hand-over fails. */
  const failing = async (...more: string[]): Promise<string[]> => {
    org.before('query EventLogFile', () => writeFileSync(org.path('vendor'), ''));
    const run = await org.setup(
      ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
      ...['--output-dir', org.home, '--bundle', org.path('vendor', 'b.zip'), ...more]
    );
    expect([run.error?.name, run.exitCode]).to.deep.equal(['FolderIsFile', 2]);
    const steps = (run.error?.data as { steps: unknown[] }).steps;
    expect(steps.at(-1)).to.deep.equal({ step: 'report', status: 'failed' });
    return run.error?.actions ?? [];
  };

  it('a new app and all that hangs on it goes by one command', async () => {
    const said = await failing();
    expect(said.slice(-2)).to.deep.equal([
      'To undo the access instead: Setup > Permission Sets > AQUILA_Collector > Manage Assignments, take it from integration@acme.com',
      `To undo what was made instead: sf aquila remove --target-org admin --name AQUILA --username ${example.username}`,
    ]);
  });

  it('what was there already is named with what it was before', async () => {
    const made = await org.setup(
      ...['--username', example.username, '--contact-email', 'soc@acme.com', '--create-permission-set'],
      ...['--output-dir', org.home, '--alias', 'aquila', '--key-path', '/etc/old.pem']
    );
    expect(made.exitCode, made.error?.message).to.equal(0);
    Object.assign(org.app(), { sessionTimeoutInMinutes: 30 });
    const { org: state } = org.emulator;
    const set = draftOf(state).permissionSets.get('AQUILA_Collector') ?? '';
    changePermissionSet(
      state,
      'AQUILA_Collector',
      set.replace(
        /<userPermissions>\s*<enabled>true<\/enabled>\s*<name>ViewEventLogFiles<\/name>\s*<\/userPermissions>/,
        ''
      )
    );
    const file = org.path('.sfdx', `${example.username}.json`);
    const login = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...login, clientId: 'before', privateKey: '/home/ann/before.key' }));
    const aliases = { orgs: { admin: example.admin, aquila: example.username, siem: 'bob@acme.com' } };
    writeFileSync(org.path('.sfdx', 'alias.json'), JSON.stringify(aliases));

    const said = await failing('--alias', 'siem', '--key-path', '/etc/new.pem');
    expect(said.slice(said.findIndex((line) => line.startsWith('Run the same command again')) + 1)).to.deep.equal([
      `To remember another path on the collector instead: sf aquila report --target-org ${example.username} --key-path /etc/old.pem`,
      'To give the alias back: sf alias set siem=bob@acme.com',
      `To get the earlier login of ${example.username} back: sf aquila login --username ${example.username} --client-id before --jwt-key-file /home/ann/before.key --instance-url ${org.emulator.myDomainUrl} --alias aquila`,
      'To undo the settings of the app instead: Setup > External Client App Manager > AQUILA, set back Session Timeout in Minutes to 30 (now 5)',
      'To undo what the permission set got instead: Setup > Permission Sets > AQUILA_Collector > System Permissions > Edit, clear View Event Log Files',
    ]);
  });
});
