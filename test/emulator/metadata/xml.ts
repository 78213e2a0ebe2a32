import { XMLParser } from 'fast-xml-parser';

/** An element without its namespace prefix; `text` is what stands directly in it, entities resolved, space at both ends cut off. */
export type Element = { name: string; text: string; children: Element[] };

/** The text is no XML. The message is the parser's. */
export class XmlError extends Error {}

type Ordered = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  htmlEntities: true,
});

/** The root element of a document, with everything in it in its order. */
export function parseXml(text: string): Element {
  const root = parsed(text)
    .map(toElement)
    .find((one) => one !== undefined);
  if (!root) throw new XmlError('Premature end of file.');
  return root;
}

function parsed(text: string): Ordered[] {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it is one more package
    return parser.parse(text, true) as Ordered[];
  } catch (error) {
    throw new XmlError(error instanceof Error ? error.message : String(error));
  }
}

function toElement(node: Ordered): Element | undefined {
  const name = Object.keys(node)[0];
  if (name === undefined || name === '#text') return undefined;
  const content = node[name] as Ordered[];
  const text = content.map((one) => (typeof one['#text'] === 'string' ? one['#text'] : '')).join('');
  return { name, text: text.trim(), children: content.map(toElement).filter((one) => one !== undefined) };
}

/** The first child with this name. */
export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((one) => one.name === name);

/** The texts of all children with this name. */
export const texts = (element: Element | undefined, name: string): string[] =>
  (element?.children ?? []).filter((one) => one.name === name).map(({ text }) => text);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** As Salesforce escapes what it retrieves: all five. */
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** What was parsed, as XML again. */
export function rendered({ name, text, children }: Element, indent: string): string {
  if (children.length === 0) return `${indent}<${name}>${escapeXml(text)}</${name}>\n`;
  const inner = children.map((one) => rendered(one, `${indent}    `)).join('');
  return `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
}

export type Value = string | number | boolean | undefined | Value[] | { [name: string]: Value };

/** A value as XML: arrays repeat the element, undefined leaves it out. */
export function toXml(name: string, value: Value): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => toXml(name, one)).join('');
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, one]) => toXml(key, one))
          .join('')
      : escapeXml(String(value));
  return `<${name}>${inner}</${name}>`;
}

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** A file of a component or a manifest, as a retrieve returns it. `content` is indented XML. */
export const document = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${metadataNamespace}">\n${content}</${root}>\n`;
