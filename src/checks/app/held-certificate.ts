import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../cert/certificate.ts';
import { uploadLimit } from '../../cert/upload-limit.ts';
import type { AppHeader } from '../../app/settings.ts';
import { renewal } from '../cert/renewal.ts';
import type { AppRead } from '../facts.ts';
import { appCreate, mend } from './mend.ts';

/** Where the certificate is uploaded: that is what enables the JWT bearer flow. */
export const certificatePlace = {
  'external-client-app': 'Settings > OAuth Settings > Flow Enablement > Enable JWT Bearer Flow',
  'connected-app': 'Edit > API (Enable OAuth Settings) > Use digital signatures',
};

/** Uploads the certificate that the command was given. */
export const uploadCommand = `${appCreate} --certificate-file <certificate>`;

/** What leads to another certificate, step by step: the old pair stays in use until the upload. */
const newPair = (app: AppHeader): string =>
  [
    'sf aquila cert create --output-dir next',
    mend(app, `${appCreate} --certificate-file next/server.crt`, certificatePlace, 'upload next/server.crt'),
    'log in with its key: sf aquila login --username <username> --client-id <client-id> --jwt-key-file next/server.key --instance-url <instance-url>',
  ].join('\n');

/** Where nothing is wrong but the time, the key of a login can stay. */
export const nextCertificate = (
  app: AppHeader,
  login: AppRead['appOauth']['login'],
  defects: readonly string[]
): string => (login === undefined || defects.length > 0 || app.kind === 'connected-app' ? newPair(app) : renewal);

const leastBits = 2048;

/** What Salesforce asks of a certificate that it verifies logins with (docs/reference/salesforce-oauth.md §7). */
export const soundCertificate = `RSA with ${leastBits} bits or more, SHA-2, within its validity period, at most ${uploadLimit} bytes`;

/** What is wrong at the time `now` with a certificate that an app holds, whoever has its key. */
export function certificateDefects(certificate: X509Certificate, facts: CertificateFacts, now: Date): string[] {
  const kind = certificate.publicKey.asymmetricKeyType ?? 'unknown';
  const size = certificate.raw.length;
  const defects = [
    [kind !== 'rsa', `its key is not RSA but ${kind}`],
    [kind === 'rsa' && facts.keyBits < leastBits, `its key has ${facts.keyBits} bits`],
    [!/^sha(?:256|384|512)WithRSA/.test(facts.signatureAlgorithm), `it is signed with ${facts.signatureAlgorithm}`],
    [now < certificate.validFromDate, `it becomes valid at ${facts.notBefore} only`],
    // Reports differ on this, and no page of Salesforce settles it (docs/reference/salesforce-oauth.md §7).
    [
      now > certificate.validToDate,
      `it ended at ${facts.notAfter}; whether Salesforce still accepts it is not certain`,
    ],
    [size > uploadLimit, `it has ${size} bytes as DER, the limit is ${uploadLimit}`],
  ] as const;
  return defects.flatMap(([there, text]) => (there ? [text] : []));
}
