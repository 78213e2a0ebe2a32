import { X509Certificate, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import forge from 'node-forge';
import { keyEntryOf, problemsOf } from '../../../src/keystore/entry.ts';
import { readKeystore } from '../../../src/keystore/read.ts';

/** What `cert create --keystore p12 --keystore jks` makes. */
export const setNames = ['keystore.p12', 'server.crt', 'server.csr', 'server.key', 'server.pem', 'servercert.jks'];

/** Opens every keystore of these tests. */
export const storePassword = 'throw-away';

/** Everything in a folder, as it lies there. */
export type Lying = Map<string, { bytes: Buffer; mode: number }>;

export function lookInto(folder: string): Lying {
  const names = readdirSync(folder).sort();
  return new Map(
    names.map((name) => [
      name,
      { bytes: readFileSync(join(folder, name)), mode: lstatSync(join(folder, name)).mode & 0o777 },
    ])
  );
}

/** Names of what is there besides the files of a set: the journal and the temporaries. */
export const besides = (lying: Lying): string[] => [...lying.keys()].filter((name) => !setNames.includes(name));

/** The files of a set alone. */
export const filesOfSet = (lying: Lying): Lying => new Map([...lying].filter(([name]) => setNames.includes(name)));

/** Only a whole certificate or a whole request may be read by others, under whatever name it lies at the moment. */
export function expectSecretsPrivate(lying: Lying): void {
  for (const [name, { bytes, mode }] of lying) {
    const isPublic = /^-----BEGIN CERTIFICATE(?: REQUEST)?-----\n[A-Za-z0-9+/=\n]+-----END [A-Z ]+-----\n$/.test(
      bytes.toString('latin1')
    );
    expect(isPublic ? ['600', '644'] : ['600'], `modes that ${name} may have`).to.include(mode.toString(8));
  }
}

/**
 * The public keys of all files of a set that are there. Fails if one of them is not whole: a keystore is whole if its digest fits and
 * it holds a key with the certificate of that key; a certificate and a request if their signatures hold.
 */
export async function publicKeysOf(lying: Lying): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const name of setNames) {
    const bytes = lying.get(name)?.bytes;
    if (bytes) keys.set(name, (await publicKeyOf(name, bytes)).export({ type: 'spki', format: 'der' }).toString('hex'));
  }
  return keys;
}

async function publicKeyOf(name: string, bytes: Buffer): Promise<KeyObject> {
  const text = bytes.toString('latin1');
  if (/\.(?:key|pem)$/.test(name)) {
    expect(text, name).to.match(/-----END PRIVATE KEY-----\n$/);
    return createPublicKey(createPrivateKey(text));
  }
  if (name.endsWith('.crt')) {
    expect(text, name).to.match(/-----END CERTIFICATE-----\n$/);
    const certificate = new X509Certificate(text);
    expect(certificate.verify(certificate.publicKey), name).to.be.true;
    return certificate.publicKey;
  }
  if (name.endsWith('.csr')) {
    const request = forge.pki.certificationRequestFromPem(text);
    expect(request.verify(), name).to.be.true;
    return createPublicKey(forge.pki.publicKeyToPem(request.publicKey as forge.pki.rsa.PublicKey));
  }
  const reading = await readKeystore(bytes, storePassword, name);
  expect(problemsOf(reading), name).to.deep.equal([]);
  const found = keyEntryOf(reading, name);
  if ('problem' in found) throw new Error(`${name}: ${found.problem.code}`);
  const { privateKey, chain } = found.entry;
  expect(chain[0]?.checkPrivateKey(privateKey), name).to.be.true;
  return createPublicKey(privateKey);
}
