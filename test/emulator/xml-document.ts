import { createRequire } from 'node:module';

/** What is needed of the DOM, which the compiler does not know here. */
export type XmlNode = { readonly nodeType: number; readonly parentNode: XmlNode | null };
export type XmlElement = XmlNode & {
  readonly localName: string;
  readonly namespaceURI: string | null;
  readonly textContent: string;
  readonly childNodes: ArrayLike<XmlNode>;
  readonly attributes: ArrayLike<{ readonly localName: string; readonly value: string }>;
  getAttribute(name: string): string;
  getElementsByTagName(name: string): ArrayLike<XmlElement>;
};
type Document = { readonly documentElement: XmlElement | null };
type Parser = new (options: { errorHandler: (level: string, message: string) => void }) => {
  parseFromString(text: string, mimeType: string): Document | undefined;
};

// Imported plainly, its types would bring the browser's DOM into every file of the project.
const require = createRequire(import.meta.url);
const { DOMParser } = require('@xmldom/xmldom') as { DOMParser: Parser };

/**
 * Parses a document without a document type.
 *
 * @returns the root element
 * @throws Error for what is not well-formed, even where the library would go on with a warning
 */
export function parseXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new Error('a document type is not allowed');
  const refuse = (_level: string, message: string): never => {
    throw new Error(message);
  };
  const root = new DOMParser({ errorHandler: refuse }).parseFromString(text, 'text/xml')?.documentElement;
  if (!root) throw new Error('there is no element');
  return root;
}

const isElement = (node: XmlNode): node is XmlElement => node.nodeType === 1;

/** The children that are elements. */
export const childElements = ({ childNodes }: XmlElement): XmlElement[] => Array.from(childNodes).filter(isElement);

/** An element and all elements in it. */
export const everyElement = (root: XmlElement): XmlElement[] => [root, ...Array.from(root.getElementsByTagName('*'))];
