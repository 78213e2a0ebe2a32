import { Messages } from '@salesforce/core/messages';
import type { Candidate } from '../token/explain/row.ts';
import type { TokenKind } from '../token/given-token.ts';
import type { Introspection } from '../token/introspection.ts';
import { scopeNamesIn, scopeOf } from '../token/scopes.ts';
import type { TokenClaims, TokenFormat } from '../token/token-claims.ts';
import { candidateLines } from './explanation.ts';
import { fieldLines } from './fields.ts';
import { printable, wrapLine } from './wrap.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'token.introspect');

export type IntrospectionView = Introspection & {
  source: 'introspection' | 'userinfo';
  withoutSecret?: 'no-client' | 'no-secret';
  format: TokenFormat;
  claims?: TokenClaims;
  accepted?: boolean;
  causes?: readonly Candidate[];
};

type Screen = { columns: number; now: Date };

/** What the org says of a token, what the token says of itself, and why it may not be active. */
export function renderIntrospection(
  view: IntrospectionView,
  kind: TokenKind | undefined,
  { columns, now }: Screen
): string {
  const { active, source, withoutSecret, accepted, claims, causes } = view;
  const name = messages.getMessage(kind === 'refresh' ? 'refresh-token' : 'access-token');
  const head = [
    messages.getMessage(active ? 'active' : 'inactive', [name]),
    messages.getMessage(withoutSecret === undefined ? `source.${source}` : `source.${withoutSecret}`),
    ...(accepted === true ? [messages.getMessage('accepted')] : []),
  ];
  return [
    ...wrapLine(head.join(' '), columns),
    ...section(fieldLines(rowsOf(view, now), columns)),
    ...section(scopeLines(view.scope, columns)),
    ...(claims === undefined
      ? []
      : ['', ...wrapLine(messages.getMessage('claims'), columns), ...section(claimLines(claims, { columns, now }))]),
    ...(causes === undefined ? [] : section(candidateLines(causes, columns - 2).map((line) => `  ${line}`))),
  ].join('\n');
}

const section = (lines: string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);

type Row = [name: string, value: string | undefined];

const named = (rows: Row[]): Row[] => rows.map(([name, value]) => [messages.getMessage(`field.${name}`), value]);

function rowsOf({ username, client_id, token_type, sub, format, ...view }: IntrospectionView, now: Date): Row[] {
  return named([
    ['user', username],
    ['client-id', client_id],
    ['token-type', token_type],
    ['format', messages.getMessage(`format.${format}`)],
    ...timeRows(view, now),
    ['identity-url', sub],
  ]);
}

function timeRows({ iat, nbf, exp }: Pick<TokenClaims, 'iat' | 'nbf' | 'exp'>, now: Date): Row[] {
  return [
    ['issued', iat === undefined ? undefined : moment(iat, now)],
    ['not-before', nbf === undefined || nbf === iat ? undefined : moment(nbf, now)],
    ['expires', exp === undefined ? undefined : moment(exp, now)],
  ];
}

const claimLines = ({ iss, sub, client_id, scope, ...times }: TokenClaims, { columns, now }: Screen): string[] =>
  fieldLines(
    named([['issuer', iss], ['subject', sub], ['client-id', client_id], ['scopes', scope], ...timeRows(times, now)]),
    columns
  );

/** Each scope as Setup calls it, with what it allows. */
function scopeLines(scope: string | undefined, columns: number): string[] {
  const names = scopeNamesIn(scope);
  if (names.length === 0) return [];
  const lines = names.map((name) => {
    const known = scopeOf(name);
    return known ? `${known.title}: ${known.allows}` : messages.getMessage('scope.unknown', [printable(name)]);
  });
  return [
    messages.getMessage('scopes'),
    ...[...new Set(lines)].flatMap((line) =>
      wrapLine(line, columns - 4).map((text, at) => `${at === 0 ? '  ' : '    '}${text}`)
    ),
  ];
}

/** A time in seconds since the epoch as date and distance: `2026-11-22 04:10:58 UTC, in 115 minutes`. */
function moment(seconds: number, now: Date): string {
  const date = new Date(seconds * 1000);
  // An org or a token may name any number.
  if (Number.isNaN(date.getTime())) return String(seconds);
  const distance = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, count] = distanceIn(Math.abs(distance));
  const text = messages.getMessage(`time.${unit}`, [count]);
  const when = messages.getMessage(distance < 0 ? 'time.past' : 'time.future', [text]);
  return `${date.toISOString().replace('T', ' ').slice(0, 19)} UTC, ${when}`;
}

function distanceIn(seconds: number): [unit: 'seconds' | 'minutes' | 'hours' | 'days', count: number] {
  if (seconds < 120) return ['seconds', seconds];
  if (seconds < 120 * 60) return ['minutes', Math.round(seconds / 60)];
  return seconds < 48 * 3600 ? ['hours', Math.round(seconds / 3600)] : ['days', Math.round(seconds / 86_400)];
}
