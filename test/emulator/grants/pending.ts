import { randomBytes } from 'node:crypto';
import type { App, OrgState, User } from '../state.ts';

/** What a person consented to and an app has not collected yet. Times in milliseconds of the org's clock. */
export type AuthorizationCode = {
  app: App;
  user: User;
  scopes: string[];
  redirectUri: string;
  challenge: string | undefined;
  nonce: string | undefined;
  issuedAt: number;
  used: boolean;
};

/** One device that waits for a person. */
export type DeviceLogin = {
  app: App;
  scopes: string[];
  userCode: string;
  issuedAt: number;
  interval: number;
  polledAt: number | undefined;
  user: User | undefined;
  denied: boolean;
};

type Pending = { codes: Map<string, AuthorizationCode>; devices: Map<string, DeviceLogin> };
const pending = new WeakMap<OrgState, Pending>();

/** Codes and device codes of an org, by their value. */
export function pendingOf(org: OrgState): Pending {
  const known = pending.get(org);
  if (known) return known;
  const none: Pending = { codes: new Map(), devices: new Map() };
  pending.set(org, none);
  return none;
}

/** A value in the form of Salesforce's codes, which end in the padding of base64 and so must be escaped in a URL. */
export const newCode = (): string => `aPrx${randomBytes(58).toString('base64url').replaceAll('-', '.')}==`;
