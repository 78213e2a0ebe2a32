import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { inspect } from '../../src/keystore/inspect.ts';
import { pairsOf } from '../../src/keystore/inspect-pairs.ts';
import { renderInspection } from '../../src/render/inspection.ts';
import { inspectedFiles } from '../keystore/inspected-files.ts';

const now = new Date('2027-01-01T00:00:00Z');
const keystorePassword = 'throw-away';

async function shown(...files: string[]): Promise<string[]> {
  const all = await Promise.all(
    files.map((file) => {
      const bytes = readFileSync(join(import.meta.dirname, '..', 'fixtures', file));
      return inspect({ bytes, file, passphrase: undefined, keystorePassword, now });
    })
  );
  return renderInspection({ files: all.map(({ report }) => report), pairs: pairsOf(all) });
}

const textOf = (lines: string[]): string => lines.join(' ').replaceAll(/\s+/g, ' ');

describe('renderInspection', () => {
  it('shows what a key is, and who can use it', async () => {
    const lines = await shown('keys/rsa2048.key');
    expect(lines.slice(0, 3)).to.deep.equal([
      'keys/rsa2048.key',
      '  is               private key, PEM',
      '  key              RSA 2048 bits, PKCS#8',
    ]);
    expect(textOf(lines)).to.include('sf yes: can sign in with this key').and.include('No problem found.');
  });

  it('shows the facts of a certificate, each on a line of its own', async () => {
    const lines = await shown('chains/leaf.crt');
    const labels = lines.flatMap((line) => /^ {2}(\S+(?: \S+)*) {2,}/.exec(line)?.[1] ?? []);
    expect(labels).to.deep.equal([
      ...['is', 'subject', 'issuer', 'serial number', 'valid', 'signature', 'key', 'fingerprint', 'version'],
      ...['may issue', 'key usage', 'key id', "issuer's key id", 'Salesforce'],
    ]);
    expect(lines).to.include('  subject          C=PH, O=Acme, CN=AQUILA');
    expect(lines).to.include('  valid            2026-01-01 to 2125-12-31, 36158 days left');
  });

  it('says that a certificate has expired', async () => {
    expect(textOf(await shown('chains/leaf-expired.crt'))).to.include('to 2025-12-31, expired');
  });

  it('shows each entry of a keystore under its alias', async () => {
    const lines = await shown('keystores/keytool-several.jks');
    expect(lines.filter((line) => line.includes('"') && !line.includes('Import'))).to.deep.equal([
      '  Certificate "acme_ca"',
      '  Private key "aquila", certificates with it: 2',
      '  Private key "second_key", certificates with it: 1',
    ]);
  });

  it('shows a problem with its code, and what to do first', async () => {
    const lines = await shown('key-files/quoted.pem');
    expect(textOf(lines)).to.include('! The private key in key-files/quoted.pem stands in quotation marks');
    expect(textOf(lines)).to.include('(KeyFileQuoted)').and.include('fix: Delete the quotation marks');
    expect(lines.at(-1)).to.equal('Problems found: 1');
  });

  it('shows what belongs together, and what does not', async () => {
    const lines = await shown('keys/rsa2048.key', 'keys/rsa2048.crt', 'keys/other2048.crt');
    expect(lines.slice(lines.indexOf('Pairs'), -2)).to.deep.equal([
      'Pairs',
      '  keys/rsa2048.key belongs to keys/rsa2048.crt',
      '  keys/rsa2048.key does NOT belong to keys/other2048.crt',
    ]);
  });

  it('prints nothing that a terminal would obey, out of whatever file', () => {
    const file = 'evil\u001b[2J\u202E.pem';
    const report = { file, kind: 'empty', encoding: 'none', wrappings: [], verdicts: [] } as const;
    const problems = [{ code: 'KeyFileEmpty', message: `${file} is empty`, fix: 'Look.' } as const];
    const lines = renderInspection({ files: [{ ...report, wrappings: [], verdicts: [], problems }], pairs: [] });
    expect(lines.join('\n')).to.not.include('\u001b').and.not.include('\u202E');
  });

  for (const [folder, files] of Object.entries(inspectedFiles)) {
    it(`fits 80 columns with all of ${folder}, but for commands and words that can't be broken`, async () => {
      const lines = await shown(...Object.keys(files).map((file) => `${folder}/${file}`));
      const long = lines.filter(
        (line) => line.length > 80 && !/^ +(?:sf|openssl|keytool|install|awk|tr|iconv) /.test(line)
      );
      expect(long.filter((line) => !/\S{60}/.test(line))).to.deep.equal([]);
    });
  }
});
