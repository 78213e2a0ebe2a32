import { parseObject, type HttpAnswer } from './response.ts';

/** What a device shows to a person, and what it polls with. The device code is a secret. */
export type DeviceCode = {
  deviceCode: string;
  userCode: string;
  /** Where a person enters the user code; https. */
  verificationUri: string;
  /** Seconds between two polls, at least. */
  interval: number;
  /** Seconds that both codes are good for. */
  expiresIn: number;
};

/** RFC 8628 §3.2 for the interval where the answer has none; Salesforce's own documentation for the ten minutes. */
const [usualInterval, usualLife] = [5, 600];

/** Reads the answer that starts the device flow (docs/reference/salesforce-oauth.md §4); undefined for any other, such as a refusal. */
export function readDeviceCode({ status, body }: HttpAnswer): DeviceCode | undefined {
  const json = (status === 200 ? parseObject(body) : undefined) ?? {};
  const { device_code: deviceCode, user_code: userCode, verification_uri: verificationUri } = json;
  if (typeof deviceCode !== 'string' || !isShown(userCode) || !isShown(verificationUri)) return undefined;
  if (!URL.canParse(verificationUri) || new URL(verificationUri).protocol !== 'https:') return undefined;
  const interval = seconds(json['interval'], usualInterval);
  return { deviceCode, userCode, verificationUri, interval, expiresIn: seconds(json['expires_in'], usualLife) };
}

/**
 * What a device does after a poll (RFC 8628 §3.5): it goes on waiting, it waits longer between two polls from now on, it leaves a busy host
 * alone for a while, or the answer is the last one.
 */
export function afterPoll({ status, body }: HttpAnswer): 'wait' | 'slow-down' | 'busy' | 'done' {
  const error = parseObject(body)?.['error'];
  if (error === 'slow_down') return 'slow-down';
  if (error === 'authorization_pending') return 'wait';
  return status >= 500 || status === 408 || status === 429 ? 'busy' : 'done';
}

/** What a terminal can show on one line, and nothing that would move its cursor. */
const isShown = (value: unknown): value is string => typeof value === 'string' && /^[!-~]{1,500}$/.test(value);

/** Longer than a day is a mistake, and far longer than a timer can wait, which then doesn't wait at all. */
const longest = 86_400;

const seconds = (value: unknown, usual: number): number =>
  Number(value) > 0 && Number(value) <= longest ? Number(value) : usual;
