import { expect } from 'chai';
import { exitCode } from '../../src/checks/summary.ts';
import { unchecked } from '../../src/checks/unchecked.ts';
import { unknownOrg } from '../render/example-report.ts';

describe('unchecked', () => {
  it('is a report that fails, with the message, the code, what to do, and a page that is there', () => {
    const result = unchecked(unknownOrg.problem);
    expect([result.passed, exitCode(result, 'fail')]).to.deep.equal([false, 1]);
    expect(result.summary).to.deep.equal({ pass: 0, warn: 0, fail: 1, skip: 0, unknown: 0 });
    expect(result.checks).to.deep.equal([
      {
        id: 'handover-complete',
        title: 'all five fields are ready for the hand-over',
        status: 'fail',
        detail: 'No login is stored under acmee.',
        data: { code: 'LoginUnknown' },
        fix: 'Did you mean acme?\nsf aquila login --help',
        docs: 'docs/checks/handover-complete.md',
      },
    ]);
  });
});
