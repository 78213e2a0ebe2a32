import { problem, type Problem } from '../../errors.ts';

/** How long after its end Salesforce may still take an assertion (docs/reference/salesforce-oauth.md §1.2, for clocks that differ). */
const graceMs = 180_000;

/** What can be wrong with a response before anybody asks Salesforce. */
export type ResponseProblem =
  | 'SamlResponseUnreadable'
  | 'SamlResponseMissing'
  | 'SamlResponseFailed'
  | 'SamlResponseUnsigned'
  | 'SamlResponseExpired';

/**
 * Looks into a response of an identity provider, which the SAML assertion grant sends on as it is: what is seen here to be wrong would be
 * answered with "invalid assertion" and nothing else. An encrypted assertion can't be looked into. Signatures are not verified.
 *
 * @param text XML, or XML in base64 or base64url with any line breaks: a secret until it has expired
 * @param source what to call it in an error, such as its file
 * @param now the clock of this machine
 * @returns the XML in base64 (RFC 4648 §4), as the `assertion` parameter takes it; the org, where the response was made for an address that
 *   names it
 */
export async function readSamlResponse(
  text: string,
  source: string,
  now: Date
): Promise<{ base64: string; orgId: string | undefined } | { problem: Problem<ResponseProblem> }> {
  const bytes = xmlIn(text);
  const root = bytes && (await rootOf(bytes.toString('utf8')));
  if (!root) return { problem: problem('SamlResponseUnreadable', [source]) };
  const failed = statusOf(root);
  if (failed !== undefined) return { problem: problem('SamlResponseFailed', [source, failed]) };
  const response = root.name === 'Response' ? root.element : {};
  const assertion = elementOf(response, 'Assertion');
  const readable = { base64: bytes.toString('base64'), orgId: orgIn(response, assertion) };
  if (response['EncryptedAssertion'] !== undefined) return readable;
  if (!assertion) return { problem: problem('SamlResponseMissing', [source, root.name]) };
  if (!elementOf(response, 'Signature') && !elementOf(assertion, 'Signature')) {
    return { problem: problem('SamlResponseUnsigned', [source]) };
  }
  const end = endOf(assertion);
  if (end !== undefined && end + graceMs <= now.getTime()) {
    return { problem: problem('SamlResponseExpired', [source, new Date(end).toISOString()]) };
  }
  return readable;
}

/**
 * The form body of the grant: exactly these three fields, no client id, and the id of the org where it is known, for a host that serves
 * several (docs/reference/salesforce-oauth.md §4).
 */
export const samlAssertionForm = (base64: string, orgId?: string): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'assertion',
    assertion_type: 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser',
    assertion: base64,
    ...(orgId !== undefined && { so: orgId }),
  });

function xmlIn(text: string): Buffer | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed.startsWith('<')) return Buffer.from(trimmed);
  const joined = trimmed.replace(/\s+/g, '');
  const bytes = /^[\w+/-]+={0,2}$/.test(joined) ? Buffer.from(joined, 'base64') : undefined;
  return bytes?.toString('utf8').trimStart().startsWith('<') ? bytes : undefined;
}

type Element = Readonly<Record<string, unknown>>;

/** The root without the prefixes of its names; undefined for what is no whole document, or has a document type, which SAML does not. */
async function rootOf(xml: string): Promise<{ name: string; element: Element } | undefined> {
  const first = /<([A-Za-z_][\w:.-]*)/.exec(xml)?.[1];
  const last = /<\/([^\s>]+)\s*>\s*$/.exec(xml)?.[1];
  if (first === undefined || first !== last || /<!DOCTYPE/i.test(xml)) return undefined;
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: '@', removeNSPrefix: true },
    ...{ parseTagValue: false, ignoreDeclaration: true, ignorePiTags: true },
  });
  try {
    const document: unknown = parser.parse(xml);
    const name = first.replace(/^.*:/, '');
    const root = isElement(document) ? document[name] : undefined;
    return root === undefined ? undefined : { name, element: isElement(root) ? root : {} };
  } catch {
    return undefined;
  }
}

const isElement = (value: unknown): value is Element => typeof value === 'object' && value !== null;

/** The first child of this name. */
function elementOf(parent: Element | undefined, name: string): Element | undefined {
  const value = parent?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isElement(first) ? first : undefined;
}

/** The codes with which the provider says that the login failed; undefined if it says that it did not, or nothing. */
function statusOf({ element }: { element: Element }): string | undefined {
  const code = elementOf(elementOf(element, 'Status'), 'StatusCode');
  const codes = [code, elementOf(code, 'StatusCode')].flatMap((one) => lastWord(one?.['@Value']) ?? []);
  return codes.length === 0 || codes[0] === 'Success' ? undefined : codes.join(', ');
}

const lastWord = (value: unknown): string | undefined =>
  typeof value === 'string' ? /([A-Za-z]+)$/.exec(value)?.[1] : undefined;

/** `so` of the address that the response is for, as Setup shows it to an identity provider. */
function orgIn(response: Element, assertion: Element | undefined): string | undefined {
  const confirmation = elementOf(elementOf(assertion, 'Subject'), 'SubjectConfirmation');
  const addresses = [elementOf(confirmation, 'SubjectConfirmationData')?.['@Recipient'], response['@Destination']];
  const ids = addresses.map((one) => URL.parse(String(one))?.searchParams.get('so') ?? '');
  return ids.find((id) => /^00D\w{12}(?:\w{3})?$/.test(id));
}

/** The earliest end that the assertion names, in milliseconds. */
function endOf(assertion: Element): number | undefined {
  const confirmation = elementOf(elementOf(assertion, 'Subject'), 'SubjectConfirmation');
  const ends = [elementOf(assertion, 'Conditions'), elementOf(confirmation, 'SubjectConfirmationData')]
    .map((one) => Date.parse(String(one?.['@NotOnOrAfter'])))
    .filter((time) => !Number.isNaN(time));
  return ends.length === 0 ? undefined : Math.min(...ends);
}
