import type { EventLogFiles, Refused, Rows, UserRights } from '../data-facts.ts';

/** The rights of the user; undefined where the org does not show them. */
export const rightsOf = (userRights: UserRights | Refused | undefined): UserRights | undefined =>
  userRights === undefined || 'refused' in userRights ? undefined : userRights;

/** Whether the user may see log files; undefined where neither the rights nor a row of the query tell. */
export function seesLogFiles(
  userRights: UserRights | Refused | undefined,
  files: EventLogFiles | Refused
): boolean | undefined {
  if ('hourly' in files && files.hourly + files.daily > 0) return true;
  const rights = rightsOf(userRights);
  return rights && (rights.viewEventLogFiles || rights.viewAllData);
}

/**
 * Whether the user may see stored events. A row proves it, whatever the rights say. Undefined where neither tells.
 */
export function seesEvents(
  userRights: UserRights | Refused | undefined,
  ...events: ReadonlyArray<Rows | Refused>
): boolean | undefined {
  return events.some((one) => 'rows' in one && one.rows > 0) || rightsOf(userRights)?.viewRealTimeEvents;
}
