import { expect } from 'chai';
import fc from 'fast-check';
import { readBundle } from '../../src/cert/bundle.ts';
import { readCertificate } from '../../src/cert/certificate.ts';
import { readPrivateKey } from '../../src/cert/key-file.ts';
import { pemBlocks } from '../../src/cert/pem.ts';
import { errorCodes } from '../../src/errors.ts';
import { problemsOf } from '../../src/keystore/entry.ts';
import { inspect } from '../../src/keystore/inspect.ts';
import { readKeystore } from '../../src/keystore/read.ts';
import { renderInspection } from '../../src/render/inspection.ts';
import { fixturesOf, mutated, runs } from '../mutations.ts';
import { password } from './fixtures.ts';

const pem = [...fixturesOf('key-files', /\.(?:md|p12|jks)$/), ...fixturesOf('keys')];
const certificates = [...fixturesOf('chains'), ...fixturesOf('keys'), ...fixturesOf('key-files', /\.(?:md|p12|jks)$/)];
const keystores = fixturesOf('keystores', /\.(?:md|java|key|crt)$/);
const now = new Date('2027-01-01T00:00:00Z');

/** Whatever the bytes are, the answer is data: an exception of any kind fails the property. */
describe('damaged files', function () {
  this.timeout(0);

  const known = ({ code }: { code: string }): boolean => code in errorCodes;

  it('readPrivateKey finds a usable key or one problem', () => {
    fc.assert(
      fc.property(mutated(pem), (bytes) => {
        const reading = readPrivateKey(bytes, 'server.key');
        return reading.usable || known(reading.problem);
      }),
      runs(400)
    );
  });

  it('readCertificate finds a certificate or one problem', () => {
    fc.assert(
      fc.property(mutated(certificates), (bytes) => {
        const reading = readCertificate(bytes, 'server.crt');
        return !('problem' in reading) || known(reading.problem);
      }),
      runs(400)
    );
  });

  it('readBundle finds at least one certificate or one problem', () => {
    fc.assert(
      fc.property(mutated(certificates), (bytes) => {
        const reading = readBundle(bytes, 'server.p7b');
        return 'problem' in reading ? known(reading.problem) : reading.certificates.length > 0;
      }),
      runs(300)
    );
  });

  it('readKeystore finds entries or problems', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(keystores), fc.constantFrom(password, undefined), async (bytes, given) => {
        const reading = await readKeystore(bytes, given, 'keystore.p12');
        const problems = problemsOf(reading);
        return problems.every(known) && problems.length + reading.entries.length >= 0;
      }),
      runs(300)
    );
  });

  it('pemBlocks finds blocks that lie in the text', () => {
    const marks = fc.constantFrom(
      '-----BEGIN A-----',
      '-----END A-----',
      '-----BEGIN B C-----',
      '-----END B C-----',
      '\n',
      'QUJD'
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const blocks = pemBlocks(text);
        return blocks.every(({ label, body }) => text.includes(`-----BEGIN ${label}-----`) && text.includes(body));
      }),
      runs(1000)
    );
  });

  it('pemBlocks is done with a megabyte of BEGIN lines, in which every one would look for its END', () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => `-----BEGIN KEY ${at % 7}-----`);
    expect(pemBlocks(lines.join('\n')).filter(({ closed }) => closed)).to.deep.equal([]);
  });

  it('inspect describes everything, and what it describes can be shown', async () => {
    await fc.assert(
      fc.asyncProperty(mutated([...pem, ...certificates, ...keystores]), async (bytes) => {
        const { report } = await inspect({ bytes, file: 'a', passphrase: undefined, keystorePassword: password, now });
        return report.problems.every(known) && renderInspection({ files: [report], pairs: [] }).length > 2;
      }),
      runs(300)
    );
  });

  const key = fixturesOf('keys', /\.(?:md|crt)$/)[0]!.toString();
  const endless: Array<[what: string, text: string]> = [
    ['BEGIN lines before a key', '-----BEGIN X-----\n'.repeat(50_000) + key],
    ['BEGIN lines of keys before a key', '-----BEGIN PRIVATE KEY-----\n'.repeat(35_000) + key],
    ['BEGIN lines behind a key', key + '-----BEGIN X-----\n'.repeat(50_000)],
    ['BEGIN lines that look like headers', '-----BEGIN a:-----\n'.repeat(50_000) + key],
  ];
  for (const [what, text] of endless) {
    it(`inspect and readPrivateKey are done with a megabyte of ${what}`, async () => {
      const bytes = Buffer.from(text);
      const reading = readPrivateKey(bytes, 'a');
      const { report } = await inspect({ bytes, file: 'a', passphrase: undefined, keystorePassword: undefined, now });
      expect(report.kind).to.equal('private-key');
      expect(report.problems.some(({ code }) => code === 'KeyFileDamaged')).to.equal(
        !reading.usable && reading.problem.code === 'KeyFileDamaged'
      );
    });
  }
});
