import { appCertificateFingerprint } from './certificate.ts';
import type { Fields } from './component.ts';
import { unionOf } from './grants.ts';
import { jwtTimeout, refreshToken, sessionTimeout } from './lifetime-rules.ts';
import type { Outcome, Rule, RuleInput } from './plan-rule.ts';
import { permittedUsersOf } from './read-policy.ts';
import { lackingScopes } from './scopes.ts';
import { isTrue, listed, textOf } from './words.ts';

const onOff = (fields: Fields, element: string): 'on' | 'off' | null =>
  textOf(fields, element) === undefined ? null : isTrue(fields, element) ? 'on' : 'off';

const switchOn =
  (element: string) =>
  ({ fields }: RuleInput): Outcome =>
    isTrue(fields, element) ? undefined : { from: onOff(fields, element), to: 'on', set: { [element]: 'true' } };

/** Whoever changes this may cut users off. */
export const permittedUsersSetting = 'Permitted Users';

export const rules: readonly Rule[] = [
  { slot: 'header', setting: 'Contact Email', judge: contactEmail },
  { slot: 'policy', setting: 'Enable OAuth', judge: switchOn('isOauthPluginEnabled') },
  { slot: 'global', setting: 'Callback URL', judge: callbackUrl },
  { slot: 'oauth', setting: 'OAuth Scopes', judge: scopes },
  { slot: 'global', setting: 'Client Credentials Flow', judge: switchOn('isClientCredentialsFlowEnabled') },
  { slot: 'global', setting: 'Certificate', judge: certificate },
  { slot: 'global', setting: 'Limit Idle Refresh Token', judge: idleLimit },
  { slot: 'oauthPolicy', setting: permittedUsersSetting, judge: permittedUsers },
  {
    slot: 'oauthPolicy',
    setting: 'Selected Permission Sets',
    judge: ({ fields, wanted, granted }) =>
      list(fields, 'commaSeparatedPermissionSet', granted.permissionSets, wanted.permissionSets),
  },
  {
    slot: 'oauthPolicy',
    setting: 'Selected Profiles',
    judge: ({ fields, wanted, granted }) => list(fields, 'commaSeparatedProfile', granted.profiles, wanted.profiles),
  },
  { slot: 'oauthPolicy', setting: 'Client Credentials Flow: Run As', judge: runAs },
  { slot: 'oauthPolicy', setting: 'Refresh Token Policy', judge: refreshToken },
  { slot: 'oauthPolicy', setting: 'Session Timeout in Minutes', judge: sessionTimeout },
  { slot: 'oauthPolicy', setting: 'Timeout of JWT-Based Access Tokens', judge: jwtTimeout },
  { slot: 'policy', setting: 'App Status', judge: appStatus },
];

function contactEmail({ fields, wanted }: RuleInput): Outcome {
  const from = textOf(fields, 'contactEmail') ?? null;
  const to = wanted.contactEmail;
  return to === undefined || to === from ? undefined : { from, to, set: { contactEmail: to } };
}

function callbackUrl({ fields, wanted }: RuleInput): Outcome {
  const present = listed(textOf(fields, 'callbackUrl'), '\n');
  if (present.includes(wanted.callbackUrl)) return undefined;
  const after = [...present, wanted.callbackUrl];
  return { from: joined(present), to: after.join(', '), set: { callbackUrl: after.join('\n') } };
}

function scopes({ fields }: RuleInput): Outcome {
  const present = listed(textOf(fields, 'commaSeparatedOauthScopes'), ',');
  const lacking = lackingScopes(present);
  if (lacking.length === 0) return undefined;
  const to = [...present, ...lacking].join(', ');
  return { from: joined(present), to, set: { commaSeparatedOauthScopes: to } };
}

function certificate({ fields, wanted }: RuleInput): Outcome {
  if (!wanted.certificate) return undefined;
  const { pem, fingerprint256 } = wanted.certificate;
  const present = textOf(fields, 'certificate');
  const before = present === undefined ? undefined : appCertificateFingerprint(present);
  if (before === fingerprint256) return undefined;
  const unread = present === undefined ? null : 'a value that is no certificate';
  return {
    from: before === undefined ? unread : `SHA-256 ${before}`,
    to: `SHA-256 ${fingerprint256}`,
    set: { certificate: pem.trimEnd() },
  };
}

/** It ends refresh tokens after 30 idle days whatever the policy says (docs/reference/external-client-apps.md §9). */
const idleLimitElement = 'isEnforceRefreshTokenTTL';

function idleLimit({ fields }: RuleInput): Outcome {
  return isTrue(fields, idleLimitElement) ? { from: 'on', to: 'off', set: { [idleLimitElement]: 'false' } } : undefined;
}

const permittedWords = {
  'admin-approved': 'Admin approved users are pre-authorized',
  'self-authorize': 'All users may self-authorize',
};

function permittedUsers({ fields }: RuleInput): Outcome {
  const written = textOf(fields, 'permittedUsersPolicyType');
  const before = permittedUsersOf(written);
  if (before === 'admin-approved') return undefined;
  return {
    from: before === undefined ? (written ?? null) : permittedWords[before],
    to: permittedWords['admin-approved'],
    set: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' },
  };
}

/** Grantees are added and never taken away. */
function list(fields: Fields, element: string, granted: readonly string[], wanted: readonly string[]): Outcome {
  const present = unionOf(listed(textOf(fields, element), ','), granted);
  const after = unionOf(present, wanted);
  if (after.length === present.length) return undefined;
  return { from: joined(present), to: after.join(', '), set: { [element]: after.join(',') } };
}

function runAs({ fields, wanted }: RuleInput): Outcome {
  const user = wanted.clientCredentialsUser;
  const isOn = isTrue(fields, 'isClientCredentialsFlowEnabled');
  const before = isOn ? (textOf(fields, 'clientCredentialsFlowUser') ?? null) : null;
  if (user === undefined || before?.toLowerCase() === user.toLowerCase()) return undefined;
  return {
    from: before,
    to: user,
    set: { clientCredentialsFlowUser: user, isClientCredentialsFlowEnabled: 'true' },
  };
}

function appStatus({ fields }: RuleInput): Outcome {
  if (isTrue(fields, 'isEnabled')) return undefined;
  const from = onOff(fields, 'isEnabled') === null ? null : 'Disabled';
  return { from, to: 'Enabled', set: { isEnabled: 'true' } };
}

const joined = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join(', '));
