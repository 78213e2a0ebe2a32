import { keyDefect } from '../key/defect.ts';
import { blocked, defineCheck, fail, pass } from '../define.ts';

export default defineCheck({
  id: 'cert-matches-key',
  title: 'certificate belongs to the private key',
  why: 'Salesforce verifies the login with the certificate, so it must be the one that was made with this key.',
  fix: 'give the certificate that was made with this key: sf aquila verify --target-org <org> --certificate-file server.crt',
  needs: ['certificate', 'keyFile'],
  judge: ({ certificate, keyFile }) => {
    const defect = keyDefect(keyFile.reading);
    if (defect !== undefined) return blocked(defect);
    const data = { fingerprint256: certificate.facts.fingerprint256 };
    return certificate.belongsToKey === true
      ? pass(undefined, { data })
      : fail(`${certificate.path} was made with another key than ${keyFile.path}`, { data });
  },
});
