import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { kindsOf, RemoveScene, screen } from './scene.ts';

describe('sf aquila remove, after a setup with a permission set that was given', () => {
  let scene: RemoveScene;
  beforeEach(async () => {
    scene = await RemoveScene.open('--permission-set', 'Collectors');
  });
  afterEach(() => scene.org.close());

  it('names its assignment with the command that takes it away, and leaves it', async () => {
    const { org } = scene.org.emulator;
    org.user(example.admin)!.permissionSets.push('Collectors');
    const run = await scene.named();
    expect(kindsOf(run)).to.deep.equal(['app', 'login']);
    const assigned = run.result?.left.filter(({ kind }) => kind === 'assignment') ?? [];
    expect(assigned.map(({ undo: _, ...rest }) => rest)).to.deep.equal([
      { kind: 'assignment', name: example.username, permissionSet: 'Collectors', reason: 'given-permission-set' },
    ]);
    const [{ undo = '' } = {}] = assigned;
    expect(undo).to.match(
      /^sf data delete record --sobject PermissionSetAssignment --record-id 0Pa\w{15} --target-org admin$/
    );
    expect(run.stdout.split('\n').map((line) => line.trim())).to.include(undo);
    expect(screen(run)).to.include('assignment to integration@acme.com of the permission set Collectors');
    expect(org.user(example.username)?.permissionSets).to.deep.equal(['Collectors']);
    const id = / (0Pa\w+) /.exec(undo)?.[1] ?? '';
    const { value } = org.tokens.find(({ user }) => user.username === example.admin)!;
    const answer = await fetch(
      `${scene.org.emulator.myDomainUrl}/services/data/v66.0/sobjects/PermissionSetAssignment/${id}`,
      {
        ...{ method: 'DELETE', headers: { authorization: `Bearer ${value}` } },
      }
    );
    expect([answer.status, org.user(example.username)?.permissionSets]).to.deep.equal([204, []]);
  });

  it('says nothing of a permission set that the user does not have any more', async () => {
    scene.org.emulator.org.user(example.username)!.permissionSets = [];
    const run = await scene.named();
    expect([run.exitCode, run.result?.left.filter(({ kind }) => kind === 'assignment')]).to.deep.equal([0, []]);
  });
});
