import { basename, dirname, extname, join } from 'node:path';
import { describeCertificate, readCertificate } from '../cert/certificate.ts';
import { shellWord } from '../cert/shell.ts';
import type { CertificateFile, Given, KeyFile } from '../checks/facts.ts';
import type { Reading } from '../checks/run.ts';
import { aquilaError, problemOf } from '../errors.ts';
import { readInputFile, type InputFile } from '../files/read.ts';
import { nameOf } from '../handover/stored-login.ts';
import { guarded } from './guarded.ts';

/**
 * The certificate that belongs to the key: the file that the user named; else the one beside the key that has the key's name with `.crt`,
 * else `server.crt` beside it, as the guide calls it.
 */
export async function readCertificateFile(
  { login, now }: Pick<Given, 'login' | 'now'>,
  certificateFile: string | undefined,
  keyFile: () => Promise<Reading<KeyFile>>
): Promise<Reading<CertificateFile>> {
  const { keyPath } = login;
  if (certificateFile === undefined && keyPath === undefined) return { blocked: 'handover-complete' };
  return guarded<CertificateFile>(async () => {
    const { path, bytes } =
      certificateFile === undefined
        ? await readBeside(keyPath ?? '', nameOf(login))
        : await readInputFile(certificateFile, 'certificate');
    const read = readCertificate(bytes, path);
    if ('problem' in read) return { failed: read.problem };
    const { certificate, chainLength } = read;
    const key = await keyFile();
    const usable = 'value' in key && key.value.reading.usable ? key.value.reading : undefined;
    const facts = describeCertificate(certificate, now);
    const belongsToKey = usable && certificate.checkPrivateKey(usable.privateKey);
    return { value: { path, certificate, facts, size: bytes.length, chainLength, belongsToKey } };
  });
}

async function readBeside(keyPath: string, org: string): Promise<InputFile> {
  const folder = dirname(keyPath);
  const names = new Set([`${basename(keyPath, extname(keyPath))}.crt`, 'server.crt']);
  const candidates = [...names].map((name) => join(folder, name));
  for (const candidate of candidates) {
    try {
      return await readInputFile(candidate, 'certificate');
    } catch (error) {
      if (problemOf(error).code !== 'CertificateFileMissing') throw error;
    }
  }
  throw aquilaError('CertificateNotBesideKey', [candidates.join(' or ')], [shellWord(org)]);
}
