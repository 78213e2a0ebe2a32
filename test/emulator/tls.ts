import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import tls from 'node:tls';
import forge from 'node-forge';

/** PEM of a private key and of its self-signed certificate. */
export type TlsPair = { key: string; certificate: string };

const { asn1 } = forge;
type Node = forge.asn1.Asn1;

const universal = (type: forge.asn1.Type, value: string | Node[]): Node =>
  asn1.create(asn1.Class.UNIVERSAL, type, Array.isArray(value), value);
const context = (tag: number, constructed: boolean, value: string | Node[]): Node =>
  asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, constructed, value);
const sequence = (...values: Node[]): Node => universal(asn1.Type.SEQUENCE, values);
const oid = (dotted: string): Node => universal(asn1.Type.OID, asn1.oidToDer(dotted).getBytes());
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const octets = (inner: Node): Node => universal(asn1.Type.OCTETSTRING, asn1.toDer(inner).getBytes());
const utcTime = (ms: number): Node => universal(asn1.Type.UTCTIME, asn1.dateToUtcTime(new Date(ms)));

/**
 * A P-256 key and a self-signed server certificate (RFC 5280) for localhost, 127.0.0.1 and ::1, valid from yesterday for 90 days.
 * node-forge encodes; node:crypto makes the key and signs.
 */
export function makeTlsPair(): TlsPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = (): Node => sequence(oid('1.2.840.10045.4.3.2')); // ecdsa-with-SHA256
  const commonName = universal(asn1.Type.UTF8, 'loopback Salesforce org of the tests');
  const name = (): Node => sequence(universal(asn1.Type.SET, [sequence(oid('2.5.4.3'), commonName)]));
  const alternativeNames = sequence(
    context(2, false, 'localhost'),
    context(7, false, '\x7f\x00\x00\x01'),
    context(7, false, `${'\x00'.repeat(15)}\x01`)
  );
  const extensions = sequence(
    sequence(oid('2.5.29.19'), universal(asn1.Type.BOOLEAN, '\xff'), octets(sequence())), // basicConstraints: not a CA
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1')))), // extKeyUsage: serverAuth
    sequence(oid('2.5.29.17'), octets(alternativeNames))
  );
  const day = 86_400_000;
  const start = Date.now() - day;
  const toBeSigned = sequence(
    context(0, true, [universal(asn1.Type.INTEGER, '\x02')]), // X.509 v3
    universal(asn1.Type.INTEGER, `\x01${binary(randomBytes(15))}`),
    algorithm(),
    name(),
    sequence(utcTime(start), utcTime(start + 90 * day)),
    name(),
    asn1.fromDer(binary(publicKey.export({ type: 'spki', format: 'der' }))),
    context(3, true, [extensions])
  );
  const signature = sign('sha256', Buffer.from(asn1.toDer(toBeSigned).getBytes(), 'latin1'), privateKey);
  const certificate = sequence(toBeSigned, algorithm(), universal(asn1.Type.BITSTRING, `\x00${binary(signature)}`));
  const base64 = Buffer.from(asn1.toDer(certificate).getBytes(), 'latin1').toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

/** What this process trusts from the first call of {@link trustInProcess} on. */
const trusted: string[] = [];

/**
 * Makes this process trust a certificate, and none but those that were given so: no test reaches beyond loopback, and to read the usual ones
 * anew takes longer than most tests do.
 *
 * @returns undoes it
 */
export function trustInProcess(pem: string): () => void {
  trusted.push(pem);
  tls.setDefaultCACertificates(trusted);
  return () => {
    const at = trusted.indexOf(pem);
    if (at >= 0) trusted.splice(at, 1);
    tls.setDefaultCACertificates(trusted);
  };
}

/**
 * Writes a certificate where child processes find it.
 *
 * @returns its path, the value for NODE_EXTRA_CA_CERTS
 */
export async function writeTlsCertificate(pem: string, directory: string): Promise<string> {
  const file = join(directory, 'loopback-org-tls.crt');
  await writeFile(file, pem);
  return file;
}
