import { expect } from 'chai';
import { appChecks, verifyChecks } from '../../src/checks/doors.ts';
import { selectChecks } from '../../src/checks/select.ts';
import { wantedReads } from '../../src/probes/wanted.ts';

const reads = ['keyFile', 'certificate', 'host', 'attempt', 'identity'] as const;

type Row = [fact: string, only: string[], skip: string[], wanted: string[]];
const rows: Row[] = [
  ['everything reads everything', [], [], [...reads]],
  ['key alone attempts no login', ['key'], [], ['keyFile']],
  ['host alone attempts no login', ['host'], [], ['host']],
  ['the hand-over reads nothing', ['handover'], [], []],
  ['the app and what an administrator shows of it attempt no login', ['app'], [], []],
  ['what the collector reads is known by way of a login', ['data-api-limit'], [], ['attempt']],
  ['whether the user is active, too', ['user-active'], [], ['attempt']],
  ['without login-accepted neither for the data', ['data'], ['login-accepted'], []],
  ['the username is known by way of a login', ['login-username'], [], ['attempt', 'identity']],
  [
    'without login-accepted no login is attempted',
    [],
    ['login-accepted'],
    ['keyFile', 'certificate', 'host', 'identity'],
  ],
  ['nor where only its token would be of use', ['login-username'], ['login-accepted'], ['identity']],
  ['without the room login neither', [], ['login'], ['keyFile', 'certificate', 'host']],
];

describe('probes: what a run wants to know', () => {
  for (const [fact, only, skip, wanted] of rows) {
    it(fact, () => {
      const selection = selectChecks(verifyChecks, { only, skip });
      if ('problem' in selection) throw new Error(selection.problem.message);
      const found = wantedReads(selection);
      expect(reads.filter((name) => found.has(name))).to.have.members(wanted);
    });
  }

  it('the checks of an app read nothing of a login', () => {
    const found = wantedReads({ run: appChecks, deselected: [], forbidden: [] });
    expect(reads.filter((name) => found.has(name))).to.deep.equal([]);
    expect([...found]).to.include.members([
      'app',
      'appState',
      'appScopes',
      'appPolicy',
      'appOauth',
      'preauthorisation',
    ]);
  });
});
