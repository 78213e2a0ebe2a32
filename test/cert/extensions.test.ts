import { expect } from 'chai';
import { mayIssue } from '../../src/cert/extensions.ts';
import { certificateOf } from './chains.ts';

describe('mayIssue', () => {
  const rows: Array<[string, string, boolean]> = [
    ['CA:TRUE with keyCertSign', 'issuing', true],
    ['CA:FALSE', 'issuing-no-ca', false],
    ['CA:TRUE, and a keyUsage without keyCertSign', 'issuing-no-sign', false],
    ['the certificate of a collector', 'leaf', false],
  ];
  for (const [what, name, allowed] of rows) {
    it(`${what}: ${allowed ? 'yes' : 'no'}`, () => expect(mayIssue(certificateOf(name))).to.equal(allowed));
  }

  it('a certificate without extensions: yes, as roots of version 1 have none', () => {
    expect(mayIssue(certificateOf('root-of-version-1'))).to.equal(true);
  });
});
