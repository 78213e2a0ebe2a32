import { createPrivateKey, createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { isSameKey } from '../../cert/same-key.ts';
import { shownAlias } from '../alias.ts';
import { readCertificates } from '../certificates.ts';
import { keyEntryProblems, type KeystoreEntry, type KeystoreProblem } from '../entry.ts';
import { keystoreProblem } from '../problem.ts';
import type { Bag } from './bags.ts';

type StoredCertificate = Pick<Bag, 'alias' | 'keyId' | 'isTrusted'> & { certificate: X509Certificate };

/** No real chain is longer; a made-up one must not take the day. */
const maximumChain = 16;
const maximumIssuersTried = 8;

/**
 * Keys with their chains first, then the certificates that belong to no key or that Java marked as entries of their own.
 *
 * @param isWhole whether everything in the file could be opened: only then a key is known to have no certificate
 */
export function entriesOf(
  bags: Bag[],
  isWhole: boolean,
  file: string
): { entries: KeystoreEntry[]; problems: KeystoreProblem[] } {
  const problems: KeystoreProblem[] = [];
  const stored: StoredCertificate[] = [];
  for (const { kind, der, ...names } of bags) {
    if (kind === 'private-key' || !der) continue;
    const [certificate] = readCertificates([der]).certificates;
    if (certificate) stored.push({ certificate, ...names });
    else problems.push(keystoreProblem('KeystoreCertificateDamaged', file, shownAlias(names.alias ?? '')));
  }
  const keyBags = bags.filter(({ kind }) => kind === 'private-key');
  const keys = keyBags.map((bag) => keyEntry(bag, stored, isWhole && problems.length === 0, file));
  const inChains = new Set(keys.flatMap(({ chain }) => chain.map(({ fingerprint256 }) => fingerprint256)));
  const others = stored.filter(({ certificate, isTrusted }) => isTrusted || !inChains.has(certificate.fingerprint256));
  const certificates = others.map(({ alias, certificate }): KeystoreEntry => {
    return { alias: alias ?? '', kind: 'certificate', chain: [certificate], problems: [] };
  });
  return { entries: [...keys, ...certificates], problems };
}

function keyEntry(bag: Bag, stored: StoredCertificate[], isWhole: boolean, file: string): KeystoreEntry {
  const privateKey = bag.der && parseKey(bag.der);
  bag.der?.fill(0);
  const leaf = leafOf(bag.keyId, privateKey, stored);
  const chain = leaf ? chainFrom(leaf.certificate, stored) : [];
  const alias = bag.alias ?? leaf?.alias ?? '';
  const entry = { alias, kind: 'private-key' as const, chain };
  if (privateKey) {
    const problems = keyEntryProblems({ alias, privateKey, chain }, 'pkcs12', file).filter(
      ({ code }) => isWhole || code !== 'KeystoreKeyWithoutCertificate'
    );
    return { ...entry, privateKey, problems };
  }
  if (bag.der) return { ...entry, problems: [keystoreProblem('KeystoreKeyDamaged', file, shownAlias(alias))] };
  return { ...entry, problems: [keystoreProblem('KeystoreOfTwoPasswords', file)] };
}

function parseKey(der: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    return undefined;
  }
}

/** The certificate with the same localKeyId, as Java pairs them; failing that, one with the same public key. */
function leafOf(
  keyId: string | undefined,
  privateKey: KeyObject | undefined,
  stored: StoredCertificate[]
): StoredCertificate | undefined {
  const named = keyId === undefined ? undefined : stored.find((other) => other.keyId === keyId);
  if (named || !privateKey) return named;
  const publicKey = createPublicKey(privateKey);
  return stored.find(({ certificate }) => isSameKey(certificate.publicKey, publicKey));
}

function chainFrom(leaf: X509Certificate, stored: StoredCertificate[]): X509Certificate[] {
  const chain = [leaf];
  while (chain.length < maximumChain) {
    const issuer = issuerOf(chain.at(-1) ?? leaf, stored);
    if (!issuer || chain.some(({ fingerprint256 }) => fingerprint256 === issuer.fingerprint256)) break;
    chain.push(issuer);
  }
  return chain;
}

/** The certificate that signed another one: by name first, because a signature takes longer to check. */
function issuerOf(certificate: X509Certificate, stored: StoredCertificate[]): X509Certificate | undefined {
  return stored
    .filter((other) => other.certificate.subject === certificate.issuer)
    .slice(0, maximumIssuersTried)
    .find((other) => certificate.verify(other.certificate.publicKey))?.certificate;
}
