import { generateKeyPair, randomBytes, type KeyObject, type X509Certificate } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describeCertificate } from '../cert/certificate.ts';
import { createCertificate } from '../cert/create.ts';
import { encryptPrivateKey } from '../cert/encrypted-key.ts';
import type { CertificateFiles, NewKeyPair } from '../cert/file-set.ts';
import type { Subject } from '../cert/subject.ts';
import { publishFiles, type NewFile } from '../files/publish.ts';
import { writtenAlias, type KeystoreChoice } from '../keystore/choice.ts';
import { keystoreFiles } from './new-keystores.ts';

export type NewKeyPairOptions = {
  directory: string;
  /** Names in that folder, by role. */
  names: CertificateFiles;
  keyBits: number;
  days: number;
  subject: Subject;
  /** Needed where `names` has an encrypted key. */
  passphrase: string | undefined;
  /** Keystores to write besides. */
  keystores?: KeystoreChoice | undefined;
  /** Replace files of the same names. */
  force: boolean;
  now: Date;
};

/** A key pair that is on no disk yet. */
export type UnwrittenKeyPair = {
  pair: NewKeyPair;
  privateKey: KeyObject;
  certificate: X509Certificate;
  /** Writes all its files or none. */
  write: () => Promise<void>;
};

/**
 * Makes an RSA key with its certificate and request, and writes all wanted files or none, keystores included.
 *
 * @throws what `newKeyPair` and `publishFiles` throw
 */
export async function makeKeyPair(options: NewKeyPairOptions): Promise<NewKeyPair> {
  const { pair, write } = await newKeyPair(options);
  await write();
  return pair;
}

/**
 * The same in memory, for whoever has to show first what it is for.
 *
 * @throws what `createCertificate` and `keystoreFiles` throw
 */
export async function newKeyPair(options: NewKeyPairOptions): Promise<UnwrittenKeyPair> {
  const { names, passphrase, subject, days, now, keystores } = options;
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: options.keyBits });
  const made = await createCertificate({ privateKey, subject, days, now, random: randomBytes(16) });
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const files: NewFile[] = [
    { name: names.certificate, bytes: made.certificatePem, mode: 0o644 },
    { name: names.csr, bytes: made.csrPem, mode: 0o644 },
  ];
  for (const name of [names.privateKey, names.pem]) {
    if (name !== undefined) files.push({ name, bytes: keyPem, mode: 0o600 });
  }
  if (names.encryptedPrivateKey !== undefined && passphrase !== undefined) {
    const random = { salt: randomBytes(16), iv: randomBytes(16) };
    const bytes = await encryptPrivateKey(privateKey, passphrase, random);
    files.push({ name: names.encryptedPrivateKey, bytes, mode: 0o600 });
  }
  if (keystores) files.push(...keystoreFiles({ privateKey, chain: [made.certificate] }, keystores, now));
  const directory = resolve(options.directory);
  const paths = Object.entries(names).map(([role, name]) => [role, join(directory, name)]);
  const pair = {
    directory,
    files: Object.fromEntries(paths) as CertificateFiles,
    certificate: describeCertificate(made.certificate, now),
    ...(keystores && { alias: writtenAlias(keystores) }),
  };
  const write = (): Promise<void> => publishFiles(directory, files, { force: options.force });
  return { pair, privateKey, certificate: made.certificate, write };
}
