import { shellWord } from '../../cert/shell.ts';
import type { AppGrantee, AppHeader } from '../../app/settings.ts';
import { appCreate, mend } from '../app/mend.ts';

/** Where an app names those whom it is pre-authorised for. */
export const approvalPlace = {
  'external-client-app': 'Policies > App Policies > profiles and permission sets',
  'connected-app': 'Manage > Manage Profiles, or Manage > Manage Permission Sets',
};

export const granteeName = ({ kind, name }: AppGrantee): string => `${kind.replaceAll('-', ' ')} ${name}`;

/** A permission set that the app has already is the shortest way; else somebody must choose one. */
export function approve(app: AppHeader, grantees: readonly AppGrantee[]): string {
  const set = grantees.find(({ kind }) => kind === 'permission-set');
  const command = `${appCreate} --username <username> --permission-set ${set ? shellWord(set.name) : 'PERMISSION_SET'}`;
  const task = set
    ? `assign the permission set ${set.name} to the user, or add another that the user has`
    : 'add a permission set that the user has';
  return mend(app, command, approvalPlace, task);
}
