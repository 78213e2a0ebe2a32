import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../fixtures/chains/', import.meta.url));

/** Where a file of test/fixtures/chains lies. */
export const chainPath = (name: string): string => join(folder, name);

export const chainFile = (name: string): Buffer => readFileSync(chainPath(name));

/** `issuing` for test/fixtures/chains/issuing.crt. */
export const certificateOf = (name: string): X509Certificate => new X509Certificate(chainFile(`${name}.crt`));

const names = [
  ...[
    'root',
    'policy',
    'issuing',
    'elder',
    'root-by-elder',
    'elder-by-root',
    'ec-root',
    'impostor',
    'root-of-version-1',
  ],
  ...['issuing-expired', 'issuing-later', 'issuing-no-ca', 'issuing-no-sign'],
  ...['leaf', 'leaf-expired', 'leaf-later', 'leaf-of-other-key', 'leaf-sha1', 'leaf-sha384', 'leaf-pss', 'leaf-ecdsa'],
  ...['leaf-large', 'leaf-huge'],
];

/** The names of the fixtures that these certificates are, in the same order. */
export function namesOf(certificates: X509Certificate[]): string[] {
  const known = new Map(names.map((name) => [certificateOf(name).fingerprint256, name]));
  return certificates.map(({ fingerprint256, subject }) => known.get(fingerprint256) ?? subject);
}
