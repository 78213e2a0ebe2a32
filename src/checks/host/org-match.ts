import type { StoredLogin } from '../../handover/stored-login.ts';
import type { Host } from '../facts.ts';

/** Whether the org that answered is the org of the login; undefined where one of them is not known. */
export const orgMatches = ({ orgId }: Host, login: StoredLogin): boolean | undefined =>
  orgId === undefined || login.orgId === undefined ? undefined : orgId.slice(0, 15) === login.orgId.slice(0, 15);
