import { randomInt } from 'node:crypto';
import { Refusal } from '../oauth-errors.ts';
import type { Grant, GrantRequest } from '../token-endpoint.ts';
import { appTrouble, judgeClient } from './client.ts';
import { FlowRefusal } from './flow-errors.ts';
import { sessionBody } from './issue.ts';
import { newCode, pendingOf } from './pending.ts';
import type { DeviceLogin } from './pending.ts';
import { judgeUser } from './person.ts';
import { wantedScopes } from './scopes.ts';

/** Without letters that look like others, and without vowels. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const newUserCode = (): string => Array.from({ length: 8 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/** The device's first request: `response_type=device_code` at the token endpoint (docs/reference/salesforce-oauth.md §4). */
export const deviceCode: Grant = (context) => {
  const { world, parameters, now, face } = context;
  const { org, switches } = world;
  const app = judgeClient(context, parameters, () => ({ secret: 'optional' }));
  if (switches.deviceFlow === 'none') throw new Refusal('E15');
  const trouble = appTrouble(context, app, switches.deviceFlow === 'all' ? ['uninstalledApp'] : []);
  if (trouble) throw trouble;
  if (!app.flows.device) throw new FlowRefusal('deviceFlowOff');
  const scopes = wantedScopes(app, parameters.get('scope'), switches);
  const code = newCode();
  const interval = switches.deviceIntervalSeconds;
  const device = { app, scopes, userCode: newUserCode(), issuedAt: now, interval };
  pendingOf(org).devices.set(code, { ...device, polledAt: undefined, user: undefined, denied: false });
  return {
    device_code: code,
    user_code: device.userCode,
    verification_uri: `${world.urls[face]}/setup/connect`,
    interval,
  };
};

/**
 * The device's later requests, `grant_type=device`, until a person has answered at ../device.ts. Polling sooner than the interval adds five
 * seconds to it (RFC 8628 §3.5).
 */
export const device: Grant = (context) => {
  const { world, parameters, now } = context;
  const { switches } = world;
  const app = judgeClient(context, parameters, () => ({ secret: switches.deviceSecret }));
  const { devices } = pendingOf(world.org);
  const code = parameters.get('code') ?? '';
  const login = devices.get(code);
  if (login?.app !== app) throw new FlowRefusal('unknownCode');
  if (now - login.issuedAt > switches.deviceCodeSeconds * 1000) throw new FlowRefusal('deviceExpired');
  judgePace(context, login);
  if (login.denied) throw new FlowRefusal('deviceDenied');
  const { user, scopes } = login;
  if (!user) throw new FlowRefusal('devicePending');
  judgeUser(context, user, app);
  devices.delete(code);
  return sessionBody(context, { user, app, scopes, refresh: true, idToken: true });
};

function judgePace({ world, now }: GrantRequest, login: DeviceLogin): void {
  const tooFast = login.polledAt !== undefined && now - login.polledAt < login.interval * 1000;
  login.polledAt = now;
  if (!tooFast || world.switches.devicePollTooFast === 'ignore') return;
  login.interval += 5;
  throw new FlowRefusal('deviceTooFast');
}
