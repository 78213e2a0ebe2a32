import type { AppPolicy } from '../../app/settings.ts';

/** What becomes of a refresh token under this policy. */
export function refreshTokenWords({ policy, period, unit }: AppPolicy['refreshToken']): string {
  const time = `${period ?? 'a number that the org does not show'}${unit === undefined ? '' : ` ${unit}`}`;
  const words = { infinite: 'valid until revoked', zero: 'expires immediately' };
  if (policy === 'infinite' || policy === 'zero') return words[policy];
  return policy === 'specific-lifetime' ? `expires after ${time}` : `expires if not used for ${time}`;
}
