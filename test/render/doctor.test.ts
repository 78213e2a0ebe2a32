import { expect } from 'chai';
import type { Finding } from '../../src/checks/run.ts';
import { report } from '../../src/checks/summary.ts';
import type { Problem } from '../../src/errors.ts';
import { doctorWords } from '../../src/render/doctor.ts';
import { login } from '../checks/example-facts.ts';

const finding = (id: Finding['id'], status: Finding['status'], more: Partial<Finding> = {}): Finding => ({
  ...{ id, status, title: `title of ${id}`, docs: `docs/checks/${id}.md` },
  ...more,
});

const words = (...findings: Finding[]) => doctorWords([{ name: 'aquila', login: login(), report: report(findings) }]);

describe('render: the lines of sf doctor', () => {
  it('a login in order is one line, however many of its checks were skipped', () => {
    const { statuses, suggestions } = words(finding('key-readable', 'pass'), finding('key-private-mode', 'skip'));
    expect(statuses).to.deep.equal([
      { testName: '[sf-plugin-aquila] aquila: key, certificate and hand-over are in order', status: 'pass' },
    ]);
    expect(suggestions).to.deep.equal([]);
  });

  for (const status of ['warn', 'fail', 'unknown'] as const) {
    it(`a finding with the status ${status} is a line with it, in the place of the good one`, () => {
      const { statuses } = words(finding('key-readable', 'pass'), finding('cert-size', status));
      expect(statuses).to.deep.equal([{ testName: '[sf-plugin-aquila] aquila: title of cert-size', status }]);
    });
  }

  it('each line of detail and fix is a line of the suggestion, below the id of the check', () => {
    const { suggestions } = words(finding('key-rsa', 'fail', { detail: 'seen\nand more', fix: 'do this\nor that' }));
    expect(suggestions).to.deep.equal([
      '[sf-plugin-aquila] aquila: key-rsa\n      seen\n      and more\n      fix: do this\n      or that',
    ]);
  });

  it('a login that can not be read is a line and a suggestion beside those of the others', () => {
    const problem: Problem = { code: 'LoginUnknown', message: 'gone', actions: ['log in'] };
    const good = { name: 'aquila', login: login(), report: report([finding('key-readable', 'pass')]) };
    const { statuses, suggestions, data } = doctorWords([{ name: 'ann', problem }, good]);
    expect(statuses.map(({ status }) => status)).to.deep.equal(['fail', 'pass']);
    expect(suggestions).to.deep.equal(['[sf-plugin-aquila] ann:\n      gone\n      fix: log in']);
    expect(data[0]).to.deep.equal({ org: 'ann', code: 'LoginUnknown', message: 'gone' });
  });
});
