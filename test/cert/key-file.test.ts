import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { readPrivateKey, type PrivateKeyReading } from '../../src/cert/key-file.ts';
import { keyProblemCodes } from '../../src/cert/key-problem.ts';
import { keyDefects, keyFilePath, keyPair } from './key-files.ts';

const rsa2048 = keyPair('rsa2048.key');
const pem = rsa2048.toString();

const read = (name: string): PrivateKeyReading => readPrivateKey(readFileSync(keyFilePath(name)), name);

function usable(reading: PrivateKeyReading): Extract<PrivateKeyReading, { usable: true }> {
  if (!reading.usable) throw new Error(reading.problem.code);
  return reading;
}

function problemOf(reading: PrivateKeyReading): Extract<PrivateKeyReading, { usable: false }>['problem'] {
  if (reading.usable) throw new Error('usable');
  return reading.problem;
}

describe('readPrivateKey', () => {
  describe('takes what sf can sign with', () => {
    const cases = [
      { file: 'pkcs1.pem', format: 'pkcs1', firstBlock: 'RSA PRIVATE KEY' },
      { file: 'crlf.pem', format: 'pkcs8', firstBlock: 'PRIVATE KEY' },
      { file: 'bag-attributes.pem', format: 'pkcs8', firstBlock: 'PRIVATE KEY' },
      { file: 'key-then-certificate.pem', format: 'pkcs8', firstBlock: 'PRIVATE KEY' },
      { file: 'certificate-then-key.pem', format: 'pkcs8', firstBlock: 'CERTIFICATE', collector: 'key-not-first' },
      { file: 'byte-order-mark.pem', format: 'pkcs8', firstBlock: 'PRIVATE KEY', collector: 'byte-order-mark' },
    ];
    for (const { file, ...expected } of cases) {
      it(`${file} is usable`, () => {
        const { privateKey, ...facts } = usable(read(file));
        expect(facts).to.deep.equal({ usable: true, bits: 2048, ...expected });
        const signature = sign('sha256', Buffer.from('x'), privateKey);
        expect(verify('sha256', Buffer.from('x'), createPublicKey(rsa2048), signature)).to.be.true;
      });
    }
  });

  describe('knows what the collector would stumble over', () => {
    const cases: Array<[string, string, string | undefined]> = [
      ['a key alone', pem, undefined],
      ['a key with blanks behind its lines', pem.replaceAll('\n', ' \t\n'), undefined],
      ['a key without a final line break', pem.trimEnd(), undefined],
      ['a key whose base64 stands on one line', oneLineBody(pem), undefined],
      ['a public key before the key', readFileSync(keyFilePath('public-key.pem'), 'utf8') + pem, 'key-not-first'],
      ['a second key behind the first', pem + keyPair('other2048.key').toString(), undefined],
      ['a block that is no base64 before the key', `-----BEGIN X-----\n***\n-----END X-----\n${pem}`, undefined],
      ['a mark, a certificate, then the key', `\uFEFF${keyPair('rsa2048.crt').toString()}${pem}`, undefined],
      ['vertical tabs, which Go takes for base64', pem.replaceAll('\n', '\v\n'), 'pem-not-found'],
    ];
    for (const [what, text, trouble] of cases) {
      it(`${what}: ${trouble ?? 'nothing'}`, () => {
        expect(usable(readPrivateKey(Buffer.from(text), 'server.key')).collector).to.equal(trouble);
      });
    }
  });

  describe('names the defect', () => {
    for (const [file, code] of Object.entries(keyDefects)) {
      it(`${file} is ${code}`, () => {
        const { message, actions, ...problem } = problemOf(read(file));
        expect(problem).to.deep.equal({ code });
        expect(message).to.include(file);
        expect(actions).to.have.length.greaterThan(0);
        expect(`${message} ${actions.join(' ')}`).to.not.include('%s');
      });
    }

    it('has a file for every code, and a code for every file that is no key', () => {
      expect(new Set(Object.values(keyDefects))).to.deep.equal(new Set(keyProblemCodes));
      const unlisted = readdirSync(keyFilePath('.'))
        .filter((file) => file !== 'README.md' && !(file in keyDefects))
        .filter((file) => !read(file).usable && !file.startsWith('certificate-'));
      expect(unlisted).to.deep.equal([]);
    });
  });

  describe('says what it has found', () => {
    it('the length of a key that is too short', () => {
      expect(problemOf(read('rsa1024.pem')).message).to.include('1024 bits');
    });

    it('the kind of another key', () => {
      expect(problemOf(read('x25519.pem')).message).to.include('x25519');
    });

    it('the label of a block that is no key', () => {
      expect(problemOf(read('parameters.pem')).message).to.include('"EC PARAMETERS"');
    });

    it('the kind of a Java keystore', () => {
      expect(problemOf(read('keystore.jks')).message).to.include('(JKS)');
      const jceks = Buffer.concat([Buffer.from('cececece00000002', 'hex'), Buffer.alloc(8)]);
      expect(problemOf(readPrivateKey(jceks, 'a.jks')).message).to.include('(JCEKS)');
    });
  });

  describe('looks through layers', () => {
    const encrypted = readFileSync(keyFilePath('encrypted-pkcs8.pem'), 'utf8');
    const cases: Array<[string, Buffer, string]> = [
      ['an encrypted key in UTF-16', Buffer.from(`\uFEFF${encrypted}`, 'utf16le'), 'KeyFileEncrypted'],
      ['an EC key on one line', inOneLine(readFileSync(keyFilePath('ec.pem'), 'utf8')), 'KeyFileIsEc'],
      ['a short key, indented', indented(readFileSync(keyFilePath('rsa1024.pem'), 'utf8')), 'KeyFileTooShort'],
      ['a JSON string', Buffer.from(JSON.stringify(pem)), 'KeyFileQuoted'],
      ['a certificate in base64', Buffer.from(keyPair('rsa2048.crt').toString('base64')), 'KeyFileIsCertificate'],
      ['a container that ends early', readFileSync(keyFilePath('keystore.p12')).subarray(0, 200), 'KeyFileDamaged'],
      ['parameters of another kind', Buffer.from('-----BEGIN X9.42 DH PARAMETERS-----\n'), 'KeyFileIsOtherPem'],
      ['a PKCS#12 of indefinite length', Buffer.from('30800201033080', 'hex'), 'KeyFileIsPkcs12'],
      ['base64 of a damaged key', damagedKey(), 'KeyFileDamaged'],
      ['a text that begins like DER', Buffer.from('00 words'), 'KeyFileUnrecognised'],
    ];
    for (const [what, bytes, code] of cases) {
      it(`${what} is ${code}`, () => expect(problemOf(readPrivateKey(bytes, 'server.key')).code).to.equal(code));
    }
  });

  it('repairs into a file of its own, and quotes names for a shell', () => {
    const bytes = readFileSync(keyFilePath('encrypted-pkcs8.pem'));
    const { actions } = problemOf(readPrivateKey(bytes, '/keys of ann/server.key'));
    expect(actions.join()).to.match(
      /: openssl pkey -in "\/keys of ann\/server.key" -out "\/keys of ann\/server.plain.pem"$/
    );
  });

  it('never quotes what it has read', () => {
    const secret = createPrivateKey(rsa2048).export({ type: 'pkcs8', format: 'der' }).toString('base64');
    const parts = Array.from({ length: 20 }, (_, at) => secret.slice(at * 40 + 100, at * 40 + 140));
    for (const file of Object.keys(keyDefects)) {
      const text = JSON.stringify(problemOf(read(file)));
      expect(parts.filter((part) => text.includes(part))).to.deep.equal([]);
    }
  });
});

/** The right shape of PKCS#8 with nothing in it. */
function damagedKey(): Buffer {
  const der = Buffer.from('300b0201003003060100040100', 'hex');
  return Buffer.from(`-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`);
}

function oneLineBody(text: string): string {
  const [begin, ...rest] = text.trim().split('\n');
  return [begin, rest.slice(0, -1).join(''), rest.at(-1), ''].join('\n');
}

function inOneLine(text: string): Buffer {
  return Buffer.from(text.replaceAll('\n', ' '));
}

function indented(text: string): Buffer {
  return Buffer.from(text.replace(/^/gm, '  '));
}
