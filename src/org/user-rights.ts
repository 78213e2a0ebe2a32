import type { GrantedSession } from './granted-session.ts';
import type { Answer } from './refusal.ts';

type RightsRow = Partial<Record<(typeof columns)[number] | typeof realTime, boolean>>;

export type Rights = {
  apiEnabled: boolean;
  viewEventLogFiles: boolean;
  viewRealTimeEvents: boolean | undefined;
  viewAllData: boolean;
  viewSetup: boolean;
};

const columns = [
  'PermissionsApiEnabled',
  'PermissionsViewEventLogFiles',
  'PermissionsViewAllData',
  'PermissionsViewSetup',
] as const;

/** Not every org may have this column (docs/reference/aquila-collector.md §5.2): the others are asked for without it if need be. */
const realTime = 'PermissionsViewDataLeakageEvents';

/** What the user of the token may do. UserPermissionAccess has one row, that of whoever asks; undefined where it has none. */
export async function readUserRights({ query }: GrantedSession): Promise<Answer<Rights | undefined>> {
  const ask = (...names: string[]) => query<RightsRow>(`SELECT ${names.join(', ')} FROM UserPermissionAccess`);
  const whole = await ask(...columns, realTime);
  const answer = 'refused' in whole && whole.refused.errorCode === 'INVALID_FIELD' ? await ask(...columns) : whole;
  if ('refused' in answer) return answer;
  const [row] = answer.value;
  return {
    value: row && {
      apiEnabled: row.PermissionsApiEnabled === true,
      viewEventLogFiles: row.PermissionsViewEventLogFiles === true,
      viewRealTimeEvents: row[realTime],
      viewAllData: row.PermissionsViewAllData === true,
      viewSetup: row.PermissionsViewSetup === true,
    },
  };
}
