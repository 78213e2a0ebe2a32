import { describeCertificate, readCertificate } from '../cert/certificate.ts';
import { shellWord } from '../cert/shell.ts';
import type { CertificateFile, Given, KeyFile } from '../checks/facts.ts';
import type { Reading } from '../checks/run.ts';
import { aquilaError } from '../errors.ts';
import { findCertificateBeside } from '../files/certificate.ts';
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
  const found = await findCertificateBeside(keyPath);
  if (!('missing' in found)) return found;
  throw aquilaError('CertificateNotBesideKey', [found.missing.join(' or ')], [shellWord(org)]);
}
