import { SignedXml } from 'xml-crypto';
import type { Switches } from '../switches.ts';
import { childElements, everyElement, parseXml } from '../xml-document.ts';
import type { XmlElement } from '../xml-document.ts';
import { readCertificate } from './assertion.ts';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = `${dsig}enveloped-signature`;
const sha256 = ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmlenc#sha256'];
const sha1 = [`${dsig}rsa-sha1`, `${dsig}sha1`];

const isSignature = ({ localName, namespaceURI }: XmlElement): boolean =>
  localName === 'Signature' && namespaceURI === dsig;

/** The elements that have a signature of their own among their children. */
export const signedElements = (root: XmlElement): XmlElement[] =>
  everyElement(root).filter((one) => childElements(one).some(isSignature));

/**
 * What the owner of a certificate signed of a document, read anew from the very bytes that the signature covers, so that nothing beside them
 * can be taken for signed (the attacks of "On Breaking SAML", USENIX Security 2012).
 *
 * The signature must be a child of `parent`, once, by RSA with SHA-256 and exclusive canonicalisation, and refer to `parent` and nothing
 * else, by an identifier that occurs once. A key or certificate in the signature is not looked at.
 *
 * @returns the element as it was signed, without the signature; undefined if the signature is not good
 */
export function signedPart(
  xml: string,
  parent: XmlElement,
  certificatePem: string | undefined,
  { samlSha1 }: Pick<Switches, 'samlSha1'>
): XmlElement | undefined {
  const signatures = childElements(parent).filter(isSignature);
  const certificate = readCertificate(certificatePem);
  const [signature] = signatures;
  if (!signature || signatures.length > 1 || certificate?.publicKey.asymmetricKeyType !== 'rsa') return undefined;
  if (!refersTo(parent, signature, samlSha1 === 'accept' ? [...sha256, ...sha1] : sha256)) return undefined;
  const verifying = new SignedXml({ publicCert: certificate.toString(), getCertFromKeyInfo: () => null });
  try {
    verifying.loadSignature(signature);
    if (!verifying.checkSignature(xml)) return undefined;
  } catch {
    return undefined;
  }
  const covered = verifying.getSignedReferences();
  return covered.length === 1 ? parseXml(covered[0]!) : undefined;
}

/** Whether a signature says by the permitted algorithms that it covers this element, the only one with its identifier. */
function refersTo(element: XmlElement, signature: XmlElement, algorithms: readonly string[]): boolean {
  const named = (name: string): XmlElement[] => everyElement(signature).filter((one) => one.localName === name);
  const only = (name: string): XmlElement | undefined => (named(name).length === 1 ? named(name)[0] : undefined);
  const algorithm = (name: string): string => only(name)?.getAttribute('Algorithm') ?? '';
  const transforms = named('Transform').map((one) => one.getAttribute('Algorithm'));
  const id = element.getAttribute('ID');
  return (
    only('SignedInfo') !== undefined &&
    id !== '' &&
    only('Reference')?.getAttribute('URI') === `#${id}` &&
    identifiers(rootOf(element)).filter((one) => one === id).length === 1 &&
    transforms.join(' ') === `${enveloped} ${exclusive}` &&
    algorithm('CanonicalizationMethod') === exclusive &&
    algorithms.includes(algorithm('SignatureMethod')) &&
    algorithms.includes(algorithm('DigestMethod'))
  );
}

/** Values of all attributes that one reader or another takes for an identifier. */
const identifiers = (root: XmlElement): string[] =>
  everyElement(root).flatMap(({ attributes }) =>
    Array.from(attributes).flatMap(({ localName, value }) => (localName.toLowerCase() === 'id' ? [value] : []))
  );

function rootOf(element: XmlElement): XmlElement {
  const { parentNode } = element;
  return parentNode?.nodeType === 1 ? rootOf(parentNode as XmlElement) : element;
}
