import { expect } from 'chai';
import { backupFolder, isDue, nextStep, type RenewalKind, type RenewalState } from '../../src/cert/renewal.ts';

const [old, fresh, other] = ['AA:01', 'BB:02', 'CC:03'];
const staged = (kind: RenewalKind): RenewalState['staged'] => ({ fingerprint256: fresh, kind });

describe('cert: where a renewal begins or goes on', () => {
  const rows: Array<[what: string, state: RenewalState, wish: RenewalKind, step: string]> = [
    ['nothing waits', { present: old, staged: undefined, held: old }, 'renew', 'begin'],
    ['nothing waits, the app is hidden', { present: old, staged: undefined, held: undefined }, 'rekey', 'begin'],
    [
      'a renewal waits, the app has the old one',
      { present: old, staged: staged('renew'), held: old },
      'renew',
      'deploy',
    ],
    ['a rekey waits, the app has the old one', { present: old, staged: staged('rekey'), held: old }, 'rekey', 'deploy'],
    ['a rekey waits, the app is hidden', { present: old, staged: staged('rekey'), held: undefined }, 'rekey', 'deploy'],
    ['the app has the waiting one', { present: old, staged: staged('renew'), held: fresh }, 'renew', 'prove'],
    ['the app has it, and less is asked for', { present: old, staged: staged('rekey'), held: fresh }, 'renew', 'prove'],
    ['the app has it, and more is asked for', { present: old, staged: staged('renew'), held: fresh }, 'rekey', 'prove'],
    ['the files are in place', { present: fresh, staged: staged('rekey'), held: fresh }, 'renew', 'clear'],
    [
      'the files are in place, the app is hidden',
      { present: fresh, staged: staged('renew'), held: undefined },
      'renew',
      'clear',
    ],
  ];
  for (const [what, state, wish, step] of rows) {
    it(`${what}: ${step}`, () => expect(nextStep(state, wish, '/keys/server.renewal')).to.deep.equal({ step }));
  }

  const refused: Array<[waits: RenewalKind, wish: RenewalKind, held: string | undefined, how: string]> = [
    ['rekey', 'renew', old, 'with --rekey'],
    ['rekey', 'renew', undefined, 'with --rekey'],
    ['renew', 'rekey', old, 'without --rekey'],
    ['renew', 'rekey', other, 'without --rekey'],
  ];
  for (const [waits, wish, held, how] of refused) {
    it(`a ${waits} waits that the app does not show, and a ${wish} is asked for: refused, and it says how to finish`, () => {
      const answer = nextStep({ present: old, staged: staged(waits), held }, wish, '/keys/server.renewal');
      const found = 'problem' in answer ? answer.problem : undefined;
      expect(found?.code).to.equal('RenewalUnfinished');
      expect(found?.message).to.include('/keys/server.renewal');
      expect(found?.actions[0]).to.include(how);
    });
  }
});

describe('cert: whether a renewal is due', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const rows: Array<[ends: string[], warnDays: number, due: boolean]> = [
    [['2027-01-21T12:00:00Z'], 60, false],
    [['2027-01-21T11:59:59Z'], 60, true],
    [['2028-01-01T00:00:00Z', '2026-12-01T00:00:00Z'], 60, true],
    [['2026-11-22T12:00:01Z'], 0, false],
    [['2026-11-22T11:59:59Z'], 0, true],
    [['2020-01-01T00:00:00Z'], 0, true],
  ];
  for (const [ends, warnDays, due] of rows) {
    it(`the end at ${ends.join(' and ')}, ${warnDays} days wanted: ${due ? 'due' : 'not due'}`, () =>
      expect(
        isDue(
          ends.map((end) => new Date(end)),
          now,
          warnDays
        )
      ).to.equal(due));
  }
});

describe('cert: the folder that the files of before are kept in', () => {
  const now = new Date('2026-11-22T23:59:59Z');

  it('is dated', () => expect(backupFolder('server', now, () => false)).to.equal('server.backup-2026-11-22'));

  it('is numbered where there is one of that day', () => {
    const taken = ['server.backup-2026-11-22', 'server.backup-2026-11-22-2'];
    expect(backupFolder('server', now, (name) => taken.includes(name))).to.equal('server.backup-2026-11-22-3');
  });
});
