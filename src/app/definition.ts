import { problem, type Problem } from '../errors.ts';
import { callbackUrlProblem, defaultCallbackUrl } from './callback-url.ts';
import type { AppCertificate } from './certificate.ts';
import { clientIdProblem } from './client-id.ts';
import { permissionSetProblem, profileProblem, unionOf } from './grants.ts';
import { readAppName } from './name.ts';

/** What a person asks for, as typed; whatever is left out is kept as the org has it, or set as the guide has it. */
export type AppRequest = {
  name: string;
  contactEmail?: string | undefined;
  certificate?: AppCertificate | undefined;
  callbackUrl?: string | undefined;
  /** API names. */
  permissionSets: readonly string[];
  /** Names as Setup shows them. */
  profiles: readonly string[];
  /** Minutes. */
  sessionTimeout?: number | undefined;
  refreshTokenDays?: number | undefined;
  /** The username that client credentials run as. */
  clientCredentialsUser?: string | undefined;
  clientId?: string | undefined;
};

/** A request whose values can stand in an app; each name once, blanks around texts gone. */
export type AppDefinition = {
  label: string;
  /** What the label became as a name of metadata. */
  developerName: string;
  contactEmail: string | undefined;
  certificate: AppCertificate | undefined;
  callbackUrl: string;
  permissionSets: readonly string[];
  profiles: readonly string[];
  sessionTimeout: number | undefined;
  refreshTokenDays: number | undefined;
  clientCredentialsUser: string | undefined;
  clientId: string | undefined;
};

/** The longest session that an org can set, in minutes. */
const longestSession = 24 * 60;
const longestRefresh = 3650;

/** The request as a definition, or the first thing that keeps it from being one. */
export function defineApp(request: AppRequest): { definition: AppDefinition } | { problem: Problem } {
  const name = readAppName(request.name);
  if ('problem' in name) return name;
  const text = {
    contactEmail: request.contactEmail?.trim(),
    callbackUrl: request.callbackUrl?.trim() ?? defaultCallbackUrl,
    permissionSets: unionOf(trimmed(request.permissionSets), []),
    profiles: unionOf(trimmed(request.profiles), []),
    clientCredentialsUser: request.clientCredentialsUser?.trim(),
    clientId: request.clientId?.trim(),
  };
  const { sessionTimeout, refreshTokenDays } = request;
  const found =
    given(text.contactEmail, contactEmailProblem) ??
    callbackUrlProblem(text.callbackUrl) ??
    firstOf(text.permissionSets, permissionSetProblem) ??
    firstOf(text.profiles, profileProblem) ??
    given(sessionTimeout, (minutes) =>
      isWithin(minutes, longestSession) ? undefined : problem('AppSessionTimeoutInvalid', [minutes], [])
    ) ??
    given(refreshTokenDays, (days) =>
      isWithin(days, longestRefresh) ? undefined : problem('AppRefreshTokenDaysInvalid', [days], [])
    ) ??
    given(text.clientCredentialsUser, userProblem) ??
    given(text.clientId, clientIdProblem);
  if (found) return { problem: found };
  return { definition: { ...name, ...text, certificate: request.certificate, sessionTimeout, refreshTokenDays } };
}

const trimmed = (names: readonly string[]): string[] => names.map((name) => name.trim());

const given = <Value>(value: Value | undefined, judge: (value: Value) => Problem | undefined): Problem | undefined =>
  value === undefined ? undefined : judge(value);

const firstOf = (names: readonly string[], judge: (name: string) => Problem | undefined): Problem | undefined =>
  names.map(judge).find((one) => one !== undefined);

const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;

/** An address that mail can reach, as far as its form tells. Names that nobody can own (RFC 2606) come from examples. */
export function contactEmailProblem(
  email: string
): Problem<'AppContactEmailInvalid' | 'AppContactEmailExample'> | undefined {
  const [, domain] =
    /^[^\s@,;<>"()[\]\\\p{Cc}]+@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,})$/u.exec(email) ??
    [];
  if (domain === undefined || email.length > 254 || /^\.|\.\.|\.@/.test(email)) {
    return problem('AppContactEmailInvalid', [email.replace(/\p{Cc}/gu, '\uFFFD')]);
  }
  const isReserved = /(?:^|\.)(?:example\.(?:com|net|org)|example|invalid|test|localhost)$/i.test(domain);
  return isReserved ? problem('AppContactEmailExample', [email]) : undefined;
}

const userProblem = (username: string): Problem<'UsernameInvalid'> | undefined =>
  /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(username) && username.length <= 80
    ? undefined
    : problem('UsernameInvalid', [username]);
