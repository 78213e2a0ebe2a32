import type { Outcome, RuleInput } from './plan-rule.ts';
import { refreshPolicyOf, unitOf } from './read-policy.ts';
import { guideMinutes, maySessionStay } from './session-length.ts';
import { textOf, wholeNumber } from './words.ts';

const guideRefreshDays = 365;

/** All that `namedUserJwtTimeout` may be below an hour, in minutes, and longer ones (docs/reference/external-client-apps.md §1.2). */
const jwtTimeouts = [1, 5, 10, 15, 30, 60, 90, 120, 240, 480, 720];

export function refreshToken({ fields, wanted }: RuleInput): Outcome {
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

export function sessionTimeout({ fields, wanted }: RuleInput): Outcome {
  const before = wholeNumber(textOf(fields, 'sessionTimeoutInMinutes'));
  const to = wanted.sessionTimeout ?? (maySessionStay(before) ? before : guideMinutes);
  if (before === to) return undefined;
  return {
    from: textOf(fields, 'sessionTimeoutInMinutes') ?? null,
    to: String(to),
    set: { sessionTimeoutInMinutes: String(to) },
  };
}

/** Where an existing app issues such tokens, the timeout above means nothing, and this one takes few values only. */
export function jwtTimeout({ fields, wanted, jwtAccessTokens }: RuleInput): Outcome {
  if (!jwtAccessTokens) return undefined;
  const isCustom = textOf(fields, 'namedUserJwtSessionTimeoutType')?.toLowerCase() === 'custom';
  const before = isCustom ? wholeNumber(textOf(fields, 'namedUserJwtTimeout')) : undefined;
  const wish = wanted.sessionTimeout ?? (maySessionStay(before) ? before : guideMinutes);
  const to = jwtTimeouts.findLast((minutes) => minutes <= (wish ?? guideMinutes)) ?? 1;
  if (before === to) return undefined;
  return {
    from: before === undefined ? (textOf(fields, 'namedUserJwtSessionTimeoutType') ?? null) : String(before),
    to: String(to),
    set: { namedUserJwtSessionTimeoutType: 'Custom', namedUserJwtTimeout: String(to) },
  };
}
