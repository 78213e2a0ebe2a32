import { expect } from 'chai';
import check from '../../../src/checks/host/host-reachable.ts';
import { runChecks, type Readers } from '../../../src/checks/run.ts';
import { problem } from '../../../src/errors.ts';
import { describeCheck, proven } from '../describe-check.ts';
import { given, host, http } from '../example-facts.ts';

describeCheck(check, [
  { fact: 'passes with an answer', given: { host: host() }, status: 'pass' },
  {
    fact: 'passes with a refusal, which is an answer too',
    given: { host: host({ http: http({ status: 503 }) }) },
    status: 'pass',
    detail: 'answered 503',
  },
]);

describe('host-reachable without an answer', () => {
  proven.get(check.id)?.add('fail');

  it('host-reachable fails with the words of the network error and its first action', async () => {
    const failed = problem('TlsUntrusted', ['acme.my.salesforce.com:443', 'SELF_SIGNED_CERT_IN_CHAIN']);
    const readers = { host: async () => ({ failed }) } as unknown as Readers;
    const [finding] = await runChecks({ run: [check], deselected: [], forbidden: [] }, given(), readers, [check]);
    expect(finding?.status).to.equal('fail');
    expect(finding?.detail).to.equal(
      'The TLS certificate of acme.my.salesforce.com:443 is not trusted on this machine (SELF_SIGNED_CERT_IN_CHAIN).'
    );
    expect(finding?.fix).to.include('NODE_EXTRA_CA_CERTS');
    expect(finding?.data).to.deep.equal({ code: 'TlsUntrusted' });
  });
});
