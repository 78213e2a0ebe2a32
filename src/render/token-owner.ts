import { Messages } from '@salesforce/core/messages';
import type { Identity } from '../token/identity.ts';
import { fieldLines } from './fields.ts';
import { printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.identity');

type Owner = Identity & { instanceUrl: string; renewed: boolean; storedAs?: string };

/** Whom a token belongs to, for a reader; a stored login that holds somebody else's token is pointed at. */
export function renderTokenOwner(owner: Owner, columns: number): string {
  const yesOrNo = (value: boolean | undefined): string | undefined =>
    value === undefined ? undefined : messages.getMessage(value ? 'yes' : 'no');
  const rows: Array<[string, string | undefined]> = [
    ['username', owner.username],
    ['name', owner.name],
    ['email', owner.email],
    ['user', owner.userId],
    ['org', owner.orgId],
    ['instance-url', owner.instanceUrl],
    ['active', yesOrNo(owner.active)],
    ['user-type', owner.userType],
    ['language', owner.language],
    ['locale', owner.locale],
    ['timezone', owner.timezone],
    ['identity-url', owner.identityUrl],
  ];
  const { storedAs, username, renewed } = owner;
  const isOther = storedAs !== undefined && storedAs.toLowerCase() !== username.toLowerCase();
  return [
    messages.getMessage('head', [printable(username)]),
    ...(renewed ? [messages.getMessage('renewed')] : []),
    ...(isOther ? wrapLine(messages.getMessage('other', [storedAs]), columns) : []),
    '',
    ...fieldLines(
      rows.map(([name, value]) => [messages.getMessage(`field.${name}`), value]),
      columns
    ),
  ].join('\n');
}
