import { childElements, everyElement } from '../xml-document.ts';
import type { XmlElement } from '../xml-document.ts';

const namespaces = {
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
} as const;

export const isSaml = (
  { localName, namespaceURI }: XmlElement,
  name: string,
  vocabulary: keyof typeof namespaces = 'assertion'
): boolean => localName === name && namespaceURI === namespaces[vocabulary];

/** One way in which the subject is confirmed. Times in milliseconds. */
export type Confirmation = { recipient: string; notBefore: number | undefined; notOnOrAfter: number | undefined };

/** What an assertion says (SAML 2.0 Core §2.3). Times in milliseconds; NaN for what is no time. */
export type SamlContent = {
  id: string;
  issuer: string;
  nameId: string;
  issuedAt: number | undefined;
  notBefore: number | undefined;
  notOnOrAfter: number | undefined;
  /** Of each restriction one audience must be met. */
  restrictions: string[][];
  /** Those of the method bearer. */
  confirmations: Confirmation[];
  attributes: Map<string, string>;
};

const children = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element ? childElements(element).filter((one) => isSaml(one, name)) : [];
const text = (element: XmlElement | undefined): string => element?.textContent.trim() ?? '';
const time = (element: XmlElement | undefined, name: string): number | undefined => {
  const value = element?.getAttribute(name) ?? '';
  if (value === '') return undefined;
  // UTC without an offset, as SAML 2.0 Core §1.3.3 has it; anything else would be read by this machine's time zone.
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? Date.parse(value) : Number.NaN;
};

/** @returns undefined where an element that there must be once is missing or there more than once, or the version is another */
export function contentOf(assertion: XmlElement): SamlContent | undefined {
  const [issuers, subjects, conditions] = ['Issuer', 'Subject', 'Conditions'].map((name) => children(assertion, name));
  if (issuers?.length !== 1 || subjects?.length !== 1 || (conditions?.length ?? 0) > 1) return undefined;
  const names = children(subjects[0], 'NameID');
  if (names.length > 1 || assertion.getAttribute('Version') !== '2.0') return undefined;
  const condition = conditions?.[0];
  const bearer = children(subjects[0], 'SubjectConfirmation').filter(
    (one) => one.getAttribute('Method') === 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
  );
  const attributes = everyElement(assertion).filter((one) => isSaml(one, 'Attribute'));
  return {
    id: assertion.getAttribute('ID'),
    issuer: text(issuers[0]),
    nameId: text(names[0]),
    issuedAt: time(assertion, 'IssueInstant'),
    notBefore: time(condition, 'NotBefore'),
    notOnOrAfter: time(condition, 'NotOnOrAfter'),
    restrictions: children(condition, 'AudienceRestriction').map((one) => children(one, 'Audience').map(text)),
    confirmations: bearer.map((one) => {
      const data = children(one, 'SubjectConfirmationData')[0];
      return {
        recipient: data?.getAttribute('Recipient') ?? '',
        notBefore: time(data, 'NotBefore'),
        notOnOrAfter: time(data, 'NotOnOrAfter'),
      };
    }),
    attributes: new Map(
      attributes.map((one) => [one.getAttribute('Name'), text(children(one, 'AttributeValue')[0])] as const)
    ),
  };
}

export type Window = Pick<Confirmation, 'notBefore' | 'notOnOrAfter'>;

/** Where a time stands to windows of validity, each widened by a grace on both sides; what is no time counts as over. */
export function validity(windows: readonly Window[], now: number, graceMs: number): 'before' | 'within' | 'over' {
  const over = windows.some(({ notOnOrAfter: end }) => end !== undefined && !(now < end + graceMs));
  if (over || windows.some(({ notBefore }) => Number.isNaN(notBefore))) return 'over';
  return windows.some(({ notBefore: start }) => start !== undefined && now < start - graceMs) ? 'before' : 'within';
}
