import type { OrgOauth } from '../../app/org-settings.ts';
import { labelled } from '../app/detail.ts';
import { pass, unknown, warn, type Verdict } from '../define.ts';
import type { FlowLogins, FlowName } from '../flow-facts.ts';
import { closedBy, flowDetail, orgPlace, seenInOrg } from './evidence.ts';

/** A flow that the org blocks for all apps by one switch, and that AQUILA does not need. */
export type BlockedFlow = {
  setting: 'usernamePasswordBlocked' | 'userAgentBlocked';
  flow: FlowName;
  /** What Setup calls its switch. */
  toggle: string;
  note: string;
};

export function judgeBlocked(oauth: OrgOauth, logins: FlowLogins | undefined, one: BlockedFlow): Verdict {
  const isBlocked = oauth[one.setting];
  const found = isBlocked === undefined ? 'the org does not say' : isBlocked ? 'blocked for every app' : 'open to apps';
  const place = `${orgPlace} > ${one.toggle}`;
  const ends = inUse(logins, one.flow);
  const notes = isBlocked === true ? [] : [labelled('in use', ends), one.note];
  const { detail, data } = flowDetail(found, seenInOrg(oauth, one.setting), place, ...notes);
  if (isBlocked === undefined) return unknown(detail, { data, fix: `look in Setup > ${place}` });
  return isBlocked ? pass(detail, { data }) : warn(detail, { data: { ...data, ...closedBy(one.setting, true, ends) } });
}

/** Who still comes by a flow, and so what closing it would end. */
export function inUse(logins: FlowLogins | undefined, flow: FlowName): string {
  if (logins === undefined)
    return 'not shown: with "Manage Users" the Login History would tell who still comes this way';
  const { logins: count, users } = logins.flows[flow];
  const days = `in the last ${logins.days} days`;
  if (count === 0) return `${logins.complete ? 'no login' : 'no login seen'} ${days}`;
  const more = logins.complete ? '' : 'at least ';
  return `${more}${count} ${count === 1 ? 'login' : 'logins'} by ${users} ${users === 1 ? 'user' : 'users'} ${days}`;
}
