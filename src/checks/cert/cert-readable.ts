import { defineCheck, pass } from '../define.ts';

export default defineCheck({
  id: 'cert-readable',
  title: 'certificate can be read',
  why: 'What the certificate says, such as its last day, can be judged only from the file itself.',
  fix: 'sf aquila verify --target-org <org> --certificate-file server.crt',
  needs: ['certificate'],
  reads: 'certificate',
  judge: ({ certificate: { path, facts } }) =>
    pass(path, { data: { subject: facts.subject, fingerprint256: facts.fingerprint256 } }),
});
