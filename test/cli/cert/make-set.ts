// A process of its own for killed.test.ts: what `cert create --force --keystore p12 --keystore jks` does in a folder, without the
// second that the framework needs to start. Argument: the folder. The password of the keystores comes by the environment.
import { fileNames } from '../../../src/cert/file-set.ts';
import { parseSubject } from '../../../src/cert/subject.ts';
import { makeKeyPair } from '../../../src/setup/new-key-pair.ts';

const [directory] = process.argv.slice(2);
const password = process.env.SF_AQUILA_KEYSTORE_PASSWORD;
if (directory === undefined || password === undefined) throw new Error('folder or password is missing');

const types = ['p12', 'jks'] as const;
await makeKeyPair({
  ...{ directory, keyBits: 2048, days: 365, passphrase: undefined, force: true, now: new Date() },
  names: fileNames({ name: 'server', pem: true, encrypted: false, encryptedOnly: false, keystores: types }),
  subject: parseSubject('CN=AQUILA'),
  keystores: { types, alias: 'server', password, compat: false },
});
