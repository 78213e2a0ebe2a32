import { Messages } from '@salesforce/core/messages';
import type { Change } from '../app/plan.ts';
import { shellWord } from '../cert/shell.ts';
import { loginCommand } from '../handover/fields.ts';
import { loginAgain } from '../org/login-again.ts';
import type { AppWork } from './app-work.ts';
import type { SetupPlan } from './setup-plan.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');
const say = (name: string, ...tokens: string[]): string => messages.getMessage(`undo.${name}`, tokens);

// How a person takes back what a step has done, line by line.

export const undoOfPair = ({ pair }: SetupPlan): string[] => [
  say('certificate', Object.values(pair.written).join(', ')),
];

export function undoOfPermissionSet(plan: SetupPlan): string[] {
  const { permissionSet } = plan;
  if (!permissionSet) return [];
  const { name, created, lacking } = permissionSet;
  if (!created) return [say('permissions', name, lacking.map(({ label }) => label).join(', '))];
  const all = undoOfEverything(plan);
  return all.length > 0 ? all : [say('permission-set', name)];
}

/** @param work what was done in the end, which can name what the plan could not know */
export function undoOfApp(plan: SetupPlan, work: AppWork): string[] {
  const { access, changes, shown } = work;
  if (plan.work.plan.created) return undoOfEverything(plan);
  const isAssignment = ({ to }: Change): boolean => access.assign?.grantee.name === to;
  const settings = changes.filter((one) => !(access.changes.includes(one) && isAssignment(one)));
  const list = settings.map(({ setting, from, to }) => say('setting', setting, from ?? say('nothing'), to));
  return settings.length === 0 ? [] : [say('settings', shown.app, list.join('; '))];
}

export const undoOfAccess = ({ access: { assign } }: AppWork): string[] =>
  assign ? [say('access', assign.grantee.name, assign.user.username)] : [];

export function undoOfLogin(plan: SetupPlan): string[] {
  const { username } = plan.shown;
  const { stored, shown } = plan.login;
  const { replaces, isStored, alias, keyPath } = shown;
  const all = undoOfEverything(plan);
  const isNew = !isStored && replaces === undefined;
  const earlier = stored && (stored.keyPath === undefined ? loginAgain(stored) : loginCommand(stored));
  return [
    ...(isNew ? (all.length > 0 ? all : [say('login', shellWord(username))]) : []),
    ...(replaces === undefined || earlier === undefined ? [] : [say('login.replaced', username, earlier)]),
    ...(alias?.takenFrom === undefined ? [] : [say('alias.taken', alias.name, alias.takenFrom)]),
    ...(alias && alias.takenFrom === undefined && !isNew ? [say('alias', alias.name)] : []),
    ...(keyPath === undefined || isNew
      ? []
      : [say('key-path', shellWord(username), shellWord(stored?.aquilaKeyPath ?? 'KEY_PATH'))]),
  ];
}

/** Where the app was there before, it must stay, and no command takes everything back. */
function undoOfEverything({ work, session, shown }: SetupPlan): string[] {
  if (!work.plan.created) return [];
  return [say('remove', ...[session.name, work.definition.label, shown.username].map(shellWord))];
}
