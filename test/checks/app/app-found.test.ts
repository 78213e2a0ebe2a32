import { expect } from 'chai';
import check from '../../../src/checks/app/app-found.ts';
import { runChecks, type Readers } from '../../../src/checks/run.ts';
import { problem } from '../../../src/errors.ts';
import { describeCheck, proven } from '../describe-check.ts';
import { app, connectedApp, given, sought } from '../example-facts.ts';

describeCheck(check, [
  {
    fact: 'passes with an external client app, and says its kind, label and id',
    given: { app: app({ label: 'AQUILA 2', developerName: 'AQUILA_2' }) },
    status: 'pass',
    detail:
      'found      external client app AQUILA 2 (AQUILA_2), 0xI5g000000AqulEAC\n' +
      'in Setup   External Client App Manager > AQUILA 2',
    data: { kind: 'external-client-app', label: 'AQUILA 2', id: '0xI5g000000AqulEAC', madeByThisPlugin: true },
  },
  {
    fact: 'passes with a connected app, and says where that kind is in Setup',
    given: { app: connectedApp({ marked: false }) },
    status: 'pass',
    detail: 'found      connected app Legacy (Legacy), 0H45g0000004LegCAE\nin Setup   App Manager > Legacy',
    data: { kind: 'connected-app', madeByThisPlugin: false },
  },
]);

describe('app-found without an app', () => {
  const found = async (reading: object) => {
    const readers = { app: async () => reading } as unknown as Readers;
    const selection = { run: [check], deselected: [], forbidden: [] };
    const [finding] = await runChecks(selection, { ...given(), sought: sought() }, readers, [check]);
    return finding;
  };
  proven.get(check.id)?.add('fail');

  it('app-found fails with the words of the search and its actions', async () => {
    const failed = problem('CheckUnknown', ['AQILA'], ['Did you mean "AQUILA"?']);
    const finding = await found({ failed });
    expect(finding).to.include({ status: 'fail', detail: failed.message, fix: failed.actions.join('\n') });
  });

  it('app-found is unknown where the org does not show its apps, and names the permission that would', async () => {
    const finding = await found({ denied: 'View all External Client Apps' });
    expect(finding?.status).to.equal('unknown');
    expect(finding?.detail).to.include('"View all External Client Apps"');
  });
});
