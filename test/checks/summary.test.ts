import { expect } from 'chai';
import type { CheckId, VerdictStatus } from '../../src/checks/define.ts';
import type { Finding } from '../../src/checks/run.ts';
import { exitCode, report } from '../../src/checks/summary.ts';

/** `login-x skip login-y` is a finding of the check login-x, skipped because of login-y. */
function finding(text: string): Finding {
  const [id, status, blockedBy] = text.split(' ') as [CheckId, VerdictStatus, CheckId | undefined];
  return { id, title: 'it is well', status, docs: '', ...(blockedBy && { blockedBy }) };
}

type Row = [fact: string, findings: string[], passed: boolean, exit: 0 | 1, exitOnWarn: 0 | 1];

const rows: Row[] = [
  ['nothing at all passes', [], true, 0, 0],
  ['passes pass', ['key-a pass', 'login-a pass'], true, 0, 0],
  ['a warning passes, unless warnings count', ['key-a warn', 'login-a pass'], true, 0, 1],
  ['a failure fails', ['key-a fail', 'login-a pass'], false, 1, 1],
  ['what could not be told fails', ['key-a unknown', 'login-a pass'], false, 1, 1],
  ['a skip outside of login and data passes', ['cert-a skip key-a', 'key-a warn', 'login-a pass'], true, 0, 1],
  ['a login that was blocked fails, even when nothing else does', ['key-a pass', 'login-a skip key-a'], false, 1, 1],
  ['data that was blocked fails', ['login-a pass', 'data-a skip user-a', 'user-a pass'], false, 1, 1],
  ['a login that was left out by name passes', ['key-a pass', 'login-a skip'], true, 0, 0],
  [
    'what could not run without a login that was left out by name passes',
    ['login-a skip', 'login-b skip login-a', 'data-a skip login-a'],
    true,
    0,
    0,
  ],
  [
    'a login that was blocked by a defect does not pass because the check of the defect was left out',
    ['key-a skip', 'login-a skip key-a'],
    false,
    1,
    1,
  ],
  ['a login that was blocked through another one fails', ['login-a skip key-a', 'login-b skip login-a'], false, 1, 1],
];

describe('checks: summary', () => {
  for (const [fact, texts, passed, exit, exitOnWarn] of rows) {
    it(fact, () => {
      const result = report(texts.map(finding));
      expect(result.passed).to.equal(passed);
      expect(exitCode(result, 'fail')).to.equal(exit);
      expect(exitCode(result, 'warn')).to.equal(exitOnWarn);
    });
  }

  it('counts each status', () => {
    const { summary } = report(
      ['key-a pass', 'key-b pass', 'key-c warn', 'cert-a fail', 'cert-b skip', 'host-a unknown'].map(finding)
    );
    expect(summary).to.deep.equal({ pass: 2, warn: 1, fail: 1, skip: 1, unknown: 1 });
  });

  it('returns the findings whole and in their order', () => {
    const findings = ['key-b pass', 'key-a fail'].map(finding);
    expect(report(findings).checks).to.deep.equal(findings);
  });
});
