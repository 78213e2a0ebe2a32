import { defineCheck, fail, pass, warn } from '../define.ts';
import { renewal } from './renewal.ts';

export default defineCheck({
  id: 'cert-signature',
  title: 'certificate is signed with RSA and SHA-256',
  why: 'Salesforce documents RSA with SHA-256 for the certificate of an app.',
  fix: renewal,
  needs: ['certificate'],
  judge: ({ certificate: { facts } }) => {
    const { signatureAlgorithm } = facts;
    const data = { signatureAlgorithm };
    if (signatureAlgorithm === 'sha256WithRSAEncryption') return pass(signatureAlgorithm, { data });
    // Stronger hashes of the same family are not known to be refused.
    return /^sha(384|512)WithRSA/.test(signatureAlgorithm)
      ? warn(`it is signed with ${signatureAlgorithm}; whether Salesforce takes that is not documented`, { data })
      : fail(`it is signed with ${signatureAlgorithm}`, { data });
  },
});
