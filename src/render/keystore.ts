import { Messages } from '@salesforce/core/messages';
import { basename, dirname } from 'node:path';
import { shortList, type Chain } from '../cert/chain.ts';
import type { KeystoreFiles } from '../cert/file-set.ts';
import { problem } from '../errors.ts';
import type { CreatedKeystores } from '../keystore/choice.ts';
import { isImportedLength } from '../keystore/entry.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'keystore.create');

/** The alias, and on a line of its own what becomes of it in a JKS where that is something else. */
export function aliasLines(alias: string, { jks }: KeystoreFiles): string[] {
  const lower = alias.toLowerCase();
  return jks === undefined || lower === alias ? [alias] : [alias, messages.getMessage('alias.lower', [lower])];
}

/** New keystores for the eyes of the person who made them: the files with what each is for, alias and chain, the next step. */
export function renderKeystores({ files, alias, chainLength }: CreatedKeystores): string[] {
  const roles = (['pkcs12', 'jks'] as const).filter((role) => files[role] !== undefined);
  const line = (label: string, text: string): string => `  ${label.padEnd('servercert.jks'.length)}  ${text}`;
  const next = files.jks === undefined ? messages.getMessage('next.pkcs12') : messages.getMessage('next.jks');
  return [
    messages.getMessage(roles.length > 1 ? 'written.both' : 'written', [dirname(files.jks ?? files.pkcs12 ?? '')]),
    '',
    ...roles.map((role) => line(basename(files[role] ?? ''), messages.getMessage(`file.${role}`))),
    '',
    ...aliasLines(alias, files).map((text, at) => line(at === 0 ? 'alias' : '', text)),
    line('certificates', messages.getMessage(chainLength === 1 ? 'chain.alone' : 'chain', [chainLength - 1])),
    '',
    ...wrapLine(next, 78),
    ...wrapLine(messages.getMessage('next.aquila'), 78),
  ];
}

export type KeystoreWarning = { name: string; message: string; actions: string[] };

/** What the maker of keystores should know besides. */
export function keystoreWarnings(
  { files }: CreatedKeystores,
  { chain, keyBits }: { chain: Chain; keyBits: number }
): KeystoreWarning[] {
  const { missingIssuer, leftOut } = chain;
  const warning = (name: string, token: string): KeystoreWarning => {
    return { name, message: messages.getMessage(name, [token]), actions: messages.getMessages(`${name}.actions`) };
  };
  const bits = problem('KeystoreKeyBits', [files.jks ?? '', keyBits], []);
  return [
    ...(files.jks !== undefined && !isImportedLength(keyBits) ? [{ ...bits, name: bits.code }] : []),
    ...(missingIssuer === undefined ? [] : [warning('IssuerMissing', missingIssuer)]),
    ...(leftOut.length === 0 ? [] : [warning('CertificatesLeftOut', shortList(leftOut))]),
  ];
}
