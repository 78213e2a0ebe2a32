import { Messages } from '@salesforce/core/messages';
import { basename, dirname } from 'node:path';
import { shortList, type Chain } from '../cert/chain.ts';
import type { ImportedCertificate } from '../cert/imported-files.ts';
import { shellWord } from '../cert/shell.ts';
import { isSignatureDocumented } from '../cert/upload.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.import');

/** Where the text of a label begins. */
const indent = 20;

/**
 * An imported certificate for the eyes of a person: the files with what each is for, the certificate and who issued it, the next steps.
 *
 * @param around.keyFile absolute path of the key
 * @param around.isUnchanged whether all files were as they should be before
 */
export function renderImport(
  { files, certificate, chainLength }: ImportedCertificate,
  around: { keyFile: string; isUnchanged: boolean }
): string[] {
  const { subject, issuer, fingerprint256, notAfter, daysLeft } = certificate;
  const line = (label: string, text: string): string => `  ${label.padEnd(indent - 4)}  ${text}`;
  const headline = messages.getMessage(around.isUnchanged ? 'unchanged' : 'written', [
    basename(around.keyFile),
    dirname(files.certificate),
  ]);
  const chain =
    files.chain === undefined
      ? []
      : [line(basename(files.chain), messages.getMessage('file.chain', [chainLength - 1]))];
  return [
    headline,
    '',
    line(basename(files.certificate), messages.getMessage('file.certificate')),
    ...chain,
    '',
    line('subject', subject),
    line('issuer', issuer),
    line('fingerprint', fingerprint256.slice(0, 48)),
    line('', fingerprint256.slice(48)),
    line('expires', messages.getMessage('expires', [notAfter.slice(0, 10), daysLeft])),
    '',
    ...nextSteps(files.certificate),
  ];
}

/** Text is broken to fit 80 columns, a command never is: it would be pasted in pieces. */
function nextSteps(certificate: string): string[] {
  const step = (number: number, text: string): string[] =>
    wrapLine(text, 75).map((line, at) => `${at === 0 ? `  ${number}. ` : '     '}${line}`);
  return [
    messages.getMessage('next'),
    ...step(1, messages.getMessage('next.app', [basename(certificate)])),
    `     ${messages.getMessage('next.app.command', [shellWord(certificate)])}`,
    ...step(2, messages.getMessage('next.verify')),
    `     ${messages.getMessage('next.verify.command', [shellWord(certificate)])}`,
  ];
}

export type ImportWarning = { name: string; message: string; actions: string[] };

/**
 * What the importer of a certificate should know besides.
 *
 * @param around.earlierChain name of a chain file that belongs to an earlier certificate
 */
export function importWarnings(
  { files, certificate: { signatureAlgorithm } }: ImportedCertificate,
  around: { chain: Chain; earlierChain: string | undefined }
): ImportWarning[] {
  const { chain, earlierChain } = around;
  const { missingIssuer, leftOut } = chain;
  const warning = (name: string, ...tokens: string[]): ImportWarning => {
    return { name, message: messages.getMessage(name, tokens), actions: messages.getMessages(`${name}.actions`) };
  };
  return [
    ...(isSignatureDocumented(signatureAlgorithm) ? [] : [warning('SignatureUndocumented', signatureAlgorithm)]),
    ...(missingIssuer === undefined ? [] : [warning('IssuerMissing', missingIssuer)]),
    ...(leftOut.length === 0 ? [] : [warning('CertificatesLeftOut', shortList(leftOut))]),
    ...(earlierChain === undefined ? [] : [warning('EarlierChainLeft', dirname(files.certificate), earlierChain)]),
  ];
}
