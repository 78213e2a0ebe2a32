import { expect } from 'chai';
import { encodePem } from '../../src/cert/pem.ts';
import { readKeystore } from '../../src/keystore/read.ts';
import { codesOf, gist, gistOf, keystore, pairs, password } from './fixtures.ts';

const wrapped = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n'));

/** [what, the file, its name, what is said of it]; all of them hold the same key under the same alias */
const readable: Array<[what: string, bytes: Buffer, file: string, codes: string[]]> = [
  ['JKS', keystore('keytool17.jks'), 'server.jks', []],
  ['JKS in capitals', keystore('keytool17.jks'), 'SERVER.JKS', []],
  ['JKS under a name that says nothing', keystore('keytool17.jks'), 'keystore', []],
  ['JKS named .p12', keystore('keytool17.jks'), 'server.p12', ['KeystoreIsJks']],
  ['JKS named .pfx', keystore('keytool17.jks'), 'server.PFX', ['KeystoreIsJks']],
  ['PKCS#12', keystore('openssl.p12'), 'server.p12', []],
  ['PKCS#12 named .jks', keystore('keytool-pkcs12-inside.jks'), 'server.jks', ['KeystoreIsPkcs12']],
  ['PKCS#12 in base64', wrapped(keystore('openssl.p12')), 'server.p12', ['KeystoreIsText']],
  ['JKS in base64', wrapped(keystore('keytool17.jks')), 'server.jks', ['KeystoreIsText']],
  [
    'PKCS#12 in PEM, as GnuTLS writes it',
    Buffer.from(encodePem('PKCS12', keystore('openssl.p12'))),
    'server.p12',
    ['KeystoreIsText'],
  ],
];

describe('readKeystore', () => {
  for (const [what, bytes, file, codes] of readable) {
    it(`${what}: read${codes.length > 0 ? `, and ${codes.join()}` : ''}`, async () => {
      const reading = await readKeystore(bytes, password, file);
      expect(gist(reading)).to.deep.equal([gistOf('aquila', pairs[2048])]);
      expect(codesOf(reading)).to.deep.equal(codes);
      for (const { message } of reading.problems) expect(message).to.include(file);
    });
  }

  const unreadable: Array<[what: string, bytes: Buffer, file: string, codes: string[]]> = [
    ['nothing', Buffer.alloc(0), 'server.jks', ['KeystoreEmpty']],
    ['a text', Buffer.from('Dear admin'), 'server.jks', ['KeystoreUnrecognised']],
    ['base64 of something else', Buffer.from('RGVhciBhZG1pbg=='), 'server.p12', ['KeystoreUnrecognised']],
    ['JCEKS', keystore('keytool-jceks.jks'), 'server.p12', ['KeystoreIsJks', 'KeystoreIsJceks']],
  ];
  for (const [what, bytes, file, codes] of unreadable) {
    it(`${what}: ${codes.join(', ')}`, async () => {
      const reading = await readKeystore(bytes, password, file);
      expect(codesOf(reading)).to.deep.equal(codes);
      expect(reading.entries).to.deep.equal([]);
    });
  }

  const commands: Array<[name: string, file: string, command: string]> = [
    ['keytool-jceks.jks', 'a b.jks', '-srckeystore "a b.jks" -srcstoretype JCEKS -destkeystore "a b.converted.jks"'],
    [
      'keytool-pkcs12-inside.jks',
      'x/a b.jks',
      ': sf aquila keystore create --key-file "x/a b.jks" --type jks --output-dir x/new-keystore',
    ],
    ['keytool17.jks', 'a.p12', ': sf aquila keystore create --key-file a.p12 --type p12 --output-dir new-keystore'],
    [
      'openssl-without-mac.p12',
      'a.p12',
      ': sf aquila keystore create --key-file a.p12 --type p12 --output-dir new-keystore',
    ],
    ['keytool-key-password.jks', 'a.jks', 'keytool -keypasswd -keystore a.jks -alias aquila'],
  ];
  for (const [name, file, command] of commands) {
    it(`${name}, named ${file}: the fix is a whole command`, async () => {
      const { problems, entries } = await readKeystore(keystore(name), password, file);
      const [problem] = [...problems, ...entries.flatMap((entry) => entry.problems)];
      expect(problem?.actions.at(-1)).to.include(command);
    });
  }
});
