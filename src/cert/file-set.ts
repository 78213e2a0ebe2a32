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
};

/** A new key pair as it lies on the disk: absolute paths, and facts of the certificate. */
export type NewKeyPair = { directory: string; files: CertificateFiles; certificate: CertificateFacts };

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
  };
}

/**
 * Names of the wanted files.
 *
 * @throws FileNameInvalid
 */
export function fileNames({ name, pem, encrypted, encryptedOnly }: FileChoice): CertificateFiles {
  const all = allFileNames(name);
  return {
    ...(!encryptedOnly && { privateKey: all.privateKey }),
    ...(!encryptedOnly && pem && { pem: all.pem }),
    csr: all.csr,
    certificate: all.certificate,
    ...((encrypted || encryptedOnly) && { encryptedPrivateKey: all.encryptedPrivateKey }),
  };
}

/** Those of a set that nobody but the owner may have. */
export function secretsOf({ privateKey, pem, encryptedPrivateKey }: CertificateFiles): string[] {
  return [privateKey, pem, encryptedPrivateKey].filter((name) => name !== undefined);
}
