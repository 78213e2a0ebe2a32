import { X509Certificate } from 'node:crypto';
import { fixtureCertificate } from './app-scene.ts';
import { describeAppFaults, type AppFault } from './app-setting.ts';

const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256;
const [right, other] = [fixtureCertificate('keys/rsa2048.crt'), fixtureCertificate('keys/other2048.crt')];
const [expired, weak] = [fixtureCertificate('chains/leaf-expired.crt'), fixtureCertificate('checks/rsa1024.crt')];
const place = 'Edit > API (Enable OAuth Settings) > Use digital signatures';

/** The certificate that is compared with is the one that the app holds, and no good. */
const isUnfit = (certificate: string, defect: string): AppFault => ({
  spoil: (app) => void (app.certificate = certificate),
  certificate,
  speaks: { 'app-certificate': 'fail' },
  found: `SHA-256 ${fingerprint(certificate)}`,
  wanted: `SHA-256 ${fingerprint(certificate)}`,
  says: defect,
  fix: ' --certificate-file next/server.crt',
  inSetup: `${place}: upload next/server.crt`,
  comparedWith: 'next/server.crt',
  leaves: { certificate: other },
});

describeAppFaults('certificate', {
  'another than that of the key': {
    spoil: (app) => void (app.certificate = other),
    speaks: { 'app-certificate': 'fail' },
    found: `SHA-256 ${fingerprint(other)}`,
    wanted: `SHA-256 ${fingerprint(right)}`,
    fix: ' --certificate-file server.crt',
    inSetup: `${place}: upload the certificate of the key that the collector uses`,
    leaves: { certificate: right },
  },
  'one that has expired': isUnfit(expired, 'it ended at 2025-12-31T23:59:59Z'),
  'one with a weak key': isUnfit(weak, 'its key has 1024 bits'),
});
