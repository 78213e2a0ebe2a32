import { expect } from 'chai';
import { speakerOf } from '../../../src/checks/login/accusers.ts';
import { weighCauses, type Evidence } from '../../../src/checks/login/causes.ts';
import type { AppWitness } from '../../../src/checks/facts.ts';
import { explainRefusal } from '../../../src/token/refusal.ts';

const nothing: Evidence = { orgMatches: true, clockSkew: 0, clockTolerance: 60, hostIsNotAudience: false };

const words = {
  E1: ['invalid_grant', "user hasn't approved this consumer"],
  E2: ['invalid_app_access', 'user is not admin approved to access this app'],
  E3: ['invalid_grant', 'invalid assertion'],
  E5: ['invalid_grant', 'expired authorization code'],
  E6: ['invalid_client_id', 'client identifier invalid'],
  E7: ['app_not_found', 'External client app is not installed in this org'],
  E8: ['invalid_request', 'refresh_token scope is required'],
  E9: ['invalid_grant', 'ip restricted'],
  E11: ['invalid_grant', 'inactive user'],
  E13: ['invalid_grant', 'authentication failure'],
} as const;

type Row = [fact: string, row: keyof typeof words, witness: AppWitness | undefined, speaker: string | undefined];

const rows: Row[] = [
  ['users who may authorise themselves', 'E1', { adminApproved: false, preauthorised: true }, 'app-permitted-users'],
  [
    'users who may authorise themselves come before a missing approval',
    'E1',
    { adminApproved: false, preauthorised: false },
    'app-permitted-users',
  ],
  ['a missing approval', 'E2', { adminApproved: true, preauthorised: false }, 'user-preauthorized'],
  ['a missing approval where the policy is hidden', 'E2', { preauthorised: false }, 'user-preauthorized'],
  ['a disabled app', 'E7', { found: true, enabled: false }, 'app-enabled'],
  ['a missing scope', 'E8', { refreshScope: false }, 'app-scopes'],
  [
    'a missing scope behind words about approval',
    'E1',
    { adminApproved: true, preauthorised: true, refreshScope: false },
    'app-scopes',
  ],
  ['the certificate of another key', 'E3', { holdsOurs: false }, 'app-certificate'],
  ['an app that holds the stray certificate of this machine', 'E3', { holdsStray: true }, 'cert-matches-key'],
  ['nobody where the stray certificate is not what the app holds', 'E3', { holdsStray: false }, undefined],
  ['an app that is not there', 'E6', { found: false }, 'app-found'],
  ['an inactive user', 'E11', { userActive: false }, 'user-active'],
  ['an inactive user behind words about passwords', 'E13', { userActive: false }, 'user-active'],
  ['a username that nobody has', 'E1', { adminApproved: true, userKnown: false }, 'user-active'],
  [
    'a frozen user, of whom Salesforce says that an approval is missing',
    'E1',
    { adminApproved: true, preauthorised: true, userActive: false },
    'user-active',
  ],
  ['the likeliest cause first where several are seen', 'E7', { found: false, enabled: false }, 'app-found'],
  [
    'nobody where all is seen to be right',
    'E1',
    {
      found: true,
      enabled: true,
      adminApproved: true,
      preauthorised: true,
      refreshScope: true,
      holdsOurs: true,
      userKnown: true,
      userActive: true,
    },
    undefined,
  ],
  [
    'nobody where the words are about something else',
    'E9',
    { refreshScope: false, holdsOurs: false, enabled: false },
    undefined,
  ],
  ['nobody where nothing is seen', 'E1', {}, undefined],
  ['nobody without an administrator', 'E1', undefined, undefined],
];

const speaker = (row: keyof typeof words, evidence: Evidence): string | undefined => {
  const [error, errorDescription] = words[row];
  const { causes } = explainRefusal({ status: 400, error, errorDescription });
  return speakerOf(weighCauses(causes, evidence).left, evidence);
};

describe('checks: which check speaks of a refused login', () => {
  for (const [fact, row, witness, expected] of rows) {
    it(`${expected ?? 'login-accepted itself'} (${row}): ${fact}`, () => {
      expect(speaker(row, { ...nothing, witness })).to.equal(expected);
    });
  }

  it('host-clock comes before all that an administrator sees', () => {
    expect(speaker('E5', { ...nothing, clockSkew: -600, witness: { userActive: false } })).to.equal('host-clock');
  });

  it('host-org-id comes before all that an administrator sees of the other org', () => {
    expect(speaker('E6', { ...nothing, orgMatches: false, witness: { found: false } })).to.equal('host-org-id');
  });
});
