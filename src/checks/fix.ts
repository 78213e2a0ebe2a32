import { shellWord } from '../cert/shell.ts';
import { audienceOf, nameOf, type StoredLogin } from '../handover/stored-login.ts';
import type { AppHeader } from '../app/settings.ts';
import type { SoughtApp } from './facts.ts';

/** What is known of names that a fix can use. */
export type Names = {
  login?: StoredLogin | undefined;
  sought?: Partial<SoughtApp> | undefined;
  app?: AppHeader | undefined;
};

/** What a placeholder of a fix stands for; the second value is shown where nothing known has it. */
const placeholders: Readonly<Record<string, readonly [(names: Names) => string | undefined, string]>> = {
  '<org>': [({ login }) => login && nameOf(login), 'ORG'],
  '<username>': [({ login, sought }) => login?.username ?? sought?.username, 'USERNAME'],
  '<client-id>': [({ login, sought }) => login?.clientId ?? sought?.clientId, 'CLIENT_ID'],
  '<key>': [({ login }) => login?.keyPath, 'server.key'],
  '<key-folder>': [({ login }) => login?.keyPath?.replace(/[/\\][^/\\]*$/, ''), '.'],
  '<instance-url>': [({ login }) => login?.instanceUrl, 'https://MY_DOMAIN.my.salesforce.com'],
  '<audience>': [({ login }) => login && audienceOf(login), 'https://MY_DOMAIN.my.salesforce.com'],
  '<admin>': [({ sought }) => sought?.admin, 'ADMIN'],
  '<app>': [({ sought, app }) => app?.label ?? sought?.name, 'APP_NAME'],
  '<certificate>': [({ sought }) => sought?.certificate?.path, 'server.crt'],
};

/** A fix with everything filled in that is known, so that it can be pasted. */
export const fillFix = (fix: string, names: Names): string =>
  fix.replace(/<[a-z-]+>/g, (name) => {
    const [value, unknownValue] = placeholders[name] ?? [];
    const known = value?.(names);
    return known === undefined ? (unknownValue ?? name) : shellWord(known);
  });
