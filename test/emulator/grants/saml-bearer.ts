import { recordLogin } from '../login-history.ts';
import { Refusal } from '../oauth-errors.ts';
import type { App } from '../state.ts';
import type { Grant, GrantRequest } from '../token-endpoint.ts';
import { issueToken } from '../tokens.ts';
import { everyElement, parseXml } from '../xml-document.ts';
import type { XmlElement } from '../xml-document.ts';
import { judgeBy, judgeIssuer, judgeSubject } from './approved-login.ts';
import type { Judge } from './approved-login.ts';
import { readCertificate } from './assertion.ts';
import { audienceAccepted } from './audience.ts';
import { contentOf, isSaml, validity } from './saml-content.ts';
import type { SamlContent } from './saml-content.ts';
import { signedElements, signedPart } from './saml-signature.ts';
import { successBody } from './success.ts';

const endpointPath = '/services/oauth2/token';

/**
 * The SAML bearer grant (docs/reference/salesforce-oauth.md §4, RFC 7522 §3): an assertion that the app issued and signed with the key of
 * its certificate, for a user that approved the app before. App and user are judged, and in the same order, as with JWT bearer. Never a
 * refresh token.
 */
export const samlBearer: Grant = (request) => {
  const { world, parameters } = request;
  const { switches } = world;
  const judge = judgeBy(switches);
  judge('scopeParameter', parameters.has('scope'));
  const document = readBearer(parameters.get('assertion') ?? '');
  // What is not signed yet says only whose certificate to look for.
  const claimed = document && contentOf(document.root);
  if (!document || !claimed) throw new Refusal(switches.answers.malformedAssertion);
  const claims = { iss: claimed.issuer, sub: claimed.nameId };
  try {
    const success = judgeLogin(request, document, claimed.issuer, judge);
    recordLogin(request, claims);
    return success;
  } catch (error) {
    recordLogin(request, claims, error);
    throw error;
  }
};

type Document = { xml: string; root: XmlElement };

/** Base64url (RFC 4648 §5) of an assertion with nothing around it, no second one in it, and one signature. */
function readBearer(text: string): Document | undefined {
  if (!/^[\w-]+={0,2}$/.test(text)) return undefined;
  const xml = Buffer.from(text, 'base64url').toString('utf8');
  try {
    const root = parseXml(xml);
    const assertions = everyElement(root).filter((one) => one.localName === 'Assertion');
    const signed = signedElements(root);
    const alone = isSaml(root, 'Assertion') && assertions.length === 1 && signed.length === 1 && signed[0] === root;
    return alone ? { xml, root } : undefined;
  } catch {
    return undefined;
  }
}

function judgeLogin(
  request: GrantRequest,
  { xml, root }: Document,
  issuer: string,
  judge: Judge
): Record<string, string> {
  const { world, now } = request;
  const { org, switches } = world;
  judge('inactiveOrg', !org.facts.active);
  const app = judgeIssuer(request, issuer, judge);
  const { samlExternalClientApp: external } = switches;
  if (app.kind === 'external-client-app' && external !== 'accept') throw new Refusal(external);

  if (app.certificate === undefined) throw new Refusal(switches.answers.noCertificate, 'noCertificate');
  const part = signedPart(xml, root, app.certificate, switches);
  const content = part && contentOf(part);
  if (!content) throw new Refusal(switches.answers.wrongKey, 'wrongKey');
  judge('expiredCertificate', now > (readCertificate(app.certificate)?.validToDate.getTime() ?? 0));
  judgeTimes(request, content, judge);
  judgePlaces(request, content, app);
  judge('replayed', org.assertionsSeen.has(`saml ${content.id}`));
  org.assertionsSeen.add(`saml ${content.id}`);

  const user = judgeSubject(request, content.nameId, app, judge);
  return successBody(request, issueToken(world, user, app, now));
}

/** The end stands in the conditions or with the confirmation (RFC 7522 §3, items 4 and 5). */
function judgeTimes({ world, now }: GrantRequest, content: SamlContent, judge: Judge): void {
  const { samlNotYetValid: early, samlGraceSeconds } = world.switches;
  const windows = [content, ...content.confirmations.slice(0, 1)];
  judge('missingExpiry', content.confirmations.length === 0);
  judge(
    'missingExpiry',
    windows.every(({ notOnOrAfter }) => notOnOrAfter === undefined)
  );
  const state = validity(windows, now, samlGraceSeconds * 1000);
  judge('expired', state === 'over');
  if (state === 'before' && early !== 'accept') throw new Refusal(early, 'expired');
}

/** Audience and recipient: this org's address for tokens at the host that was asked, by the rules for the audience of a JWT. */
function judgePlaces({ world, face }: GrantRequest, { restrictions, confirmations }: SamlContent, app: App): void {
  const { samlAudience, samlRecipient, samlAudienceTokenEndpoint } = world.switches;
  const isHere = (url: string): boolean => audienceAccepted(url, face, app, world);
  const isEndpoint = (url: string): boolean => url.endsWith(endpointPath) && isHere(url.slice(0, -endpointPath.length));
  const audience = (url: string): boolean => isHere(url) || (samlAudienceTokenEndpoint === 'accept' && isEndpoint(url));
  const meant = restrictions.length > 0 && restrictions.every((audiences) => audiences.some(audience));
  if (!meant && samlAudience !== 'accept') throw new Refusal(samlAudience, 'audience');
  const arrives = confirmations.slice(0, 1).every(({ recipient }) => isEndpoint(recipient));
  if (!arrives && samlRecipient !== 'accept') throw new Refusal(samlRecipient);
}
