import type { X509Certificate } from 'node:crypto';
import { recordLogin } from '../login-history.ts';
import type { Grant, GrantRequest } from '../token-endpoint.ts';
import { Refusal } from '../oauth-errors.ts';
import type { App, OrgState, User } from '../state.ts';
import type { Answers } from '../switches.ts';
import { issueToken } from '../tokens.ts';
import { readAssertion, readCertificate, signedBy } from './assertion.ts';
import type { Assertion } from './assertion.ts';
import { audienceAccepted } from './audience.ts';
import { successBody } from './success.ts';

/** Refuses with the row that `switches.answers` has for a situation, if the situation is there and not accepted. */
type Judge = (situation: keyof Answers, found: boolean) => void;

/**
 * The JWT bearer grant (docs/reference/salesforce-oauth.md §1).
 *
 * Salesforce does not publish its order of judgement. This one asks first what can be known without trusting the assertion, then
 * proves it, then reads it, then looks at the person: parameters, form of the assertion, org, app at that host, signature, `exp`,
 * `aud`, user, login limit, address, scopes, approval. So a wrong key hides a wrong audience, and both hide a missing approval.
 */
export const jwtBearer: Grant = (request) => {
  const { world, parameters } = request;
  const { switches } = world;
  const judge: Judge = (situation, found) => {
    const row = switches.answers[situation];
    if (found && row !== 'accept') throw new Refusal(row, situation);
  };

  judge('scopeParameter', parameters.has('scope'));
  const text = parameters.get('assertion') ?? '';
  const assertion = readAssertion(text);
  if (!assertion) throw new Refusal(switches.answers.malformedAssertion);
  try {
    const success = judgeLogin(request, assertion, text, judge);
    recordLogin(request, assertion.claims);
    return success;
  } catch (error) {
    recordLogin(request, assertion.claims, error);
    throw error;
  }
};

function judgeLogin(request: GrantRequest, assertion: Assertion, text: string, judge: Judge): Record<string, string> {
  const { world, now } = request;
  const { org, switches } = world;
  judge('inactiveOrg', !org.facts.active);

  const app = judgeApp(request, assertion, judge);
  judgeSignature(request, assertion, app, judge);
  judgeTimes(request, assertion, judge);
  judge('audience', !audienceAccepted(assertion.claims['aud'], request.face, app, world));
  judge('replayed', org.assertionsSeen.has(text));
  org.assertionsSeen.add(text);

  const user = judgeUser(request, assertion, judge);
  const counted = countLogin(request, user, judge);
  try {
    judge('ipRestricted', user.ipRestricted || app.ipRestricted);
    judgeApproval(org, user, app, judge);
  } catch (error) {
    if (!switches.failedLoginsCount) counted.undo();
    throw error;
  }
  return successBody(request, issueToken(world, user, app, now));
}

function judgeApp({ world, face, now }: GrantRequest, { claims }: Assertion, judge: Judge): App {
  const { org, switches } = world;
  const { iss } = claims;
  const app = typeof iss === 'string' ? org.app(iss) : undefined;
  if (!app) throw new Refusal(switches.answers.unknownClient, 'unknownClient');
  judge('externalAppAtLoginHost', app.kind === 'external-client-app' && face === 'login');
  judge('notYetKnown', now - app.changedAt < switches.propagationSeconds * 1000);
  judge('disabledApp', !app.enabled || !app.oauthEnabled);
  judge('uninstalledApp', !app.installed);
  judge('blockedApp', app.blocked);
  judge('jwtFlowOff', !app.jwtBearer);
  return app;
}

function judgeSignature({ world, now }: GrantRequest, assertion: Assertion, app: App, judge: Judge): void {
  const { answers } = world.switches;
  if (app.certificate === undefined) throw new Refusal(answers.noCertificate, 'noCertificate');
  const certificate: X509Certificate | undefined = readCertificate(app.certificate);
  if (!certificate || !signedBy(assertion, certificate)) throw new Refusal(answers.wrongKey, 'wrongKey');
  judge('expiredCertificate', now > certificate.validToDate.getTime());
}

/** `exp` may be a number or a numeric string; no `iat`, `nbf` or `jti` is looked at (docs/reference/salesforce-oauth.md §1.2). */
function judgeTimes({ world, now }: GrantRequest, { claims }: Assertion, judge: Judge): void {
  const { switches } = world;
  const { exp } = claims;
  const numeric = typeof exp === 'number' || (typeof exp === 'string' && /^\d+(\.\d+)?$/.test(exp));
  judge('missingExpiry', !numeric);
  const seconds = now / 1000;
  const ahead = Number(exp) - seconds;
  judge('expired', ahead + switches.expGraceSeconds < 0);
  // A time in milliseconds read as seconds lies some 57,000 years ahead; nothing else is further than a thousand.
  const inMilliseconds = ahead > 1000 * 365 * 86_400;
  judge('expiryTooFar', inMilliseconds ? switches.expMilliseconds === 'refuse' : ahead > switches.expUpperBoundSeconds);
}

function judgeUser({ world, face }: GrantRequest, { claims }: Assertion, judge: Judge): User {
  const { org, switches } = world;
  const name = claims['prn'] ?? claims['sub'];
  const served = face === 'my-domain' || org.facts.servedByLoginHost;
  const user = typeof name === 'string' && served ? org.user(name) : undefined;
  if (!user) throw new Refusal(switches.answers.unknownUser, 'unknownUser');
  judge('inactiveUser', !user.active);
  judge('frozenUser', user.frozen);
  judge('passwordExpired', user.passwordExpired);
  judge('highAssuranceOrg', org.facts.highAssurance);
  return user;
}

/** Counts this login against the limit per hour (docs/reference/salesforce-oauth.md §6). */
function countLogin({ world, now }: GrantRequest, user: User, judge: Judge): { undo: () => void } {
  const { org } = world;
  const recent = (org.logins.get(user.id) ?? []).filter((time) => time > now - 3_600_000);
  judge('loginRate', recent.length >= org.facts.loginLimit);
  org.logins.set(user.id, [...recent, now]);
  return { undo: () => org.logins.set(user.id, recent) };
}

function judgeApproval(org: OrgState, user: User, app: App, judge: Judge): void {
  const refreshes = (scope: string): boolean => scope === 'refresh_token' || scope === 'offline_access';
  judge('refreshScopeMissing', !app.scopes.some(refreshes));
  judge('noStandardScope', app.scopes.every(refreshes));
  if (app.permittedUsers === 'admin-approved') {
    const assigned =
      app.profiles.includes(user.profile) || org.permissionSetsOf(user).some((set) => app.permissionSets.includes(set));
    judge('notPreauthorized', !assigned);
  } else {
    judge('notApproved', ![...app.approvals].some((name) => name.toLowerCase() === user.username.toLowerCase()));
  }
  judge('apiDisabled', !user.permissions.apiEnabled);
}
