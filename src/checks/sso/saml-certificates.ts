import { readAppCertificate } from '../../app/certificate.ts';
import type { SamlProvider } from '../../app/sign-on.ts';
import { describeCertificate } from '../../cert/certificate.ts';
import type { SamlLogins } from '../sso-facts.ts';
import { lasting, orgCertificate, type Clock, type Lasting } from './remarks.ts';

/** The certificate that the provider signs its assertions with. */
export function identityCertificate({ certificate }: SamlProvider, clock: Clock, edit: Edit): Lasting {
  const fix = edit('Identity Provider Certificate: the one that the provider signs with now');
  const read = readAppCertificate(certificate);
  if (!read) {
    const words = 'its certificate can not be read';
    return { words, remark: { status: 'fail', text: words, fix } };
  }
  const { subject } = describeCertificate(read, clock.now);
  const ended = 'whether Salesforce still takes what it signed is not certain';
  return lasting(`its certificate ${subject}`, read.validToDate, clock, { ended, fix });
}

/** The place in Setup where one thing of the provider is changed. */
export type Edit = (task: string) => string;

/** The org's own requests; there are none where only the provider can begin. */
export function requestSignatures(
  { loginUrl, requestCertificateId: id, signatureMethod, sha1Digests }: SamlProvider,
  certificates: SamlLogins['certificates'],
  clock: Clock,
  edit: Edit
): Lasting[] {
  if (loginUrl === undefined) return [{ words: 'without a login URL, to which the org would send requests' }];
  if (id === undefined) {
    const words = 'requests are not signed';
    return [{ words, remark: { status: 'warn', text: words, fix: edit('Request Signing Certificate') } }];
  }
  const sameId = (one: { id: string }): boolean => one.id.slice(0, 15) === id.slice(0, 15);
  const signed = orgCertificate('requests are signed; certificate', sameId, certificates, clock, {
    ended: 'providers that verify requests refuse them',
    fix: `Setup > Certificate and Key Management: make a new one; then ${edit('Request Signing Certificate')}, and tell the provider`,
  });
  const byText = `by ${signatureMethod ?? 'an unknown method'}${sha1Digests ? ' with SHA-1 digests' : ''}`;
  const isSha1 = signatureMethod === 'RSA-SHA1' || sha1Digests;
  const fix = edit('Request Signature Method: RSA-SHA256');
  return [
    signed,
    {
      words: byText,
      ...(isSha1 && { remark: { status: 'warn', text: `requests are signed ${byText}`, fix } as const }),
    },
  ];
}

/** The certificate that assertions are encrypted for, if they are. */
export function decryption(
  { decryptionCertificate: name }: SamlProvider,
  certificates: SamlLogins['certificates'],
  clock: Clock,
  edit: Edit
): Lasting {
  if (name === undefined) return { words: 'assertions are not encrypted' };
  return orgCertificate('assertions are encrypted; certificate', (one) => one.name === name, certificates, clock, {
    ended: 'make a new one, and tell the provider',
    fix: edit('Assertion Decryption Certificate'),
  });
}
