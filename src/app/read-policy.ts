import type { AppPolicy, IpRelaxation } from './settings.ts';
import { plainWord } from './words.ts';

const refreshPolicies = new Map<string, AppPolicy['refreshToken']['policy']>([
  ['infinite', 'infinite'],
  ['zero', 'zero'],
  ['specificlifetime', 'specific-lifetime'],
  ['specificinactivity', 'specific-inactivity'],
]);

const units = new Map<string, 'days' | 'hours' | 'months'>([
  ['0', 'days'],
  ['1', 'hours'],
  ['2', 'months'],
  ['days', 'days'],
  ['hours', 'hours'],
  ['months', 'months'],
]);

const permittedUsers = new Map<string, AppPolicy['permittedUsers']>([
  ['adminapprovedpreauthorized', 'admin-approved'],
  ['allselfauthorized', 'self-authorize'],
]);

const ipRelaxations = new Map<string, IpRelaxation>([
  ['enforce', 'enforce'],
  ['enforcerelaxrefresh', 'relax-refresh'],
  ['bypass2factor', 'second-factor'],
  ['bypass', 'bypass'],
]);

/** Both spellings of each: words of metadata, and the numbers and cases that queries show (docs/reference/external-client-apps.md §10.1). */
export const refreshPolicyOf = (value: unknown): AppPolicy['refreshToken']['policy'] | undefined =>
  refreshPolicies.get(plainWord(value));
export const unitOf = (value: unknown): 'days' | 'hours' | 'months' | undefined => units.get(plainWord(value));
export const permittedUsersOf = (value: unknown): AppPolicy['permittedUsers'] | undefined =>
  permittedUsers.get(plainWord(value));
export const ipRelaxationOf = (value: unknown): IpRelaxation | undefined => ipRelaxations.get(plainWord(value));
