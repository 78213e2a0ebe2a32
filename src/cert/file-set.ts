import type { CertificateFacts } from './certificate.ts';
import { aquilaError } from '../errors.ts';

/** What `cert create` writes, by role. A role that is left out was not asked for. */
export type CertificateFiles = {
  /** PKCS#8 PEM without passphrase, for `sf`. */
  privateKey?: string;
  /** The same key once more, for the collector: a file of its own, whose owner and mode will change there. */
  pem?: string;
  csr: string;
  certificate: string;
  /** PKCS#8 PEM with passphrase. */
  encryptedPrivateKey?: string;
  /** Key and certificate in a keystore. */
  pkcs12?: string;
  jks?: string;
};

/** A new key pair as it lies on the disk: absolute paths, and facts of the certificate. */
export type NewKeyPair = {
  directory: string;
  files: CertificateFiles;
  certificate: CertificateFacts;
  /** The name of the pair in its keystores, if there are any; in a JKS it stands in lower case. */
  alias?: string;
};

/** The kinds of keystore, as `--keystore` and `--type` call them. */
export const keystoreTypes = ['p12', 'jks'] as const;

export type KeystoreType = (typeof keystoreTypes)[number];

/** The names that the vendor's guide gives to keystores, whatever the other files are called. */
const keystoreNames = { pkcs12: 'keystore.p12', jks: 'servercert.jks' };

export type KeystoreFiles = { pkcs12?: string; jks?: string };

/** Names of the wanted keystores. */
export function keystoreFileNames(types: readonly KeystoreType[]): KeystoreFiles {
  return {
    ...(types.includes('p12') && { pkcs12: keystoreNames.pkcs12 }),
    ...(types.includes('jks') && { jks: keystoreNames.jks }),
  };
}

/** Which of the files are wanted. */
export type FileChoice = {
  /** The base of all names. */
  name: string;
  /** A second copy of the key for the collector. */
  pem: boolean;
  /** An encrypted copy of the key. */
  encrypted: boolean;
  /** No plain copy at all. */
  encryptedOnly: boolean;
  /** Kinds of keystore; none if left out. */
  keystores?: readonly KeystoreType[];
};

/**
 * Names of all files that a set can have, whether wanted or not: an earlier set may have left them.
 *
 * @throws FileNameInvalid where the base could leave the folder, hide the files, or is no name on Windows
 */
export function allFileNames(name: string): Required<CertificateFiles> {
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,62}[\p{L}\p{N}_-])?$/u.test(name) || isDevice) {
    throw aquilaError('FileNameInvalid', [name]);
  }
  return {
    privateKey: `${name}.key`,
    pem: `${name}.pem`,
    csr: `${name}.csr`,
    certificate: `${name}.crt`,
    encryptedPrivateKey: `${name}.pass.key`,
    ...keystoreNames,
  };
}

/**
 * Names of the wanted files.
 *
 * @throws FileNameInvalid
 */
export function fileNames({ name, pem, encrypted, encryptedOnly, keystores = [] }: FileChoice): CertificateFiles {
  const all = allFileNames(name);
  return {
    ...(!encryptedOnly && { privateKey: all.privateKey }),
    ...(!encryptedOnly && pem && { pem: all.pem }),
    csr: all.csr,
    certificate: all.certificate,
    ...((encrypted || encryptedOnly) && { encryptedPrivateKey: all.encryptedPrivateKey }),
    ...keystoreFileNames(keystores),
  };
}

/** Those of a set that nobody but the owner may have. */
export function secretsOf(files: Partial<CertificateFiles>): string[] {
  const { privateKey, pem, encryptedPrivateKey, pkcs12, jks } = files;
  return [privateKey, pem, encryptedPrivateKey, pkcs12, jks].filter((name) => name !== undefined);
}
