import { createPrivateKey, randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificate } from '../../src/cert/create.ts';
import { encryptPrivateKey } from '../../src/cert/encrypted-key.ts';
import { fileNames } from '../../src/cert/file-set.ts';
import { parseSubject } from '../../src/cert/subject.ts';
import { publishFiles, type NewFile } from '../../src/files/publish.ts';
import { keystoreFiles } from '../../src/setup/new-keystores.ts';
import { alias, firstStep, password, runStepsFromKey } from './guide.ts';
import { newFolder, run } from './run.ts';
import type { Bench, Target } from './section.ts';

/** The files of steps 2 to 8, made in this process from a key that is given, against those steps run with the real tools. */
export async function steps({ measure, pairs }: Bench): Promise<Target[]> {
  const given = newFolder();
  const [program = '', ...words] = firstStep(2048).split(' ');
  await run(program, words, { cwd: given });
  await runStepsFromKey(given);
  const keyPem = readFileSync(join(given, 'server.key'), 'utf8');

  const byTools = async (): Promise<void> => {
    const folder = newFolder();
    copyFileSync(join(given, 'server.pass.key'), join(folder, 'server.pass.key'));
    await runStepsFromKey(folder);
  };
  const ratio = await measure(
    'steps 2 to 8 of the guide by openssl and keytool',
    'the same six files in process',
    [byTools, () => inProcess(keyPem, newFolder())],
    pairs(21)
  );

  const theSameWork = ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256', '-iter', '600000'];
  const names = ['-in', join(given, 'server.key'), '-out', 'server.pass.key', '-passout', `pass:${password}`];
  await measure(
    'server.pass.key by openssl, told to take 600,000 iterations',
    'server.pass.key in process, with its 600,000 iterations',
    [() => run('openssl', [...theSameWork, ...names], { cwd: newFolder() }), () => encrypted(keyPem, newFolder())],
    pairs(21)
  );
  return [{ what: 'steps 2 to 8 of the guide, by the same in process', ratio, atLeast: 12 }];
}

/** The six files, written as `cert create` writes them: every one synced to the disk, all or none. */
async function inProcess(keyPem: string, directory: string): Promise<void> {
  const now = new Date();
  const privateKey = createPrivateKey(keyPem);
  const subject = parseSubject('CN=AQUILA');
  const made = await createCertificate({ privateKey, subject, days: 365, now, random: randomBytes(16) });
  const types = ['p12', 'jks'] as const;
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const names = fileNames({ name: 'server', pem: true, encrypted: false, encryptedOnly: false });
  const files: NewFile[] = [
    { name: names.certificate, bytes: made.certificatePem, mode: 0o644 },
    { name: names.csr, bytes: made.csrPem, mode: 0o644 },
    ...[names.privateKey, names.pem].map((name) => ({ name: name!, bytes: pem, mode: 0o600 }) as const),
    ...keystoreFiles({ privateKey, chain: [made.certificate] }, { types, alias, password, compat: false }, now),
  ];
  if (files.length !== 6) throw new Error('there are six files to make');
  await publishFiles(directory, files, { force: false });
}

async function encrypted(keyPem: string, directory: string): Promise<void> {
  const random = { salt: randomBytes(16), iv: randomBytes(16) };
  const bytes = await encryptPrivateKey(createPrivateKey(keyPem), password, random);
  await publishFiles(directory, [{ name: 'server.pass.key', bytes, mode: 0o600 }], { force: false });
}
