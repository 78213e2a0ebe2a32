import { X509Certificate, createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { asn1 as Asn1, pki as Pki } from 'node-forge';
import { aquilaError } from '../errors.ts';
import { encodePem } from './pem.ts';
import { subjectOids, type Subject } from './subject.ts';
import { uploadLimit } from './upload-limit.ts';

/** How long before `now` a certificate begins, so that a clock that is a little behind accepts it at once. */
const backdatedMs = 5 * 60_000;

export type NewCertificateInput = {
  /** An RSA key. It signs through node:crypto; the encoder never sees it. */
  privateKey: KeyObject;
  subject: Subject;
  /** Whole days from `now` until the certificate expires. */
  days: number;
  now: Date;
  /** 16 random bytes. */
  random: Uint8Array;
};

/** Both as PEM with LF; what was encoded is read back and checked before it is returned. */
export type NewCertificateOutput = { certificatePem: string; csrPem: string; certificate: X509Certificate };

/**
 * A self-signed X.509 v3 certificate (RFC 5280) and a request for the same key and subject (RFC 2986), both
 * sha256WithRSAEncryption. The same input gives the same bytes. Profile: docs/reference/keys-and-keystores.md §5, guards of the encoder: §4.
 *
 * @throws CertificateTooLarge where Salesforce would not take it, CertificateBroken if what was encoded doesn't hold
 */
export async function createCertificate(input: NewCertificateInput): Promise<NewCertificateOutput> {
  const forge = (await import('node-forge')).default;
  const { asn1, md, pki } = forge;
  const spki = createPublicKey(input.privateKey).export({ type: 'spki', format: 'der' });
  const publicKey = pki.publicKeyFromAsn1(asn1.fromDer(spki.toString('latin1')));
  const attributes = (): Pki.CertificateField[] => encodeSubject(input.subject, asn1);
  const now = Math.floor(input.now.getTime() / 1000) * 1000;

  const certificate = pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = positiveSerial(input.random);
  certificate.validity.notBefore = new Date(now - backdatedMs);
  certificate.validity.notAfter = new Date(now + input.days * 86_400_000);
  certificate.setSubject(attributes());
  certificate.setIssuer(attributes());
  certificate.setExtensions(extensions(input.privateKey, asn1));
  // The encoder's own signing would be slow and would hold the key: this stands in for its key object.
  certificate.sign(
    signer(input.privateKey, () => asn1.toDer(certificate.tbsCertificate).getBytes()),
    md.sha256.create()
  );

  const csr = pki.createCertificationRequest();
  csr.publicKey = publicKey;
  csr.setSubject(attributes());
  csr.sign(
    signer(input.privateKey, () => asn1.toDer(csr.certificationRequestInfo as Asn1.Asn1).getBytes()),
    md.sha256.create()
  );

  const toPem = (label: string, value: Asn1.Asn1): string =>
    encodePem(label, Buffer.from(asn1.toDer(value).getBytes(), 'latin1'));
  const certificatePem = toPem('CERTIFICATE', pki.certificateToAsn1(certificate));
  const csrPem = toPem('CERTIFICATE REQUEST', pki.certificationRequestToAsn1(csr));
  return { certificatePem, csrPem, certificate: readBack(certificatePem, input.privateKey) };
}

/** Sixteen bytes as hexadecimal, the first between 01 and 7f: a positive INTEGER of full length (RFC 5280 §4.1.2.2). */
function positiveSerial(random: Uint8Array): string {
  const serial = Buffer.from(random);
  serial[0] = (serial[0] ?? 0) & 0x7f || 1;
  return serial.toString('hex');
}

/** UTF8String for all but the country (PrintableString) and the e-mail address (IA5String), as RFC 5280 §4.1.2.4 asks. */
function encodeSubject(subject: Subject, { Type }: typeof Asn1): Pki.CertificateField[] {
  return subject.map(({ key, value }) => {
    // A number, because @types/node-forge takes the ASN.1 type for an ASN.1 class.
    const valueTagClass: number =
      key === 'C' ? Type.PRINTABLESTRING : key === 'emailAddress' ? Type.IA5STRING : Type.UTF8;
    return { type: subjectOids[key], value, valueTagClass };
  });
}

/** basicConstraints CA:FALSE (critical), subjectKeyIdentifier and the same key as authorityKeyIdentifier. */
function extensions(privateKey: KeyObject, { Class, Type, create, toDer }: typeof Asn1): object[] {
  const pkcs1 = createPublicKey(privateKey).export({ type: 'pkcs1', format: 'der' });
  const keyId = createHash('sha1').update(pkcs1).digest().toString('latin1'); // RFC 5280 §4.2.1.2 (1): a name, not a protection
  const key = create(Class.UNIVERSAL, Type.OCTETSTRING, false, keyId);
  const authority = create(Class.UNIVERSAL, Type.SEQUENCE, true, [create(Class.CONTEXT_SPECIFIC, 0, false, keyId)]);
  const noAuthority = create(Class.UNIVERSAL, Type.SEQUENCE, true, []);
  return [
    { id: '2.5.29.19', critical: true, value: toDer(noAuthority).getBytes() },
    { id: '2.5.29.14', value: toDer(key).getBytes() },
    { id: '2.5.29.35', value: toDer(authority).getBytes() },
  ];
}

function signer(privateKey: KeyObject, toBeSigned: () => string): Pki.rsa.PrivateKey {
  const signature = (): string => sign('sha256', Buffer.from(toBeSigned(), 'latin1'), privateKey).toString('latin1');
  return { sign: signature } as unknown as Pki.rsa.PrivateKey;
}

function readBack(pem: string, privateKey: KeyObject): X509Certificate {
  const certificate = new X509Certificate(pem);
  if (!certificate.checkPrivateKey(privateKey) || !certificate.verify(certificate.publicKey)) {
    throw aquilaError('CertificateBroken');
  }
  const bytes = Buffer.byteLength(pem);
  if (bytes > uploadLimit) throw aquilaError('CertificateTooLarge', [bytes, uploadLimit]);
  return certificate;
}
