import { expect } from 'chai';
import { registry } from '../../src/checks/index.ts';
import { selectChecks } from '../../src/checks/select.ts';

const ids = (checks: ReadonlyArray<{ id: string }>): string[] => checks.map(({ id }) => id);
const room = (name: string): string[] => ids(registry).filter((id) => id.startsWith(`${name}-`));

function select(only: string[], skip: string[] = []): { run: string[]; deselected: string[]; forbidden: string[] } {
  const selection = selectChecks(registry, { only, skip });
  if ('problem' in selection) throw new Error(selection.problem.message);
  return { run: ids(selection.run), deselected: ids(selection.deselected), forbidden: ids(selection.forbidden) };
}

describe('checks: selection', () => {
  it('without a word everything runs', () => {
    expect(select([])).to.deep.equal({ run: ids(registry), deselected: [], forbidden: [] });
  });

  it('--only with a room runs the room', () => {
    expect(select(['key']).run).to.deep.equal(room('key'));
  });

  it('--only with an id runs also the checks that read what it needs', () => {
    expect(select(['cert-matches-key']).run).to.deep.equal(['key-readable', 'cert-readable', 'cert-matches-key']);
    expect(select(['login-scopes']).run).to.deep.equal(['login-accepted', 'login-scopes']);
  });

  it('--only several times adds up', () => {
    expect(select(['handover', 'host-url']).run).to.deep.equal(['host-url', 'handover-complete']);
  });

  it('--skip lists what it leaves out', () => {
    const { run, deselected, forbidden } = select([], ['cert', 'key-private-mode']);
    expect(run).to.deep.equal(ids(registry).filter((id) => !id.startsWith('cert-') && id !== 'key-private-mode'));
    expect(deselected).to.deep.equal(['key-private-mode', ...room('cert')]);
    expect(forbidden).to.deep.equal(deselected);
  });

  it('--skip wins over --only, and lists only what --only asked for', () => {
    const { run, deselected, forbidden } = select(['host', 'login-scopes'], ['login-accepted', 'key']);
    expect(run).to.deep.equal([...room('host'), 'login-scopes']);
    expect(deselected).to.deep.equal(['login-accepted']);
    expect(forbidden).to.deep.equal([...room('key'), 'login-accepted']);
  });

  for (const [word, near] of [
    ['cert-in-validty', 'cert-in-validity'],
    ['hosts', 'host'],
    ['LOGIN', 'login'],
  ] as const) {
    it(`"${word}" is refused with "${near}" as the likely meaning`, () => {
      for (const asked of [
        { only: [word], skip: [] },
        { only: [], skip: [word] },
      ]) {
        const selection = selectChecks(registry, asked);
        expect('problem' in selection && selection.problem).to.deep.equal({
          code: 'CheckUnknown',
          message: `There is no check or room "${word}".`,
          actions: [`Did you mean "${near}"?`, 'See all checks with: sf aquila verify --list'],
        });
      }
    });
  }
});
