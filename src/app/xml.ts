import { aquilaError } from '../errors.ts';
import type { Field, Fields, Part, PartType } from './component.ts';
import type { SettingsMember } from './org-settings.ts';

/** An app of the older kind, as the metadata type `ConnectedApp` has it. */
export type ConnectedAppPart = { fullName: string; fields: Fields };

const namespace = 'http://soap.sforce.com/2006/04/metadata';

/**
 * A component as its file: elements in alphabetical order whatever order the object has, because the Metadata API drops
 * what stands elsewhere without a word (docs/reference/external-client-apps.md §1.1). Line ends are LF.
 */
export const writePart = ({ type, fields }: Part): string => writeFields(type, fields);

/** Settings of the org as their file. */
export const writeSettings = (member: SettingsMember, fields: Fields): string =>
  writeFields(`${member}Settings`, fields);

/** A component of any type: its root element is its type as a rule. */
export const writeFields = (root: string, fields: Fields): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="${namespace}">`,
    ...elementsOf(fields, '    '),
    `</${root}>`,
    '',
  ].join('\n');

function elementsOf(fields: Fields, indent: string): string[] {
  return Object.entries(fields)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, field]) => manyOf(field).flatMap((content) => elementOf(name, content, indent)));
}

function elementOf(name: string, content: string | Fields, indent: string): string[] {
  if (typeof content === 'string') return [`${indent}<${name}>${escapeText(content)}</${name}>`];
  return [`${indent}<${name}>`, ...elementsOf(content, `${indent}    `), `${indent}</${name}>`];
}

const manyOf = (field: Field): ReadonlyArray<string | Fields> =>
  typeof field === 'string' || !isList(field) ? [field] : field;

const isList = (field: Exclude<Field, string>): field is ReadonlyArray<string | Fields> => Array.isArray(field);

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
};

const escapeText = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => entities[character] ?? '');

/**
 * Reads the file of a component. Text stays text ("00123"), repeated elements become arrays, elements that this plugin doesn't know are
 * kept. Attributes and comments are left out.
 *
 * @throws AppMetadataUnreadable, which names the component and never its content
 */
export async function readPart(type: PartType, fullName: string, xml: string): Promise<Part> {
  return { type, fullName, fields: await readFields(type, fullName, xml) };
}

/** The same for a connected app. */
export async function readConnectedApp(fullName: string, xml: string): Promise<ConnectedAppPart> {
  return { fullName, fields: await readFields('ConnectedApp', fullName, xml) };
}

/** The same for settings of the org, whose root element is not the type `Settings` but the member's own. */
export const readSettings = async (member: SettingsMember, xml: string): Promise<Fields> =>
  readFields(`${member}Settings`, member, xml);

/** The elements of another component, whose root element is its type. */
export const readComponent = async (type: string, fullName: string, xml: string): Promise<Fields> =>
  readFields(type, fullName, xml);

/** A document type can define entities that swell to gigabytes; metadata has none. The five of XML and numbers are all that may be used. */
const forbidden = /<!(?:DOCTYPE|ENTITY)|&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+);)/i;

const cdata = /<!\[CDATA\[[\s\S]*?\]\]>/g;

/**
 * The elements of a component of any type.
 *
 * @throws AppMetadataUnreadable, as `readPart` does
 */
export async function readFields(type: string, fullName: string, xml: string): Promise<Fields> {
  const unreadable = aquilaError('AppMetadataUnreadable', [type, fullName]);
  if (forbidden.test(xml.replace(cdata, ''))) throw unreadable;
  // the library takes some 30 ms to load, and most commands read no metadata
  const { XMLParser } = await import('fast-xml-parser');
  let document: unknown;
  try {
    const parser = new XMLParser({
      ignoreAttributes: true,
      ignoreDeclaration: true,
      ignorePiTags: true,
      parseTagValue: false,
      trimValues: false,
      htmlEntities: true, // decodes numbers, too; names beyond the five of XML were refused above
    });
    document = isBalanced(xml) ? parser.parse(xml.replace(/^\uFEFF/, '')) : undefined;
  } catch {
    throw unreadable;
  }
  const roots = isObject(document) ? Object.entries(document) : [];
  const [name, root] = roots.find(([element]) => element !== '#text') ?? [];
  const fields = fieldsOf(root === '' ? {} : root);
  if (name !== type || roots.length > 1 || !fields) throw unreadable;
  return fields;
}

const aside = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g;
const tag = /<(\/?)([A-Za-z_][\w:.-]*)(?:"[^"<]*"|'[^'<]*'|[^<>"'/])*(\/?)>/g;

/** Whether each element that is opened is closed in its turn: the parser reads over what is cut off or crossed. */
function isBalanced(xml: string): boolean {
  const tags = xml.replace(aside, '');
  const open: string[] = [];
  for (const [, closes, name = '', isEmpty] of tags.matchAll(tag)) {
    if (closes !== '') {
      if (open.pop() !== name) return false;
    } else if (isEmpty === '') open.push(name);
  }
  return open.length === 0 && !tags.replace(tag, '').includes('<');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the parser made of an element with children; undefined where something stands in it that metadata doesn't have. */
function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value === 'string') return value.trim() === '' ? {} : undefined;
  if (!isObject(value)) return undefined;
  const { '#text': text = '', ...elements } = value;
  if (typeof text !== 'string' || text.trim() !== '') return undefined;
  const fields: Record<string, Field> = {};
  for (const [name, content] of Object.entries(elements)) {
    const field = Array.isArray(content) ? listOf(content) : fieldOf(content);
    if (field === undefined || !/^[A-Za-z]\w*$/.test(name)) return undefined;
    fields[name] = field;
  }
  return fields;
}

const fieldOf = (content: unknown): string | Fields | undefined =>
  typeof content === 'string' ? content : fieldsOf(content);

function listOf(contents: readonly unknown[]): Array<string | Fields> | undefined {
  const fields = contents.map(fieldOf).filter((field) => field !== undefined);
  return fields.length === contents.length ? fields : undefined;
}
