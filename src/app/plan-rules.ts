import { appCertificateFingerprint } from './certificate.ts';
import type { Fields } from './component.ts';
import type { AppDefinition } from './definition.ts';
import type { Slot } from './found.ts';
import { unionOf } from './grants.ts';
import { permittedUsersOf, refreshPolicyOf, unitOf } from './read-policy.ts';
import { lackingScopes } from './scopes.ts';
import { isTrue, listed, textOf, wholeNumber } from './words.ts';

/** Who has access already, as `SetupEntityAccess` shows it; the retrieved policy may name fewer. */
export type Granted = { permissionSets: readonly string[]; profiles: readonly string[] };

export type RuleInput = {
  fields: Fields;
  wanted: AppDefinition;
  granted: Granted;
  /** The app issues access tokens in JWT format: then another timeout governs. */
  jwtAccessTokens: boolean;
};

/** What a setting is, what it becomes, and the elements that make it so; undefined where nothing is to do. */
type Outcome = { from: string | null; to: string; set: Record<string, string> } | undefined;

/** One setting of the guide, in words of Setup. The order is that of the guide. */
export type Rule = { slot: Slot; setting: string; judge: (input: RuleInput) => Outcome };

/** The guide's range, in minutes. */
const guideTimeout = { least: 1, most: 5 };
const guideRefreshDays = 365;

/** All that `namedUserJwtTimeout` may be below an hour, in minutes, and longer ones (docs/reference/external-client-apps.md §1.2). */
const jwtTimeouts = [1, 5, 10, 15, 30, 60, 90, 120, 240, 480, 720];

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

function refreshToken({ fields, wanted }: RuleInput): Outcome {
  const policy = refreshPolicyOf(textOf(fields, 'refreshTokenPolicyType'));
  const period = wholeNumber(textOf(fields, 'refreshTokenValidityPeriod'));
  const unit = unitOf(textOf(fields, 'refreshTokenValidityUnit'));
  const days = wanted.refreshTokenDays ?? guideRefreshDays;
  if (policy === 'specific-lifetime' && period === days && unit === 'days') return undefined;
  const time = `${String(period ?? '?')} ${unit ?? ''}`.trim();
  const words = {
    infinite: 'valid until revoked',
    zero: 'expires immediately',
    'specific-lifetime': `expires after ${time}`,
    'specific-inactivity': `expires if not used for ${time}`,
  };
  return {
    from: policy === undefined ? (textOf(fields, 'refreshTokenPolicyType') ?? null) : words[policy],
    to: `expires after ${days} days`,
    set: {
      refreshTokenPolicyType: 'SpecificLifetime',
      refreshTokenValidityPeriod: String(days),
      refreshTokenValidityUnit: 'Days',
    },
  };
}

function sessionTimeout({ fields, wanted }: RuleInput): Outcome {
  const before = wholeNumber(textOf(fields, 'sessionTimeoutInMinutes'));
  const to = wanted.sessionTimeout ?? (inGuide(before) ? before : guideTimeout.most);
  if (before === to) return undefined;
  return {
    from: textOf(fields, 'sessionTimeoutInMinutes') ?? null,
    to: String(to),
    set: { sessionTimeoutInMinutes: String(to) },
  };
}

/** Where an existing app issues such tokens, the timeout above means nothing, and this one takes few values only. */
function jwtTimeout({ fields, wanted, jwtAccessTokens }: RuleInput): Outcome {
  if (!jwtAccessTokens) return undefined;
  const isCustom = textOf(fields, 'namedUserJwtSessionTimeoutType')?.toLowerCase() === 'custom';
  const before = isCustom ? wholeNumber(textOf(fields, 'namedUserJwtTimeout')) : undefined;
  const wish = wanted.sessionTimeout ?? (inGuide(before) ? before : guideTimeout.most);
  const to = jwtTimeouts.findLast((minutes) => minutes <= (wish ?? guideTimeout.most)) ?? guideTimeout.least;
  if (before === to) return undefined;
  return {
    from: before === undefined ? (textOf(fields, 'namedUserJwtSessionTimeoutType') ?? null) : String(before),
    to: String(to),
    set: { namedUserJwtSessionTimeoutType: 'Custom', namedUserJwtTimeout: String(to) },
  };
}

function appStatus({ fields }: RuleInput): Outcome {
  if (isTrue(fields, 'isEnabled')) return undefined;
  const from = onOff(fields, 'isEnabled') === null ? null : 'Disabled';
  return { from, to: 'Enabled', set: { isEnabled: 'true' } };
}

const inGuide = (minutes: number | undefined): boolean =>
  minutes !== undefined && minutes >= guideTimeout.least && minutes <= guideTimeout.most;

const joined = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join(', '));
