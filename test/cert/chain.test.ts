import { X509Certificate, createPrivateKey } from 'node:crypto';
import { expect } from 'chai';
import { SfError } from '@salesforce/core/sfError';
import { findChain, shortList, type Chain } from '../../src/cert/chain.ts';
import { certificateOf, namesOf } from './chains.ts';
import { keyPair } from './key-files.ts';

const privateKey = createPrivateKey(keyPair('rsa2048.key'));
const now = new Date('2027-01-01T00:00:00Z');

const chainOf = (names: string[], at = now): Chain =>
  findChain({
    ...{ certificates: names.map(certificateOf), privateKey, keyFile: '/k/server.key', files: '/k/ca.p7b', now: at },
  });

function errorOf(names: string[], at = now): SfError {
  try {
    chainOf(names, at);
  } catch (error) {
    if (error instanceof SfError) return error;
    throw error;
  }
  throw new Error('no error');
}

const leftOutOf = ({ leftOut }: Chain): string[] => leftOut.map((title) => /CN=([^(]+) \(/.exec(title)?.[1] ?? title);

describe('findChain', () => {
  type Row = { given: string[]; chain: string[]; missing?: string; leftOut?: string[] };
  const rows: Array<[string, Row]> = [
    ['a certificate alone', { given: ['leaf'], chain: ['leaf'], missing: 'Acme Issuing CA' }],
    ['the whole chain', { given: ['leaf', 'issuing', 'policy', 'root'], chain: ['leaf', 'issuing', 'policy', 'root'] }],
    ['any order', { given: ['policy', 'root', 'leaf', 'issuing'], chain: ['leaf', 'issuing', 'policy', 'root'] }],
    [
      'duplicates',
      {
        given: ['policy', 'leaf', 'policy', 'issuing', 'leaf', 'root', 'issuing'],
        chain: ['leaf', 'issuing', 'policy', 'root'],
      },
    ],
    [
      'no root',
      { given: ['issuing', 'policy', 'leaf'], chain: ['leaf', 'issuing', 'policy'], missing: 'Acme Root CA' },
    ],
    [
      'a gap: what stands above it is left out',
      {
        given: ['leaf', 'policy', 'root'],
        chain: ['leaf'],
        missing: 'Acme Issuing CA',
        leftOut: ['Acme Policy CA', 'Acme Root CA'],
      },
    ],
    [
      'strangers',
      {
        given: ['ec-root', 'leaf', 'issuing', 'policy', 'root', 'leaf-of-other-key'],
        chain: ['leaf', 'issuing', 'policy', 'root'],
        leftOut: ['Acme EC Root CA', 'AQUILA'],
      },
    ],
    [
      'another way to an older root: the shorter one',
      {
        given: ['leaf', 'root-by-elder', 'elder', 'issuing', 'policy', 'root'],
        chain: ['leaf', 'issuing', 'policy', 'root'],
        leftOut: ['Acme Root CA', 'Acme Elder Root CA'],
      },
    ],
    [
      'only the way to an older root',
      {
        given: ['elder', 'leaf', 'root-by-elder', 'policy', 'issuing'],
        chain: ['leaf', 'issuing', 'policy', 'root-by-elder', 'elder'],
      },
    ],
    [
      'two authorities that sign each other, and no root',
      {
        given: ['elder-by-root', 'leaf', 'root-by-elder', 'policy', 'issuing'],
        chain: ['leaf', 'issuing', 'policy', 'root-by-elder', 'elder-by-root'],
        missing: 'Acme Root CA',
      },
    ],
    [
      'an expired issuer beside its successor',
      {
        given: ['issuing-expired', 'leaf', 'issuing', 'policy', 'root'],
        chain: ['leaf', 'issuing', 'policy', 'root'],
        leftOut: ['Acme Issuing CA'],
      },
    ],
    [
      'a namesake of the issuer beside the issuer',
      {
        given: ['impostor', 'leaf', 'issuing', 'policy', 'root'],
        chain: ['leaf', 'issuing', 'policy', 'root'],
        leftOut: ['Acme Issuing CA'],
      },
    ],
    [
      'an expired certificate of the key beside the new one',
      {
        given: ['leaf-expired', 'leaf', 'issuing', 'policy', 'root'],
        chain: ['leaf', 'issuing', 'policy', 'root'],
        leftOut: ['AQUILA'],
      },
    ],
    ['an issuer with another kind of key', { given: ['ec-root', 'leaf-ecdsa'], chain: ['leaf-ecdsa', 'ec-root'] }],
  ];
  for (const [what, { given, chain, missing, leftOut = [] }] of rows) {
    it(`${what}: ${chain.join(' < ')}${missing === undefined ? '' : ` < (${missing})`}`, () => {
      const found = chainOf(given);
      expect(namesOf([found.leaf, ...found.issuers])).to.deep.equal(chain);
      expect(found.missingIssuer).to.equal(missing && `C=PH, O=Acme, CN=${missing}`);
      expect(leftOutOf(found)).to.have.members(leftOut);
    });
  }

  it('a self-signed certificate has no chain', () => {
    const certificate = new X509Certificate(keyPair('rsa2048.crt'));
    const input = { privateKey, keyFile: 'k', files: 'f', now };
    const alone = findChain({ ...input, certificates: [certificate] });
    expect([alone.issuers, alone.missingIssuer, alone.leftOut]).to.deep.equal([[], undefined, []]);
    const beside = findChain({
      ...input,
      certificates: [certificate, certificateOf('leaf'), certificateOf('issuing')],
    });
    expect(namesOf([beside.leaf, ...beside.issuers])).to.deep.equal(['leaf', 'issuing']);
    expect(beside.leftOut).to.have.length(1);
  });

  const refused: Array<[string, string[], string, RegExp]> = [
    [
      'the certificate of another key',
      ['leaf-of-other-key', 'issuing'],
      'CertificateNotOfKey',
      /ca\.p7b .*server\.key\. Found: .*CN=AQUILA .*; .*CN=Acme Issuing CA/,
    ],
    [
      'an expired certificate',
      ['leaf-expired', 'issuing'],
      'CertificateExpired',
      /CN=AQUILA .* expired at 2025-12-31T23:59:59Z/,
    ],
    [
      'a certificate of the next century',
      ['leaf-later'],
      'CertificateNotYetValid',
      /CN=AQUILA .* valid at 2100-01-01T00:00:00Z/,
    ],
    [
      'an expired issuer alone',
      ['leaf', 'issuing-expired', 'policy', 'root'],
      'IssuerExpired',
      /CN=Acme Issuing CA .* expired at 2025-12-31T23:59:59Z/,
    ],
    [
      'an issuer of the next century',
      ['leaf', 'issuing-later'],
      'IssuerNotYetValid',
      /CN=Acme Issuing CA .* valid at 2100-01-01T00:00:00Z/,
    ],
    [
      'a namesake of the issuer',
      ['impostor', 'policy', 'leaf'],
      'IssuerDidNotSign',
      /^C=PH, O=Acme, CN=Acme Issuing CA .* certificate C=PH, O=Acme, CN=AQUILA /,
    ],
    [
      'an issuer that is no authority',
      ['leaf', 'issuing-no-ca', 'policy'],
      'IssuerNotAuthority',
      /^C=PH, O=Acme, CN=Acme Issuing CA .* may not sign/,
    ],
    [
      'an issuer without keyCertSign',
      ['leaf', 'issuing-no-sign', 'policy'],
      'IssuerNotAuthority',
      /^C=PH, O=Acme, CN=Acme Issuing CA .* may not sign/,
    ],
  ];
  for (const [what, given, code, message] of refused) {
    it(`${what} is ${code}, and named`, () => {
      const error = errorOf(given);
      expect([error.name, error.exitCode]).to.deep.equal([code, 2]);
      expect(error.message).to.match(message);
      expect(error.actions).to.not.be.empty;
    });
  }

  const edges: Array<[string, string, string | undefined]> = [
    ['one second before notBefore', '2025-12-31T23:59:59Z', 'CertificateNotYetValid'],
    ['at notBefore', '2026-01-01T00:00:00Z', undefined],
    ['at notAfter', '2125-12-31T23:59:59Z', undefined],
    ['one second after notAfter', '2126-01-01T00:00:00Z', 'CertificateExpired'],
  ];
  for (const [when, at, code] of edges) {
    it(`${when}: ${code ?? 'in date'}`, () => {
      if (code === undefined) expect(chainOf(['leaf'], new Date(at)).issuers).to.be.empty;
      else expect(errorOf(['leaf'], new Date(at)).name).to.equal(code);
    });
  }

  it('tells namesakes apart by their serial numbers', () => {
    const { message } = errorOf(['impostor', 'leaf']);
    expect(message).to.include(certificateOf('impostor').serialNumber).and.include(certificateOf('leaf').serialNumber);
  });
});

describe('shortList', () => {
  it('shows five, and counts the rest', () => {
    expect(shortList(['a', 'b'])).to.equal('a; b');
    expect(shortList(['a', 'b', 'c', 'd', 'e'])).to.equal('a; b; c; d; e');
    expect(shortList(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).to.equal('a; b; c; d; e; and 2 more');
  });
});
