import type { AuthProvider } from '../../app/sign-on.ts';
import type { Remark } from './remarks.ts';

/** Where Setup has them. */
export const providersPlace = 'Auth. Providers';

/** Object Reference, AuthProvider, OptionsIsPkceEnabled. */
const withPkce = ['Custom', 'Facebook', 'Google', 'Microsoft', 'OpenIdConnect', 'Salesforce'];

/** What was seen of a provider. */
export function describeProvider({ name, logsIn, handler, runsAs, pkce, issuer }: AuthProvider): string {
  if (!logsIn) return `${name}: lets this org act elsewhere, and logs nobody in`;
  const users =
    handler === undefined
      ? 'no Apex class makes users'
      : `users are made and changed as the Apex class ${handler} says, which runs as ${runsAs ?? 'a user that is not shown'}`;
  return `${name}: ${pkce ? 'PKCE' : 'no PKCE'}, issuer ${issuer ?? 'not verified'}; ${users}`;
}

/** What is wrong with a provider that logs people in (docs/reference/single-sign-on.md §5). */
export function judgeProvider({ name, type, pkce, issuer, endpoints, ...sends }: AuthProvider): Remark[] {
  const edit = (task: string): string => `Setup > ${providersPlace} > ${name} > Edit: ${task}`;
  const remark = (status: Remark['status'], text: string, task: string): Remark => ({
    ...{ status, text: `${name}: ${text}` },
    fix: edit(task),
  });
  const open = type === 'OpenIdConnect';
  const plain = endpoints.find((url) => !url.startsWith('https:'));
  return [
    ...(plain === undefined ? [] : [remark('fail', `${plain} is asked without TLS`, 'endpoints with https')]),
    ...(!pkce && withPkce.includes(type) ? [remark('warn', 'codes are exchanged without PKCE', 'select PKCE')] : []),
    ...(open && issuer === undefined
      ? [remark('warn', 'nobody verifies who issued the ID token', 'Token Issuer, as the provider writes it')]
      : []),
    ...(open && !sends.tokenInHeader
      ? [remark('warn', 'the access token is sent in an address', 'select "Send access token in header"')]
      : []),
    ...(open && !sends.credentialsInHeader
      ? [remark('warn', 'the client secret is sent in an address', 'select "Send client credentials in header"')]
      : []),
  ];
}
