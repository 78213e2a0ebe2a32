import { X509Certificate } from 'node:crypto';
import check from '../../../src/checks/app/app-certificate.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, connectedApp, fixture, now, sought } from '../example-facts.ts';

const pem = fixture('keys/rsa2048.crt').toString('utf8');
const { fingerprint256, validFromDate, validToDate, raw } = new X509Certificate(pem);
const other = new X509Certificate(fixture('keys/other2048.crt'));
const ours = (fingerprint: string) => sought({ certificate: { path: 'server.crt', fingerprint256: fingerprint } });
const day = 86_400_000;
const before = (end: Date, milliseconds: number): Date => new Date(end.getTime() - milliseconds);

const given = (certificate: string | undefined, at = now, asked = sought()) => ({
  app: app(),
  appOauth: appOauth({ certificate }),
  sought: asked,
  now: at,
  warnDays: 60,
});
const file = (name: string) => given(fixture(name).toString('utf8'));
const command = 'sf aquila app create --target-org <admin> --name <app> --certificate-file';

describeCheck(check, [
  {
    fact: 'passes with a sound certificate, and says that it was compared with none and how to compare',
    given: given(pem),
    status: 'pass',
    detail:
      /^found {6}SHA-256 [\w:]+, C=PH, O=Acme, CN=AQUILA \(rsa2048\), until [^]*give --certificate-file server\.crt to compare/,
    data: { fingerprint256, notAfter: '2126-10-28T19:58:00Z' },
  },
  {
    fact: 'passes with the one that was given, without a word about comparing',
    given: given(pem, now, ours(fingerprint256)),
    status: 'pass',
    detail: new RegExp(
      `^found {6}SHA-256 ${fingerprint256},[^]*wanted {5}SHA-256 ${fingerprint256}, that of server.crt(?![^]*compare)`
    ),
  },
  {
    fact: 'passes with the base64 body alone',
    given: given(raw.toString('base64')),
    status: 'pass',
    data: { fingerprint256 },
  },
  {
    fact: 'passes with base64 of the whole PEM file',
    given: given(Buffer.from(pem).toString('base64')),
    status: 'pass',
    data: { fingerprint256 },
  },
  { fact: 'passes with SHA-384', given: file('checks/sha384.crt'), status: 'pass' },
  { fact: 'passes at notBefore', given: given(pem, validFromDate), status: 'pass' },
  { fact: 'passes with exactly the days asked for', given: given(pem, before(validToDate, 60 * day)), status: 'pass' },
  {
    fact: 'warns one second later, and names the steps to another pair',
    given: given(pem, before(validToDate, 60 * day - 1000)),
    status: 'warn',
    detail: 'it ends in 59 days; fewer than 60 are a warning',
    data: { daysLeft: 59 },
    fix: `sf aquila cert create --output-dir next\n${command} next/server.crt\nlog in with its key: sf aquila login`,
  },
  { fact: 'warns with one day left', given: given(pem, before(validToDate, day)), status: 'warn', detail: 'in 1 day;' },
  { fact: 'warns at notAfter', given: given(pem, validToDate), status: 'warn', detail: 'it ends in 0 days' },
  {
    fact: 'fails one second after notAfter, and does not claim that Salesforce refuses it',
    given: given(pem, before(validToDate, -1000)),
    status: 'fail',
    detail: 'it ended at 2126-10-28T19:58:00Z; whether Salesforce still accepts it is not certain',
    fix: 'sf aquila cert create --output-dir next',
  },
  {
    fact: 'fails one second before notBefore',
    given: given(pem, before(validFromDate, 1000)),
    status: 'fail',
    detail: 'it becomes valid at ',
  },
  {
    fact: 'fails with another one than the given, and names both fingerprints',
    given: given(pem, now, ours(other.fingerprint256)),
    status: 'fail',
    detail: new RegExp(
      `^found {6}SHA-256 ${fingerprint256},[^]*wanted {5}SHA-256 ${other.fingerprint256}, that of server.crt`
    ),
    fix: `${command} <certificate>`,
  },
  { fact: 'fails with 1024 bits', given: file('checks/rsa1024.crt'), status: 'fail', detail: 'its key has 1024 bits' },
  {
    fact: 'fails with an EC key',
    given: file('chains/ec-root.crt'),
    status: 'fail',
    detail: 'its key is not RSA but ec',
  },
  {
    fact: 'fails with SHA-1',
    given: file('checks/sha1.crt'),
    status: 'fail',
    detail: 'signed with sha1WithRSAEncryption',
  },
  {
    fact: 'fails with one that is too long',
    given: file('checks/long.crt'),
    status: 'fail',
    detail: 'it has 4452 bytes as DER, the limit is 4096',
  },
  {
    fact: 'fails with something else, such as the name of a certificate of the org',
    given: given('SelfSignedCert_01'),
    status: 'fail',
    detail: 'found      something that is no certificate\nwanted     RSA with 2048 bits or more, SHA-2',
    fix: `${command} <certificate>`,
  },
  {
    fact: 'leaves a missing one to app-jwt-bearer',
    given: given(undefined),
    status: 'skip',
    blockedBy: 'app-jwt-bearer',
  },
  { fact: 'leaves an empty one to app-jwt-bearer', given: given(' '), status: 'skip', blockedBy: 'app-jwt-bearer' },
  {
    fact: 'says that the org returns none beside a login that was accepted, which proves one',
    given: { ...given(undefined), appOauth: { ...appOauth({ certificate: undefined }), login: 'accepted' } },
    status: 'skip',
    detail: 'the org does not return the certificate',
  },
  {
    fact: 'passes beside a login with the one of the key though it ends, of which cert-expires-later speaks',
    given: {
      ...given(pem, before(validToDate, day), ours(fingerprint256)),
      appOauth: { ...appOauth({ certificate: pem }), login: 'accepted' },
    },
    status: 'pass',
    detail: 'it ends in 1 day;',
  },
  {
    fact: 'warns beside a login with one that ends where the file of the key is not known',
    given: {
      ...given(pem, before(validToDate, day)),
      appOauth: { ...appOauth({ certificate: pem }), login: 'accepted' },
    },
    status: 'warn',
  },
  { fact: 'passes with a connected app', given: { ...given(pem), app: connectedApp() }, status: 'pass' },
  {
    fact: 'fails with a connected app that holds another, and names the place in Setup',
    given: { ...given(pem, now, ours(other.fingerprint256)), app: connectedApp() },
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Use digital signatures: upload',
  },
  {
    fact: 'warns with a connected app whose certificate ends, and says to upload the next in Setup',
    given: { ...given(pem, before(validToDate, day)), app: connectedApp() },
    status: 'warn',
    fix: 'sf aquila cert create --output-dir next\nSetup > App Manager > Legacy > Edit',
  },
]);
