import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { encodePem } from '../../src/cert/pem.ts';
import type { KeystoreProblem, KeystoreReading } from '../../src/keystore/entry.ts';
import { keyEntryOf } from '../../src/keystore/entry.ts';
import { readKeystore } from '../../src/keystore/read.ts';
import { Folder } from '../files/folder.ts';
import { expectMode } from '../files/posix.ts';
import { cli } from '../cli/process.ts';
import { codesOf, keystore, pairs, password } from '../keystore/fixtures.ts';
import { hasTool, shell } from './tools.ts';

/** The commands at the end of the actions, behind their last colon. */
const commandsOf = ({ actions }: KeystoreProblem): string[] =>
  actions.flatMap((action) => /: ((?:sf|openssl|keytool|awk|tr) .*)$/.exec(action)?.[1] ?? []);

/** The passwords that a person would type. */
function withPasswords(command: string): string {
  const words = `-passin pass:${password}`;
  return command
    .replace(/^sf /, `SF_AQUILA_KEYSTORE_PASSWORD=${password} '${process.execPath}' '${cli}' `)
    .replace('openssl pkcs12 -in', `openssl pkcs12 ${words} -in`)
    .replace('openssl pkcs12 -export', `openssl pkcs12 -passout pass:${password} -export`)
    .replace('-srckeystore', `-srcstorepass ${password} -deststorepass ${password} -srckeystore`)
    .replace('-keypasswd', `-keypasswd -storepass ${password} -keypass another-word -new ${password}`)
    .replace('ALIAS', 'second_key');
}

/** [what is wrong, the file and its bytes, the code, the file that the fix makes] */
const cases: Array<[what: string, file: string, bytes: Buffer, code: string, output: string]> = [
  ['JCEKS', 'my.jks', keystore('keytool-jceks.jks'), 'KeystoreIsJceks', 'my.converted.jks'],
  [
    'PKCS#12 in a .jks',
    'my.jks',
    keystore('keytool-pkcs12-inside.jks'),
    'KeystoreIsPkcs12',
    'new-keystore/servercert.jks',
  ],
  ['JKS in a .p12', 'my.p12', keystore('keytool17.jks'), 'KeystoreIsJks', 'new-keystore/keystore.p12'],
  [
    'a key with another password',
    'my.jks',
    keystore('keytool-key-password.jks'),
    'KeystoreKeyPasswordDiffers',
    'my.jks',
  ],
  ['no MAC', 'my.p12', keystore('openssl-without-mac.p12'), 'KeystoreWithoutMac', 'new-keystore/keystore.p12'],
  ['base64', 'my.p12', Buffer.from(keystore('openssl.p12').toString('base64')), 'KeystoreIsText', 'my.binary'],
  ['PEM', 'my.p12', Buffer.from(encodePem('PKCS12', keystore('openssl.p12'))), 'KeystoreIsText', 'my.binary'],
];

const read = (file: string): Promise<KeystoreReading> => readKeystore(readFileSync(file), password, file);

describe('interop: the fix of a keystore', function () {
  this.timeout(60_000);
  before(function () {
    if (!hasTool('keytool') || !hasTool('openssl')) this.skip();
  });

  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  /** In a folder whose name needs quoting. */
  function written(name: string, bytes: Buffer): string {
    const file = folder.at(`it's $HOME "here"`, name);
    mkdirSync(dirname(file));
    writeFileSync(file, bytes);
    return file;
  }

  const problemOf = (reading: KeystoreReading, code: string): KeystoreProblem => {
    const problems = [...reading.problems, ...reading.entries.flatMap((entry) => entry.problems)];
    return problems.find((problem) => problem.code === code)!;
  };

  for (const [what, name, bytes, code, output] of cases) {
    it(`${what}: the command of the fix gives a keystore without problems, with the same key`, async () => {
      const file = written(name, bytes);
      const commands = commandsOf(problemOf(await read(file), code));
      expect(commands).to.have.length(1);
      shell(withPasswords(commands[0]!), folder.path);
      const repaired = `${dirname(file)}/${output}`;
      const reading = await read(repaired);
      expect(codesOf(reading)).to.deep.equal([]);
      expect(reading.entries.map(({ privateKey }) => privateKey?.equals(pairs[2048].privateKey))).to.deep.equal([true]);
      if (repaired !== file) expect(readFileSync(file)).to.deep.equal(bytes);
      expect(Object.keys(folder.contents()).filter((left) => left.endsWith('.pem'))).to.deep.equal([]);
    });
  }

  it('two passwords: OpenSSL, asked as the fix says, takes both and makes a file of one', async () => {
    const file = written('my.p12', keystore('openssl-two-passwords.p12'));
    const [command] = commandsOf(problemOf(await read(file), 'KeystoreOfTwoPasswords'));
    // without a terminal OpenSSL reads the passwords from standard input, in the order in which it would ask
    const answered = command!
      .replace('openssl pkcs12 -twopass', `printf '${password}\\nanother-word\\n' | setsid -w openssl pkcs12 -twopass`)
      .replace('openssl pkcs12 -export', `openssl pkcs12 -passout pass:${password} -export`);
    shell(answered, folder.path);
    const reading = await read(`${dirname(file)}/my.rewritten.p12`);
    expect(codesOf(reading)).to.deep.equal([]);
    expect(reading.entries[0]?.privateKey?.equals(pairs[2048].privateKey)).to.be.true;
  });

  it('the plain key that lies about between the two steps is for nobody else to read', async () => {
    const file = written('my.p12', keystore('openssl-two-passwords.p12'));
    const [command] = commandsOf(problemOf(await read(file), 'KeystoreOfTwoPasswords'));
    const take = command!.split(' && ')[0]!;
    shell(`printf '${password}\\nanother-word\\n' | setsid -w ${take}`, folder.path);
    expectMode(`${dirname(file)}/my.plain.pem`, '600');
  });

  it('several keys: the command of the fix gives a keystore with the one of the alias', async () => {
    const file = written('my.jks', keystore('keytool-several.jks'));
    const choice = keyEntryOf(await read(file), file);
    const [command] = 'problem' in choice ? commandsOf(choice.problem) : [];
    shell(withPasswords(command!), folder.path);
    const one = keyEntryOf(await read(`${dirname(file)}/new-keystore/keystore.p12`), file);
    expect('entry' in one && one.entry.privateKey.equals(pairs[3072].privateKey)).to.be.true;
  });
});
