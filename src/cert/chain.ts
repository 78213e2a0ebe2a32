import type { KeyObject, X509Certificate } from 'node:crypto';
import { aquilaError } from '../errors.ts';
import { describeCertificate } from './certificate.ts';
import { mayIssue } from './extensions.ts';

/** A certificate with those above it, as far as they are there. */
export type Chain = {
  /** The certificate of the key. */
  leaf: X509Certificate;
  /** Each is the issuer of the one before it, the leaf's first; empty if the leaf is self-signed. */
  issuers: X509Certificate[];
  /** Name of the issuer that is in no file, so that the chain ends below it; undefined where the last one is self-signed. */
  missingIssuer?: string;
  /** Titles of the certificates that are no part of this chain. */
  leftOut: string[];
};

export type ChainInput = {
  /** In any order, some perhaps twice. */
  certificates: X509Certificate[];
  privateKey: KeyObject;
  /** Where the key lies, and what the certificates were read from: for messages. */
  keyFile: string;
  files: string;
  now: Date;
};

/**
 * Finds the certificate of a key among others and puts its issuers in order. A link counts if the name fits, the signature verifies,
 * and the issuer may sign certificates (RFC 5280 §6.1.3, §6.1.4); among several ways up, the shortest that is in date and ends with a
 * self-signed certificate is taken. Whether the last one deserves trust is not judged.
 *
 * @throws CertificateNotOfKey, CertificateExpired, CertificateNotYetValid; IssuerExpired, IssuerNotYetValid, IssuerDidNotSign,
 *   IssuerNotAuthority where a certificate of the issuer is there, but none that will do
 */
export function findChain({ certificates, privateKey, keyFile, files, now }: ChainInput): Chain {
  const found = [...new Map(certificates.map((one) => [one.fingerprint256, one])).values()];
  const leaf = leafOf(found, privateKey, now);
  if (!leaf) throw aquilaError('CertificateNotOfKey', [files, keyFile, shortList(found.map(titleOf))]);
  requireInDate(leaf, now, 'Certificate');
  const path = wayUp(
    leaf,
    found.filter((one) => inDate(one, now))
  );
  const top = path.at(-1) ?? leaf;
  if (!isSelfSigned(top)) explainEnd(top, found, path, now);
  return {
    leaf,
    issuers: path.slice(1),
    ...(!isSelfSigned(top) && { missingIssuer: describeCertificate(top, now).issuer }),
    leftOut: found.filter((one) => !path.includes(one)).map(titleOf),
  };
}

/** Of several, one from a certification authority rather than a self-signed one, one in date, the one that ends last. */
function leafOf(found: X509Certificate[], privateKey: KeyObject, now: Date): X509Certificate | undefined {
  const better = (one: X509Certificate, other: X509Certificate): number =>
    Number(isSelfSigned(one)) - Number(isSelfSigned(other)) ||
    Number(inDate(other, now)) - Number(inDate(one, now)) ||
    other.validToDate.getTime() - one.validToDate.getTime();
  return found.filter((one) => one.checkPrivateKey(privateKey)).sort(better)[0];
}

/** From the leaf up: the shortest way to a self-signed certificate, or the longest way where none leads to one. */
function wayUp(leaf: X509Certificate, found: X509Certificate[]): X509Certificate[] {
  const below = new Map<X509Certificate, X509Certificate | undefined>([[leaf, undefined]]);
  let longest = [leaf];
  for (const certificate of below.keys()) {
    const path: X509Certificate[] = [];
    for (let at: X509Certificate | undefined = certificate; at; at = below.get(at)) path.unshift(at);
    if (isSelfSigned(certificate)) return path;
    if (path.length > longest.length) longest = path;
    for (const issuer of found.filter((one) => linkOf(one, certificate) === 'issuer')) {
      if (!below.has(issuer)) below.set(issuer, certificate); // the loop comes to it later: the nearest are visited first
    }
  }
  return longest;
}

/** What a certificate is to another one that may have been issued by it. */
function linkOf(
  issuer: X509Certificate,
  certificate: X509Certificate
): 'issuer' | 'no authority' | 'namesake' | 'none' {
  if (issuer.subject !== certificate.issuer) return 'none';
  if (!certificate.verify(issuer.publicKey)) return 'namesake';
  return mayIssue(issuer) ? 'issuer' : 'no authority';
}

/** Throws if the issuer that the chain lacks is there, but unfit. */
function explainEnd(top: X509Certificate, found: X509Certificate[], path: X509Certificate[], now: Date): void {
  const others = found.filter((one) => !path.includes(one));
  const of = (link: ReturnType<typeof linkOf>): X509Certificate | undefined =>
    others.find((one) => linkOf(one, top) === link);
  const outOfDate = of('issuer');
  if (outOfDate) requireInDate(outOfDate, now, 'Issuer');
  const noAuthority = of('no authority');
  if (noAuthority) throw aquilaError('IssuerNotAuthority', [titleOf(noAuthority), titleOf(top)]);
  const namesake = of('namesake');
  if (namesake) throw aquilaError('IssuerDidNotSign', [titleOf(namesake), titleOf(top)]);
}

function requireInDate(certificate: X509Certificate, now: Date, role: 'Certificate' | 'Issuer'): void {
  const { notBefore, notAfter } = describeCertificate(certificate, now);
  if (now < certificate.validFromDate) throw aquilaError(`${role}NotYetValid`, [titleOf(certificate), notBefore]);
  if (now > certificate.validToDate) throw aquilaError(`${role}Expired`, [titleOf(certificate), notAfter]);
}

const inDate = ({ validFromDate, validToDate }: X509Certificate, now: Date): boolean =>
  now >= validFromDate && now <= validToDate;

const isSelfSigned = (certificate: X509Certificate): boolean =>
  certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);

/** The subject, and what tells certificates of one subject apart. */
function titleOf(certificate: X509Certificate): string {
  const { subject, serialNumber } = describeCertificate(certificate, certificate.validToDate);
  return `${subject} (serial number ${serialNumber})`;
}

/** The first five of a list, since a file may hold every certification authority of the world. */
export function shortList(titles: string[]): string {
  const shown = titles.slice(0, 5).join('; ');
  return titles.length > 5 ? `${shown}; and ${titles.length - 5} more` : shown;
}
