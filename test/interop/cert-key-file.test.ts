import { createPublicKey, X509Certificate } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { readCertificate } from '../../src/cert/certificate.ts';
import { readPrivateKey } from '../../src/cert/key-file.ts';
import type { Problem } from '../../src/errors.ts';
import { certificateDefects, keyDefects, keyFilePath, keyPair } from '../cert/key-files.ts';
import { cli } from '../cli/process.ts';
import { Folder } from '../files/folder.ts';
import { expectMode } from '../files/posix.ts';
import { hasTool, shell } from './tools.ts';

const password = 'throw-away';

/** The command at the end of an action, behind its last colon; undefined where the action is only words. */
function commandOf(action: string): string | undefined {
  return /: ((?:openssl|keytool|iconv|awk|tr|sed|install) .*)$/.exec(action)?.[1];
}

/** The command with the passwords that a person would type. */
function withPasswords(command: string): string {
  return command
    .replaceAll(/openssl (pkey|pkcs12)\b/g, `openssl $1 -passin pass:${password}`)
    .replace('-srckeystore', `-srcstorepass ${password} -deststorepass ${password} -srckeystore`)
    .replace('-list', `-storepass ${password} -list`);
}

/** A copy of the fixture in a folder whose name needs quoting. */
function copied(folder: Folder, name: string): string {
  const copy = folder.at(`it's $HOME "here"`, name);
  mkdirSync(dirname(copy));
  copyFileSync(keyFilePath(name), copy);
  return copy;
}

const commandsOf = ({ actions }: Problem): string[] => actions.flatMap((action) => commandOf(action) ?? []);

describe('interop: the fix of a private key file', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('openssl')) this.skip();
  });

  const expected = createPublicKey(keyPair('rsa2048.key'));
  const mendable = new Set<string>([
    ...['KeyFileBase64', 'KeyFileEncrypted', 'KeyFileEncryptedPkcs1', 'KeyFileIndented', 'KeyFileIsDer'],
    ...['KeyFileIsJks', 'KeyFileIsOpenSsh', 'KeyFileIsPkcs12', 'KeyFileLayout', 'KeyFileLineEnds'],
    ...['KeyFileLiteralNewlines', 'KeyFileOneLine', 'KeyFileQuoted', 'KeyFileUtf16', 'KeyFileWithoutMarkers'],
  ]);
  const problemOf = (file: string): Problem => {
    const reading = readPrivateKey(readFileSync(file), file);
    if (reading.usable) throw new Error('usable');
    return reading.problem;
  };

  it('is words alone, or a command of sf, where no program can mend the file', () => {
    const others = Object.entries(keyDefects).filter(([, code]) => !mendable.has(code));
    expect(others.flatMap(([name]) => commandsOf(problemOf(keyFilePath(name))))).to.deep.equal([]);
  });

  for (const [name] of Object.entries(keyDefects).filter(([, code]) => mendable.has(code))) {
    it(`${name}: the command of the fix gives a key that sf and the collector can use`, function () {
      const folder = new Folder();
      const file = copied(folder, name);
      const commands = commandsOf(problemOf(file));
      expect(commands).to.have.length(1);
      for (const command of commands) {
        if (command.startsWith('keytool') && !hasTool('keytool')) this.skip();
        if (name === 'keystore-legacy.p12') expect(() => shell(withPasswords(command), folder.path)).to.throw();
        const legacy = name === 'keystore-legacy.p12' ? command.replace('pkcs12', 'pkcs12 -legacy') : command;
        shell(withPasswords(legacy), folder.path);
        const output = file.replace(/\.[^.]*$/, '.plain.pem');
        const repaired = readPrivateKey(readFileSync(output), output);
        if (!repaired.usable) throw new Error(repaired.problem.code);
        expect(createPublicKey(repaired.privateKey).equals(expected)).to.be.true;
        expect(repaired.collector).to.equal(undefined);
        expectMode(output, '600');
        expect(readFileSync(file)).to.deep.equal(readFileSync(keyFilePath(name)));
      }
      folder.remove();
    });
  }
});

describe('interop: the fix of a certificate file', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('openssl')) this.skip();
  });

  const { fingerprint256 } = new X509Certificate(keyPair('rsa2048.crt'));

  const mendable = Object.entries(certificateDefects).filter(([, code]) => /Wrapped|Pkcs12|Jks/.test(code));

  for (const [name, code] of mendable) {
    it(`${name}: the commands of the fix give the certificate`, function () {
      const folder = new Folder();
      const file = copied(folder, name);
      const reading = readCertificate(readFileSync(file), file);
      if (!('problem' in reading)) throw new Error('readable');
      const commands = commandsOf(reading.problem);
      expect(commands).to.not.be.empty;
      if (code === 'CertificateFileIsJks' && !hasTool('keytool')) this.skip();
      for (const command of commands) {
        shell(withPasswords(command).replace('ALIAS', `aquila -storepass ${password}`), folder.path);
      }
      const output = file.replace(/\.[^.]*$/, '.plain.crt');
      const repaired = readCertificate(readFileSync(output), output);
      if ('problem' in repaired) throw new Error(repaired.problem.code);
      expect(repaired.certificate.fingerprint256).to.equal(fingerprint256);
      folder.remove();
    });
  }

  for (const [name] of Object.entries(certificateDefects).filter(([, code]) => code === 'CertificateFileIsPkcs7')) {
    it(`${name}: the command of the fix, with the key in place, gives the certificate`, () => {
      const folder = new Folder();
      const file = copied(folder, name);
      const at = dirname(file);
      copyFileSync(keyFilePath('../keys/rsa2048.key'), folder.at(`it's $HOME "here"`, 'server.key'));
      const reading = readCertificate(readFileSync(file), file);
      if (!('problem' in reading)) throw new Error('readable');
      const [, command = ''] = /: sf (aquila cert import .*)$/.exec(reading.problem.actions[0] ?? '') ?? [];
      shell(`'${process.execPath}' '${cli}' ${command}`, at);
      const output = folder.at(`it's $HOME "here"`, 'server.crt');
      expect(new X509Certificate(readFileSync(output)).fingerprint256).to.equal(fingerprint256);
      folder.remove();
    });
  }
});
