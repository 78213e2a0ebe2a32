import { Messages } from '@salesforce/core/messages';
import { basename } from 'node:path';
import type { CertificateFiles, NewKeyPair } from '../cert/file-set.ts';
import { shellWord } from '../cert/shell.ts';
import { aliasLines } from './keystore.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'cert.create');

/** The order in which a reader needs them. */
const roles = ['certificate', 'privateKey', 'pem', 'encryptedPrivateKey', 'pkcs12', 'jks', 'csr'] as const;

/**
 * A new key pair for the eyes of the person who made it: the files with what each is for, the certificate, the next steps.
 *
 * @param isDefaultSubject whether the subject was chosen for want of another one
 */
export function renderKeyPair(pair: NewKeyPair, isDefaultSubject: boolean): string[] {
  const { directory, files, certificate, alias } = pair;
  const { subject, fingerprint256, notAfter, daysLeft } = certificate;
  const present = roles.filter((role) => files[role] !== undefined);
  const width = Math.max(...present.map((role) => nameOf(files, role).length), 'fingerprint'.length);
  const line = (label: string, text: string): string => `  ${label.padEnd(width)}  ${text}`;
  return [
    messages.getMessage('made', [directory]),
    '',
    ...present.map((role) => line(nameOf(files, role), certificateFileText(role))),
    '',
    line('subject', isDefaultSubject ? messages.getMessage('default-subject', [subject]) : subject),
    line('fingerprint', fingerprint256.slice(0, 48)),
    line('', fingerprint256.slice(48)),
    line('expires', messages.getMessage('expires', [notAfter.slice(0, 10), daysLeft])),
    ...(alias === undefined ? [] : aliasLines(alias, files)).map((text, at) => line(at === 0 ? 'alias' : '', text)),
    '',
    ...nextSteps(files),
  ];
}

/** What a file of a key pair is for. */
export const certificateFileText = (role: keyof CertificateFiles): string => messages.getMessage(`file.${role}`);

const nameOf = (files: CertificateFiles, role: keyof CertificateFiles): string => basename(files[role] ?? '');

/** Text is broken to fit 80 columns, a command never is: it would be pasted in pieces. */
function nextSteps({ certificate, privateKey }: CertificateFiles): string[] {
  const step = (number: number, text: string): string[] =>
    wrapLine(text, 75).map((line, at) => `${at === 0 ? `  ${number}. ` : '     '}${line}`);
  const createApp = messages.getMessage('next.app.command', [shellWord(certificate)]);
  const app = [messages.getMessage('next'), ...step(1, messages.getMessage('next.app')), `     ${createApp}`];
  if (privateKey === undefined) return app;
  const login = messages.getMessage('next.login.command', [shellWord(privateKey)]);
  return [...app, ...step(2, messages.getMessage('next.login')), `     ${login}`];
}

export type KeyPairWarning = { name: string; message: string; actions: string[] };

/**
 * What the maker of a key pair should know besides.
 *
 * @param around.stale names of files that an earlier pair has left, and that don't belong to this one
 * @param around.openToGit the `.gitignore` and the lines that it lacks
 */
export function keyPairWarnings(
  { files, directory }: NewKeyPair,
  around: { stale: string[]; openToGit: { gitIgnore: string; lines: string[] } | undefined }
): KeyPairWarning[] {
  const { stale, openToGit } = around;
  const encrypted = files.encryptedPrivateKey;
  const warning = (
    name: string,
    tokens: string[],
    actions = messages.getMessages(`${name}.actions`)
  ): KeyPairWarning => {
    return { name, message: messages.getMessage(name, tokens), actions };
  };
  return [
    ...(files.privateKey === undefined && encrypted !== undefined ? [warning('EncryptedKeyOnly', [encrypted])] : []),
    ...(stale.length > 0 ? [warning('EarlierFilesLeft', [directory, stale.join(', ')])] : []),
    ...gitWarnings(openToGit),
  ];
}

/**
 * What the maker of a private key should know of git.
 *
 * @param openToGit the `.gitignore` and the lines that it lacks
 */
export function gitWarnings(openToGit: { gitIgnore: string; lines: string[] } | undefined): KeyPairWarning[] {
  if (!openToGit) return [];
  const actions = [...messages.getMessages('KeyOpenToGit.actions', [openToGit.gitIgnore]), ...openToGit.lines];
  return [{ name: 'KeyOpenToGit', message: messages.getMessage('KeyOpenToGit'), actions }];
}
