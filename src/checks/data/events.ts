import { blocked, fail, pass, skip, warn, type Verdict } from '../define.ts';
import type { Refused, Rows, UserRights } from '../data-facts.ts';
import { cause, isDenied, refusalData, refusedLine } from '../user/api-refusal.ts';
import { seesEvents } from '../user/rights.ts';

type Seen = { loginEvents: Rows | Refused; logoutEvents: Rows | Refused; userRights: UserRights | Refused | undefined };

const licence = 'the org lacks the licence for these events: Shield, or the Event Monitoring add-on';
const permission = 'the user lacks "View Real-Time Event Monitoring Data"';

/** Where the storage of an event is switched on. */
export const eventStorage = (object: string): string => `Setup > Event Manager > ${object}: select "Enable Storage"`;

/** For an org that will not have these events. */
const askVendor =
  'ask CyTech Support to switch the object method off for logins and logouts, which then come from log files alone';

/** What both streams of events have in common: a missing permission is another check's, a missing licence is spoken of once. */
export function judgeEvents(object: 'LoginEvent' | 'LogoutEvent', seen: Seen): Verdict {
  const { loginEvents, logoutEvents, userRights } = seen;
  const [own, other] = object === 'LoginEvent' ? [loginEvents, logoutEvents] : [logoutEvents, loginEvents];
  const sees = seesEvents(userRights, loginEvents, logoutEvents);
  if ('rows' in own) {
    const data = { anyRows: own.rows > 0 };
    if (own.rows > 0) return pass(`the org has some of the last 7 days`, { data });
    const none = `Salesforce answered, but with no ${object} of the last 7 days`;
    const off = cause('possibly', 'the storage of these events is switched off');
    if (sees === false) return skip(`${none}; ${permission}`, { data });
    // This login is itself an event; a logout need not have happened.
    return object === 'LoginEvent'
      ? warn([none, off].join('\n'), { data })
      : pass(`${none}; there may have been none`, { data });
  }
  const line = refusedLine(own.refused);
  const data = refusalData(own.refused);
  if (!isDenied(own.refused)) return fail(line, { data });
  if (sees === false) return blocked('user-real-time-events', line, data);
  const otherSpeaks = object === 'LogoutEvent' && 'refused' in other && isDenied(other.refused);
  if (otherSpeaks) return skip(`${line}\nas with LoginEvent; see data-login-events`, { data });
  const causes = sees
    ? [cause('likely', licence), cause('possibly', 'the storage of these events is switched off')]
    : [cause('likely', permission), cause('or', licence)];
  return warn([line, ...causes].join('\n'), { data, fix: `${eventStorage(object)}; without the licence ${askVendor}` });
}
