import type { X509Certificate } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { readBundle } from '../cert/bundle.ts';
import { describeCertificate } from '../cert/certificate.ts';
import { findChain, type Chain } from '../cert/chain.ts';
import { holdsPrivateKey, importedFileNames, type ImportedCertificate } from '../cert/imported-files.ts';
import { readPrivateKey } from '../cert/key-file.ts';
import { encodePem } from '../cert/pem.ts';
import { uploadFile } from '../cert/upload.ts';
import { aquilaError, problemOf, toError } from '../errors.ts';
import { publishFiles, takenNames, type NewFile } from '../files/publish.ts';
import { readInputFile, readStandardInput, type InputFile } from '../files/read.ts';

export type ImportRequest = {
  /** What the certification authority has sent: a path, or `-` for standard input. */
  certificateFile: string;
  /** Certificates above it in a file of their own. */
  chainFile: string | undefined;
  /** The key whose certificate it is; `server.key` in `directory` if left out. */
  keyFile: string | undefined;
  /** Where to write; the folder of the key if left out. */
  directory: string | undefined;
  /** Replace certificates of the same names. */
  force: boolean;
  now: Date;
};

export type Import = {
  result: ImportedCertificate;
  /** Absolute path of the key. */
  keyFile: string;
  chain: Chain;
  /** Names of the files that were written; those that were as they should be are not among them. */
  written: string[];
  /** Name of a chain file that lies there from an earlier certificate, where this one came without a chain. */
  earlierChain: string | undefined;
};

/** The name of the key that `cert create` makes unless it is told another. */
const usualKey = 'server.key';

const standardInput = 'standard input';

/**
 * Joins the answer of a certification authority to the key of its request: judges all of it, then writes the certificate alone and
 * the certificates above it, both or neither. Files that hold these very certificates stay as they are.
 *
 * @throws KeyNotNamed, CertificateOverwriteRefused, CertificateTargetIsKey, a problem of the key or of a certificate file, or what
 *   `findChain`, `uploadFile`, `readInputFile` and `publishFiles` throw
 */
export async function importCertificate(request: ImportRequest): Promise<Import> {
  const { now, force } = request;
  const key = await readKeyFile(request);
  const reading = readPrivateKey(key.bytes, key.path);
  if (!reading.usable) throw toError(reading.problem);
  const bundles = await readBundles(request);
  const certificates = bundles.flatMap((bundle) => bundle.certificates);
  const files = bundles.map(({ path }) => path).join(', ');
  const chain = findChain({ certificates, privateKey: reading.privateKey, keyFile: key.path, files, now });
  const names = importedFileNames(key.path);
  const directory = resolve(request.directory ?? dirname(key.path));
  const isAlone = chain.issuers.length === 0;
  const wanted: NewFile[] = [
    { name: names.certificate, bytes: uploadFile(chain.leaf, aloneIn(bundles, chain.leaf)), mode: 0o644 },
    ...(isAlone ? [] : [{ name: names.chain, bytes: chain.issuers.map(toPem).join(''), mode: 0o644 } as const]),
  ];
  const taken = takenNames(directory, Object.values(names), { force: true });
  const news = await withoutUnchanged(directory, wanted, taken);
  const inTheWay = news.map(({ name }) => name).filter((name) => taken.includes(name));
  if (inTheWay.length > 0 && !force) {
    throw aquilaError('CertificateOverwriteRefused', [directory, inTheWay.join(', ')]);
  }
  if (news.length > 0) await publishFiles(directory, news, { force });
  return {
    result: {
      files: {
        certificate: join(directory, names.certificate),
        ...(!isAlone && { chain: join(directory, names.chain) }),
      },
      certificate: describeCertificate(chain.leaf, now),
      chainLength: 1 + chain.issuers.length,
    },
    keyFile: key.path,
    chain,
    written: news.map(({ name }) => name),
    earlierChain: isAlone && taken.includes(names.chain) ? names.chain : undefined,
  };
}

const toPem = (certificate: X509Certificate): string => encodePem('CERTIFICATE', certificate.raw);

async function readKeyFile({ keyFile, directory = '.' }: ImportRequest): Promise<InputFile> {
  if (keyFile !== undefined) return readInputFile(keyFile, 'key');
  const path = resolve(directory, usualKey);
  try {
    return await readInputFile(path, 'key');
  } catch (error) {
    throw problemOf(error).code === 'KeyFileMissing' ? aquilaError('KeyNotNamed', [path]) : error;
  }
}

/** The certificates of one file. */
type Bundle = { path: string; certificates: X509Certificate[] };

async function readBundles({ certificateFile, chainFile }: ImportRequest): Promise<Bundle[]> {
  const answer =
    certificateFile === '-'
      ? { path: standardInput, bytes: await readStandardInput() }
      : await readInputFile(certificateFile, 'certificate');
  const inputs = [answer, ...(chainFile === undefined ? [] : [await readInputFile(chainFile, 'certificate')])];
  return inputs.map(({ bytes, path }) => {
    const reading = readBundle(bytes, path);
    if ('problem' in reading) throw toError(reading.problem);
    return { path, certificates: reading.certificates };
  });
}

/** The file that holds this certificate and nothing else, if there is one. */
function aloneIn(bundles: Bundle[], leaf: X509Certificate): string | undefined {
  const isLeaf = ({ fingerprint256 }: X509Certificate): boolean => fingerprint256 === leaf.fingerprint256;
  return bundles.find(({ path, certificates }) => path !== standardInput && certificates.every(isLeaf))?.path;
}

/** The files that are not there yet with these very bytes. */
async function withoutUnchanged(directory: string, files: NewFile[], taken: string[]): Promise<NewFile[]> {
  const news: NewFile[] = [];
  for (const file of files) {
    const present = taken.includes(file.name) ? await contentOf(join(directory, file.name)) : undefined;
    if (present && holdsPrivateKey(present)) {
      throw aquilaError('CertificateTargetIsKey', [join(directory, file.name)]);
    }
    if (!present?.equals(Buffer.from(file.bytes))) news.push(file);
  }
  return news;
}

/** Undefined where a link leads nowhere. */
async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return (await readInputFile(path, 'certificate')).bytes;
  } catch (error) {
    if (problemOf(error).code === 'CertificateFileMissing') return undefined;
    throw error;
  }
}
