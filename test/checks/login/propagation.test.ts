import { expect } from 'chai';
import { mayPass } from '../../../src/checks/login/propagation.ts';
import type { VerdictStatus } from '../../../src/checks/define.ts';
import type { Finding } from '../../../src/checks/run.ts';
import { report } from '../../../src/checks/summary.ts';

const finding = (id: Finding['id'], status: VerdictStatus, causes?: string[]): Finding => ({
  ...{ id, title: 'it is well', status, docs: `docs/checks/${id}.md` },
  ...(causes && { data: { causes } }),
});
const refused = finding('login-accepted', 'fail', ['not-pre-authorised', 'not-replicated']);

const rows: Array<[fact: string, findings: Finding[], mayPass: boolean]> = [
  ['a refusal for which an app that is not yet known everywhere is a cause', [refused], true],
  ['a refusal after a moment ago the app was edited', [finding('login-accepted', 'fail', ['app-just-edited'])], true],
  [
    'such a refusal beside warnings and skips',
    [finding('cert-expires-later', 'warn'), refused, finding('login-scopes', 'skip')],
    true,
  ],
  ['not a refusal for another cause', [finding('login-accepted', 'fail', ['ip-restricted'])], false],
  ['not a refusal without a cause', [finding('login-accepted', 'fail', [])], false],
  ['not where another check fails', [refused, finding('handover-complete', 'fail')], false],
  ['not where another check does not know', [refused, finding('app-found', 'unknown')], false],
  [
    'not where login-accepted was left to another check',
    [finding('login-accepted', 'skip', ['not-replicated']), finding('user-active', 'fail')],
    false,
  ],
  ['not where all is well', [finding('login-accepted', 'pass')], false],
];

describe('checks: what time may mend', () => {
  for (const [fact, findings, expected] of rows) {
    it(fact, () => {
      expect(mayPass(report(findings))).to.equal(expected);
    });
  }
});
