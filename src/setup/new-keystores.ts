import { randomBytes, type KeyObject, type X509Certificate } from 'node:crypto';
import { keystoreFileNames } from '../cert/file-set.ts';
import type { NewFile } from '../files/publish.ts';
import type { KeystoreChoice } from '../keystore/choice.ts';
import { writeJks } from '../keystore/jks/write.ts';
import { pkcs12RandomBytes, writePkcs12 } from '../keystore/pkcs12/write.ts';

/** What goes into a keystore. */
export type KeystoreContents = {
  privateKey: KeyObject;
  /** The certificate of the key first, then its issuers. */
  chain: X509Certificate[];
};

/**
 * The wanted keystores as files to be published, for the owner's eyes only.
 *
 * @throws what `writePkcs12` and `writeJks` throw
 */
export function keystoreFiles({ privateKey, chain }: KeystoreContents, choice: KeystoreChoice, now: Date): NewFile[] {
  const { types, alias, password, compat } = choice;
  const { pkcs12, jks } = keystoreFileNames(types);
  const files: NewFile[] = [];
  if (pkcs12 !== undefined) {
    const profile = compat ? 'compat' : 'modern';
    const random = randomBytes(pkcs12RandomBytes);
    const bytes = writePkcs12({ privateKey, chain, alias, password, profile, random });
    files.push({ name: pkcs12, bytes, mode: 0o600 });
  }
  if (jks !== undefined) {
    const bytes = writeJks([{ alias, privateKey, chain, salt: randomBytes(20), date: now }], password);
    files.push({ name: jks, bytes, mode: 0o600 });
  }
  return files;
}
