import { expect } from 'chai';
import { runChecks, type Readers } from '../../../src/checks/run.ts';
import check from '../../../src/checks/cert/cert-readable.ts';
import { problem } from '../../../src/errors.ts';
import { describeCheck, proven } from '../describe-check.ts';
import { certificate, given } from '../example-facts.ts';

describeCheck(check, [
  {
    fact: 'passes with a certificate, and names it',
    given: { certificate: certificate() },
    status: 'pass',
    detail: '/home/you/aquila/server.crt',
    data: { subject: 'C=PH, O=Acme, CN=AQUILA (rsa2048)' },
  },
]);

describe('cert-readable without a certificate', () => {
  proven.get(check.id)?.add('fail');

  it('cert-readable fails with what was looked for, and the command that names another file', async () => {
    const failed = problem('CertificateNotBesideKey', ['/home/you/aquila/server.crt'], ['aquila']);
    const readers = { certificate: async () => ({ failed }) } as unknown as Readers;
    const [finding] = await runChecks({ run: [check], deselected: [], forbidden: [] }, given(), readers, [check]);
    expect(finding).to.include({
      status: 'fail',
      detail: 'No certificate lies beside the key: there is no /home/you/aquila/server.crt.',
      fix:
        'Name the file: sf aquila verify --target-org aquila --certificate-file server.crt\n' +
        "If you don't have it, leave these checks out with --skip cert.",
    });
    expect(finding?.data).to.deep.equal({ code: 'CertificateNotBesideKey' });
  });
});
