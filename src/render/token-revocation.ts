import { Messages } from '@salesforce/core/messages';
import type { TokenKind } from '../token/given-token.ts';
import { wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.revoke');

export type RevocationView = {
  kind: TokenKind;
  /** As the person called the login, or the file. */
  name: string;
  instanceUrl: string;
  delayed: boolean;
  /** How the stored login goes on; undefined for a token from a file. */
  renewal: 'key' | 'refresh-token' | 'none' | undefined;
};

/** What a revocation will end, and what it will not. */
export function renderRevocationPlan(view: RevocationView, columns: number): string[] {
  const { kind, name, instanceUrl, renewal, delayed } = view;
  const text = [
    messages.getMessage('plan', [kind, name, new URL(instanceUrl).host]),
    messages.getMessage(renewal === undefined ? `plan.file.${kind}` : `plan.${kind}.${renewal}`),
    ...(delayed ? [messages.getMessage('plan.delayed')] : []),
  ];
  return wrapLine(text.join(' '), columns);
}

export type RevokedView = RevocationView & {
  revoked: boolean;
  /** There was no token in the stored login. */
  isEmpty: boolean;
  forgotten: boolean | undefined;
  loginAgain: string | undefined;
};

/** What became of the token, and of the login that it was taken from. */
export function renderRevoked(
  { kind, name, revoked, isEmpty, renewal, forgotten, loginAgain }: RevokedView,
  columns: number
): string[] {
  const head = messages.getMessage(revoked ? 'done' : isEmpty ? 'empty' : 'gone', [kind, name]);
  if (renewal === undefined) return wrapLine(head, columns);
  const kept = forgotten === false ? 'not-forgotten' : renewal === 'none' ? 'login.over' : 'login.renews';
  return [
    ...wrapLine(`${head} ${messages.getMessage(kept)}`, columns),
    ...(renewal === 'none' ? [messages.getMessage('again', [loginAgain])] : []),
  ];
}
