import { basename } from 'node:path';
import { identifyBinary } from './binary.ts';
import type { CertificateFacts } from './certificate.ts';
import { unwrap } from './key-wrapping.ts';
import { pemBlocks } from './pem.ts';

/** What `cert import` writes: absolute paths. */
export type ImportedFiles = {
  /** The certificate of the key alone, PEM: the file to upload. */
  certificate: string;
  /** The certificates above it, its issuer first, without the certificate itself; left out if there are none. */
  chain?: string;
};

/** The result of `cert import`. */
export type ImportedCertificate = {
  files: ImportedFiles;
  certificate: CertificateFacts;
  /** How many certificates the chain has, the one of the key included. */
  chainLength: number;
};

/**
 * The names that belong to a key: `server.key` gives `server.crt` and `server.chain.crt`, and so do `server.pem`,
 * `server.pass.key` and the copies that the repairs of this plugin write.
 */
export function importedFileNames(keyFile: string): Required<ImportedFiles> {
  const base = basename(keyFile).replace(/(?:\.(?:pass|plain))*(?:\.[^.]*)?$/, '') || 'server';
  return { certificate: `${base}.crt`, chain: `${base}.chain.crt` };
}

/** Whether there is a private key in a file, in whatever form, so that nothing may replace it. */
export function holdsPrivateKey(bytes: Uint8Array): boolean {
  const kind = identifyBinary(bytes);
  if (kind !== undefined) return ['pkcs8', 'pkcs1', 'sec1', 'encrypted-key', 'pkcs12', 'jks', 'jceks'].includes(kind);
  return pemBlocks(unwrap(bytes).text).some(({ label }) => label.endsWith('PRIVATE KEY'));
}
