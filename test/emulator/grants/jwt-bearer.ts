import type { X509Certificate } from 'node:crypto';
import { recordLogin } from '../login-history.ts';
import type { Grant, GrantRequest } from '../token-endpoint.ts';
import { Refusal } from '../oauth-errors.ts';
import type { App } from '../state.ts';
import { issueToken } from '../tokens.ts';
import { judgeBy, judgeIssuer, judgeSubject } from './approved-login.ts';
import type { Judge } from './approved-login.ts';
import { readAssertion, readCertificate, signedBy } from './assertion.ts';
import type { Assertion } from './assertion.ts';
import { audienceAccepted } from './audience.ts';
import { successBody } from './success.ts';

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
  const judge = judgeBy(switches);
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
  const { org } = world;
  judge('inactiveOrg', !org.facts.active);

  const { claims } = assertion;
  const app = judgeIssuer(request, claims['iss'], judge);
  judgeSignature(request, assertion, app, judge);
  judgeTimes(request, assertion, judge);
  judge('audience', !audienceAccepted(claims['aud'], request.face, app, world));
  judge('replayed', org.assertionsSeen.has(text));
  org.assertionsSeen.add(text);

  const user = judgeSubject(request, claims['prn'] ?? claims['sub'], app, judge);
  return successBody(request, issueToken(world, user, app, now));
}

function judgeSignature(request: GrantRequest, assertion: Assertion, app: App, judge: Judge): void {
  const { world, now } = request;
  const { answers } = world.switches;
  const held = certificateInForce(request, app);
  if (held === undefined) throw new Refusal(answers.noCertificate, 'noCertificate');
  const certificate: X509Certificate | undefined = readCertificate(held);
  if (!certificate || !signedBy(assertion, certificate)) throw new Refusal(answers.wrongKey, 'wrongKey');
  judge('expiredCertificate', now > certificate.validToDate.getTime());
}

/** The one before for a while after another took its place: that the old key is refused only then is not certain (docs/reference/salesforce-oauth.md §7). */
function certificateInForce({ world, now }: GrantRequest, app: App): string | undefined {
  const spread = world.switches.certificateSpreadSeconds * 1000;
  const former = world.org.formerCertificates.get(app.id)?.find(({ replacedAt }) => now - replacedAt < spread);
  return former ? former.pem : app.certificate;
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
