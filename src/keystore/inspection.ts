import type { KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../cert/certificate.ts';
import type { CertificateProfile } from '../cert/extensions.ts';
import type { KeyFacts } from '../cert/key-facts.ts';
import { problem, type ErrorCode, type Problem, type Tokens } from '../errors.ts';

/** What a file is. `damaged` was one of the others once; `missing`, `folder` and `unreadable` could not be looked into at all. */
export type InspectedKind =
  | 'private-key'
  | 'public-key'
  | 'certificate'
  | 'certificate-chain'
  | 'certificate-request'
  | 'pkcs7'
  | 'pkcs12'
  | 'jks'
  | 'jceks'
  | 'other-pem'
  | 'damaged'
  | 'masked'
  | 'html'
  | 'empty'
  | 'unknown'
  | 'missing'
  | 'folder'
  | 'unreadable';

/** How it is written down. `base64` is DER without BEGIN and END lines, `jks` the binary form of Java, `none` that of an empty file. */
export type InspectedEncoding = 'pem' | 'der' | 'ber' | 'base64' | 'openssh' | 'jks' | 'text' | 'none';

/** What a file went through on its way, outermost first. */
export type InspectedWrapping =
  | 'byte-order-mark'
  | 'utf-16'
  | 'quoted'
  | 'literal-newlines'
  | 'carriage-returns'
  | 'crlf'
  | 'base64'
  | 'indented'
  | 'one-line'
  | 'text-around';

export type InspectedProblem = {
  code: ErrorCode;
  message: string;
  /** What to do first. */
  fix: string;
};

/** Never any of the key itself. What is not known of a key that can't be opened is left out. */
export type InspectedKey = Partial<KeyFacts> & {
  format: 'pkcs8' | 'pkcs1' | 'sec1' | 'openssh' | 'spki' | 'unknown';
  /** Whether it is protected by a passphrase. */
  encrypted: boolean;
};

export type InspectedCertificate = CertificateFacts & CertificateProfile & { publicKey: KeyFacts };

export type InspectedRequest = { subject: string; signatureAlgorithm: string; publicKey: KeyFacts };

/** One of several things in a file: an entry of a keystore, or a certificate of a chain. */
export type InspectedEntry = {
  kind: 'private-key' | 'certificate';
  /** Only keystores have one. */
  alias?: string;
  key?: InspectedKey;
  certificate?: InspectedCertificate;
  /** How many certificates stand with the key. */
  chainLength?: number;
};

/** What somebody would say to the file. `unsure` where nothing documented decides it. */
export type Verdict = {
  by: 'salesforce' | 'sf' | 'collector';
  answer: 'yes' | 'no' | 'unsure';
  reason: VerdictReason;
};

export type VerdictReason =
  | 'key-signs'
  | 'key-not-usable'
  | 'key-encrypted'
  | 'key-first'
  | 'key-not-found'
  | 'key-not-rsa'
  | 'key-too-short'
  | 'certificate-documented'
  | 'certificate-hash-undocumented'
  | 'certificate-algorithm-undocumented'
  | 'certificate-too-large'
  | 'certificate-as-der'
  | 'certificate-alone'
  | 'certificate-unreadable'
  | 'certificate-out-of-date'
  | 'pkcs7-import'
  | 'request-for-authority'
  | 'public-key-no-use'
  | 'keystore-imports'
  | 'keystore-wrong-type'
  | 'keystore-faulty'
  | 'keystore-locked'
  | 'keystore-not-read';

export type InspectedFile = {
  /** As it was named; `-` for standard input. */
  file: string;
  kind: InspectedKind;
  encoding: InspectedEncoding;
  wrappings: InspectedWrapping[];
  problems: InspectedProblem[];
  verdicts: Verdict[];
  key?: InspectedKey;
  /** The only certificate, or the first of several. */
  certificate?: InspectedCertificate;
  csr?: InspectedRequest;
  /** Everything in a keystore, a chain or PKCS#7. */
  entries?: InspectedEntry[];
};

/** A private key and a certificate, each by its file, with the alias or the number in it where there are several. */
export type InspectedPair = { key: string; certificate: string; match: boolean };

/** A file, and what pairs are looked for among. */
export type Inspection = {
  report: InspectedFile;
  /** The public halves of the private keys. */
  keys: Array<{ name: string; publicKey: KeyObject }>;
  certificates: Array<{ name: string; certificate: X509Certificate }>;
  /** What would open more of the file. */
  needs?: 'passphrase' | 'keystore-password';
};

export type InspectionInput = {
  bytes: Uint8Array;
  /** Its name, for messages. */
  file: string;
  passphrase: string | undefined;
  keystorePassword: string | undefined;
  now: Date;
};

export const inspected = ({ code, message, actions }: Problem): InspectedProblem => ({
  code,
  message,
  fix: actions[0] ?? '',
});

export const finding = (code: ErrorCode, tokens: Tokens): InspectedProblem => inspected(problem(code, tokens));
