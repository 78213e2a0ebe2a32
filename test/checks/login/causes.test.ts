import { expect } from 'chai';
import { weighCauses, type Evidence } from '../../../src/checks/login/causes.ts';
import { explainRefusal } from '../../../src/token/refusal.ts';

const nothing: Evidence = { orgMatches: undefined, clockSkew: undefined, clockTolerance: 60, hostIsNotAudience: false };

const e1 = ['invalid_grant', "user hasn't approved this consumer"] as const;
const e4 = ['invalid_grant', 'audience is invalid'] as const;
const e5 = ['invalid_grant', 'expired authorization code'] as const;
const e3 = ['invalid_grant', 'invalid assertion'] as const;
const e6 = ['invalid_client_id', 'client identifier invalid'] as const;
const e7 = ['app_not_found', 'External client app is not installed in this org'] as const;
const e8 = ['invalid_request', 'refresh_token scope is required'] as const;
const e11 = ['invalid_grant', 'inactive user'] as const;
const e13 = ['invalid_grant', 'authentication failure'] as const;
const e16 = ['unsupported_grant_type', 'grant type not supported'] as const;

type Row = [
  fact: string,
  words: readonly [string, string],
  evidence: Partial<Evidence>,
  left: string[],
  ruledOut: string[],
];

const rows: Row[] = [
  [
    'nothing known rules nothing out, and the order stays',
    e1,
    {},
    ['not-pre-authorised', 'not-replicated', 'wrong-host', 'approvals-gone', 'scope-missing', 'wrong-username'],
    [],
  ],
  [
    'the same org rules out the wrong host and a refreshed sandbox',
    e1,
    { orgMatches: true },
    ['not-pre-authorised', 'not-replicated', 'scope-missing', 'wrong-username'],
    ['wrong-host', 'approvals-gone'],
  ],
  ['another org rules nothing out', e6, { orgMatches: false }, ['wrong-client-id', 'wrong-host', 'not-replicated'], []],
  ['the same org rules out that this is no token endpoint', e16, { orgMatches: true }, [], ['not-a-token-endpoint']],
  ['a clock within the tolerance rules out the clock', e5, { clockSkew: -60 }, [], ['clock']],
  ['a clock beyond the tolerance does not', e5, { clockSkew: -61 }, ['clock'], []],
  ['an unknown clock does not', e5, {}, ['clock'], []],
  [
    'neither org nor clock rules out that the key is not the one of the app',
    e3,
    { orgMatches: true, clockSkew: 0 },
    ['key-mismatch', 'app-just-edited'],
    [],
  ],
  ['the same org does not rule out that the audience is refused', e4, { orgMatches: true }, ['audience-mismatch'], []],
  [
    'where host and audience differ, the host comes first',
    e6,
    { hostIsNotAudience: true },
    ['wrong-host', 'wrong-client-id', 'not-replicated'],
    [],
  ],
  [
    'unless it is ruled out',
    e6,
    { hostIsNotAudience: true, orgMatches: true },
    ['wrong-client-id', 'not-replicated'],
    ['wrong-host'],
  ],
  [
    'an approval that is there is ruled out',
    e8,
    { witness: { adminApproved: true, preauthorised: true } },
    ['scope-missing'],
    ['not-pre-authorised'],
  ],
  [
    'but not where users may still authorise themselves',
    e8,
    { witness: { adminApproved: false, preauthorised: true } },
    ['scope-missing', 'not-pre-authorised'],
    [],
  ],
  [
    'nor where it is not known who is approved',
    e8,
    { witness: { adminApproved: true } },
    ['scope-missing', 'not-pre-authorised'],
    [],
  ],
  [
    'a scope that is there is ruled out',
    e8,
    { witness: { refreshScope: true } },
    ['not-pre-authorised'],
    ['scope-missing'],
  ],
  [
    'an app that is found and enabled rules out client id and disabled app',
    e7,
    { witness: { found: true, enabled: true } },
    ['wrong-host', 'not-replicated', 'not-pre-authorised'],
    ['wrong-client-id', 'app-disabled'],
  ],
  [
    'an app that holds the certificate of the key rules out the wrong key',
    e3,
    { witness: { holdsOurs: true } },
    ['app-just-edited'],
    ['key-mismatch'],
  ],
  ['a user who is known is ruled out', e13, { witness: { userKnown: true } }, ['password-or-lock'], ['wrong-username']],
  ['an active user is ruled out', e11, { witness: { userActive: true } }, [], ['user-inactive']],
  [
    'what is seen to be wrong stays',
    e7,
    { witness: { found: true, enabled: false } },
    ['wrong-host', 'app-disabled', 'not-replicated', 'not-pre-authorised'],
    ['wrong-client-id'],
  ],
  [
    'what an administrator sees does not change the order of what is left',
    e1,
    { orgMatches: true, witness: { found: true, enabled: true, userKnown: true, holdsOurs: true } },
    ['not-pre-authorised', 'not-replicated', 'scope-missing'],
    ['wrong-host', 'approvals-gone', 'wrong-username'],
  ],
  [
    'an empty testimony rules nothing out',
    e7,
    { witness: {} },
    ['wrong-host', 'wrong-client-id', 'app-disabled', 'not-replicated', 'not-pre-authorised'],
    [],
  ],
  ['words that no source explains have no causes', ['new_error', 'what nobody knows'], { orgMatches: true }, [], []],
];

describe('checks: causes of a refused login', () => {
  for (const [fact, [error, errorDescription], evidence, left, ruledOut] of rows) {
    it(fact, () => {
      const { causes } = explainRefusal({ status: 400, error, errorDescription });
      const weighed = weighCauses(causes, { ...nothing, ...evidence });
      expect(weighed.left.map(({ id }) => id)).to.deep.equal(left);
      expect(weighed.ruledOut.map(({ id }) => id)).to.deep.equal(ruledOut);
    });
  }
});
