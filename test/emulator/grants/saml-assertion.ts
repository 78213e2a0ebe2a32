import { makeApp } from '../app-state.ts';
import type { SamlConfig } from '../saml-configs.ts';
import type { App, OrgState, User } from '../state.ts';
import type { Grant, GrantRequest } from '../token-endpoint.ts';
import { issueToken } from '../tokens.ts';
import { childElements, everyElement, parseXml } from '../xml-document.ts';
import type { XmlElement } from '../xml-document.ts';
import { literalLoginUrl } from './audience.ts';
import { FlowRefusal, flowErrorBody } from './flow-errors.ts';
import { judgeUser } from './person.ts';
import { contentOf, isSaml, validity } from './saml-content.ts';
import type { SamlContent } from './saml-content.ts';
import { signedElements, signedPart } from './saml-signature.ts';
import { successBody } from './success.ts';

const browserProfile = 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser';

/**
 * The SAML assertion grant (docs/reference/salesforce-oauth.md §4): the response of an identity provider that the org trusts for its web
 * logins, in base64. No app takes part, and there is never a refresh token. Whatever is wrong has one answer, with `error_uri` where the
 * response could be read. Encrypted assertions are not read, and users are not provisioned.
 */
export const samlAssertion: Grant = (request) => {
  const { world, parameters, now } = request;
  const { org, switches } = world;
  if (parameters.get('assertion_type') !== browserProfile) throw new FlowRefusal('assertionType');
  const response = readResponse(parameters.get('assertion') ?? '');
  if (!response) throw new FlowRefusal('samlAssertion');
  const user = orgIdFits(request) ? userOf(request, response) : undefined;
  if (!user) {
    const page = switches.samlErrorUri || `${world.urls['my-domain']}/setup/secur/SAMLValidationPage.apexp`;
    throw new FlowRefusal({ ...flowErrorBody('samlAssertion', switches), error_uri: page });
  }
  const app = appOf(org, switches.samlAssertionScope);
  judgeUser(request, user, app);
  return successBody(request, issueToken(world, user, app, now, app.scopes));
};

type Response = { xml: string; root: XmlElement; assertion: XmlElement };

/** Base64 (RFC 4648 §4, not the alphabet for URLs) of a response with one assertion, which is its child. */
function readResponse(text: string): Response | undefined {
  const base64 = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const xml = Buffer.from(base64, 'base64').toString('utf8');
  try {
    const root = parseXml(xml);
    const assertions = everyElement(root).filter((one) => one.localName === 'Assertion');
    const [assertion] = childElements(root).filter((one) => isSaml(one, 'Assertion'));
    return isSaml(root, 'Response', 'protocol') && assertion && assertions.length === 1
      ? { xml, root, assertion }
      : undefined;
  } catch {
    return undefined;
  }
}

/** `so` names the org in 15 or 18 characters, in the form or in the address. */
function orgIdFits({ world, face, parameters, query }: GrantRequest): boolean {
  const given = parameters.get('so') ?? query.get('so');
  if (given === null) return face === 'my-domain' || world.switches.samlWithoutOrgId === 'accept';
  return given === world.org.id || given === world.org.id.slice(0, 15);
}

/** The user that a trusted provider names in a response to this org. */
function userOf(request: GrantRequest, response: Response): User | undefined {
  const { org, switches } = request.world;
  const issuer = contentOf(response.assertion)?.issuer;
  const config = org.samlConfigs.find((one) => one.enabled && one.samlVersion === 'SAML2_0' && one.issuer === issuer);
  const content = config && succeeded(response.root) ? signedContent(request, response, config) : undefined;
  if (!config || !content || !isMeantForOrg(request, content, config)) return undefined;
  const key = `saml ${content.id}`;
  if (switches.samlReplay === 'refuse' && org.assertionsSeen.has(key)) return undefined;
  org.assertionsSeen.add(key);
  const { identityLocation, identityMapping, attributeName = '' } = config;
  const named = identityLocation === 'SubjectNameId' ? content.nameId : (content.attributes.get(attributeName) ?? '');
  if (named === '') return undefined;
  if (identityMapping === 'Username') return org.user(named);
  return org.users.find((user) => (identityMapping === 'UserId' ? user.id : user.federationId) === named);
}

function succeeded(root: XmlElement): boolean {
  const codes = everyElement(root).filter((one) => isSaml(one, 'StatusCode', 'protocol'));
  return codes.length === 1 && codes[0]?.getAttribute('Value') === 'urn:oasis:names:tc:SAML:2.0:status:Success';
}

/** Assertion and response may each be signed; every signature there is must be good, and none may cover anything else. */
function signedContent(
  { world }: GrantRequest,
  { xml, root, assertion }: Response,
  { certificate }: SamlConfig
): SamlContent | undefined {
  const signed = signedElements(root);
  const parts = new Map(signed.map((one) => [one, signedPart(xml, one, certificate, world.switches)]));
  const known = signed.every((one) => (one === root || one === assertion) && parts.get(one) !== undefined);
  if (!known) return undefined;
  const own = parts.get(assertion);
  if (own) return contentOf(own);
  const whole = world.switches.samlResponseSignature === 'accept' ? parts.get(root) : undefined;
  const within = whole && childElements(whole).find((one) => isSaml(one, 'Assertion'));
  return within && contentOf(within);
}

function isMeantForOrg({ world, now }: GrantRequest, content: SamlContent, { entityId }: SamlConfig): boolean {
  const { samlGraceSeconds, samlMaxAgeSeconds } = world.switches;
  const [confirmation] = content.confirmations;
  const { issuedAt = Number.NaN } = content;
  if (!confirmation || !recipients(world).includes(confirmation.recipient)) return false;
  const served = { notBefore: issuedAt, notOnOrAfter: issuedAt + samlMaxAgeSeconds * 1000 };
  const meant = content.restrictions.every((audiences) => audiences.includes(entityId));
  const state = validity([content, confirmation, served], now, samlGraceSeconds * 1000);
  return content.restrictions.length > 0 && meant && state === 'within';
}

/** The addresses that Setup shows: OAuth 2.0 Token Endpoint and Salesforce Login URL, at each host, with the org's id or without. */
function recipients(world: GrantRequest['world']): string[] {
  const { id } = world.org;
  const hosts = [...Object.values(world.urls), literalLoginUrl(world)];
  const plain = hosts.flatMap((url) => [url, `${url}/services/oauth2/token`]);
  return plain.flatMap((url) => [url, `${url}?so=${id}`, `${url}?so=${id.slice(0, 15)}`]);
}

const apps = new WeakMap<OrgState, App>();

/** What stands in the place of an app in the tokens of this grant; no client id leads to it. */
function appOf(org: OrgState, scope: string): App {
  const known = apps.get(org) ?? makeApp({ clientId: '', name: 'SAML', kind: 'connected-app' }, org.newId('0H4'));
  apps.set(org, known);
  known.scopes = scope.split(' ').filter(Boolean);
  return known;
}
