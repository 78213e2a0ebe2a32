import type { KeyObject, X509Certificate } from 'node:crypto';
import { aquilaError, toError } from '../../errors.ts';
import { shownAlias } from '../alias.ts';
import { requirePair } from '../entry.ts';
import { keystorePasswordProblem } from '../password.ts';
import { encodeModifiedUtf8 } from './modified-utf8.ts';
import { sealKey, storeDigest } from './protection.ts';

export type JksKey = {
  /** Written in lower case: Java looks every alias up that way, and finds no other. */
  alias: string;
  privateKey: KeyObject;
  /** The certificate of the key first, then its issuers. */
  chain: X509Certificate[];
  /** 20 random bytes, never used twice. */
  salt: Uint8Array;
  date: Date;
};

export type JksCertificate = { alias: string; certificate: X509Certificate; date: Date };

/** An alias longer than this can't be written down; Salesforce's rule is much narrower (see `aliasProblem`). */
const maximumAliasBytes = 0xffff;

/**
 * A Java keystore of version 2, the same bytes as keytool of JDK 17 writes from the same salt and date
 * (docs/reference/keys-and-keystores.md §9.2). The password of the store is that of every key, as Salesforce asks.
 *
 * @throws KeystorePasswordNotAscii, KeystorePasswordTooShort, KeystoreChainMissing, KeystorePairMismatch, KeystoreAliasTaken,
 *   KeystoreAliasTooLong
 */
export function writeJks(entries: Array<JksKey | JksCertificate>, password: string): Buffer {
  const unfit = keystorePasswordProblem(password);
  if (unfit) throw toError(unfit);
  const aliases = entries.map(({ alias }) => alias.toLowerCase());
  const taken = aliases.find((alias, index) => aliases.indexOf(alias) < index);
  if (taken !== undefined) throw aquilaError('KeystoreAliasTaken', [shownAlias(taken)]);
  const written = entries.map((entry) => ('privateKey' in entry ? keyEntry(entry, password) : certificateEntry(entry)));
  const body = Buffer.concat([Buffer.from('feedfeed00000002', 'hex'), u32(entries.length), ...written]);
  return Buffer.concat([body, storeDigest(password, body)]);
}

function keyEntry({ alias, privateKey, chain, salt, date }: JksKey, password: string): Buffer {
  requirePair(alias, privateKey, chain);
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' });
  const sealed = sealKey(plain, password, salt);
  plain.fill(0);
  const certificates = chain.map(certificateBytes);
  return Buffer.concat([
    u32(1),
    aliasBytes(alias),
    milliseconds(date),
    block(sealed),
    u32(chain.length),
    ...certificates,
  ]);
}

const certificateEntry = ({ alias, certificate, date }: JksCertificate): Buffer =>
  Buffer.concat([u32(2), aliasBytes(alias), milliseconds(date), certificateBytes(certificate)]);

const certificateBytes = ({ raw }: X509Certificate): Buffer => Buffer.concat([text('X.509'), block(raw)]);

function aliasBytes(alias: string): Buffer {
  const bytes = text(alias.toLowerCase());
  if (bytes.length > maximumAliasBytes + 2) {
    throw aquilaError('KeystoreAliasTooLong', [shownAlias(alias), alias.length, maximumAliasBytes], ['aquila']);
  }
  return bytes;
}

function text(value: string): Buffer {
  const bytes = encodeModifiedUtf8(value);
  return Buffer.concat([Buffer.from([(bytes.length >> 8) & 0xff, bytes.length & 0xff]), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function milliseconds(date: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(date.getTime()));
  return bytes;
}

const block = (bytes: Uint8Array): Buffer => Buffer.concat([u32(bytes.length), bytes]);
