import type { AppHeader } from '../app/settings.ts';
import { shellWord } from '../cert/shell.ts';
import type { AppRead, SoughtApp } from '../checks/facts.ts';
import type { Denied, Reading, Readers } from '../checks/run.ts';
import { didYouMean, problem } from '../errors.ts';
import type { AppReader } from '../org/app-reader.ts';
import { findApp } from '../org/find-app.ts';
import { once } from '../org/once.ts';
import type { Answer } from '../org/session.ts';
import { guarded } from './guarded.ts';
import { permissions, unreadable } from './unreadable.ts';

/** Queries show the settings of an external client app; those of a connected app stand in its metadata (§10.4). */
const ofSettings = ({ kind }: AppHeader): string =>
  kind === 'external-client-app' ? permissions.apps : permissions.metadata;
const ofMetadata = (): string => permissions.metadata;
const ofAccess = (): string => permissions.access;

/** One reader per fact of an app. The app is found first; then everything else is read at the same time. */
export function makeAppReaders(reader: AppReader, sought: SoughtApp): Readers<keyof AppRead> {
  const app = once(() => guarded(() => readApp(reader, sought)));
  const ofApp = <Value>(
    permission: (app: AppHeader) => string,
    read: (app: AppHeader) => Promise<Answer<Value | undefined>>,
    absent: (permission: string) => Promise<Reading<Value>>
  ): (() => Promise<Reading<Value>>) =>
    once(() =>
      guarded(async (): Promise<Reading<Value>> => {
        const found = await app();
        if (!('value' in found)) return { blocked: 'app-found' };
        const answer = await read(found.value);
        if ('refused' in answer) return unreadable(answer.refused, permission(found.value));
        return answer.value === undefined ? absent(permission(found.value)) : { value: answer.value };
      })
    );
  const denied = (permission: string): Promise<{ denied: string }> => Promise.resolve({ denied: permission });
  const appState = ofApp(ofSettings, (found) => reader.state(found), denied);
  /** An app without OAuth has no settings of it, which is no matter of permissions. */
  const withoutOauth = async (permission: string): Promise<{ denied: string } | { blocked: 'app-enabled' }> => {
    const state = await appState();
    return 'value' in state && !state.value.oauth ? { blocked: 'app-enabled' } : { denied: permission };
  };
  return {
    app,
    appState,
    appScopes: ofApp(ofSettings, (found) => reader.scopes(found), withoutOauth),
    appPolicy: ofApp(ofSettings, (found) => reader.policy(found), withoutOauth),
    appOauth: ofApp(ofMetadata, (found) => reader.oauth(found), withoutOauth),
    preauthorisation: ofApp(ofAccess, (found) => reader.preauthorisation(found, sought.username), denied),
  };
}

async function readApp(reader: AppReader, sought: SoughtApp): Promise<Reading<AppHeader>> {
  const answer = await findApp(reader, sought);
  if ('refused' in answer) {
    // For a client id metadata is read too; only a query is refused in these words.
    const ofQuery = sought.clientId === undefined || answer.refused.errorCode === 'INVALID_TYPE';
    return unreadable(answer.refused, ofQuery ? permissions.apps : permissions.metadata);
  }
  const { app, names, unidentified } = answer.value;
  if (app) return { value: app };
  const all = await reader.apps();
  const { hidden, hiddenConnected } = 'value' in all ? all.value : {};
  // An app that isn't among those that can be seen may well be among the others.
  if (hidden) return unreadable(hidden, permissions.apps);
  if (hiddenConnected) return unreadable(hiddenConnected, permissions.access);
  if (unidentified.length > 0) return withoutClientId(unidentified, sought);
  return sought.clientId === undefined
    ? {
        failed: problem(
          'AppNotFound',
          [sought.name ?? ''],
          [didYouMean(sought.name ?? '', names) ?? 'See what there is: Setup > App Manager', ...inCommand(sought)]
        ),
      }
    : { failed: problem('AppOfClientIdNotFound') };
}

/** Whether that permission is enough is not certain (docs/reference/external-client-apps.md §9, §13). */
function withoutClientId(apps: readonly AppHeader[], { admin }: SoughtApp): Denied {
  const [only] = apps.length === 1 ? apps : [];
  const whose = only ? `the client id of ${only.label}` : `the client ids of ${apps.length} of its apps`;
  return {
    denied: permissions.clientId,
    detail: [
      `the org does not return ${whose}, so it may be this one`,
      `Salesforce's documentation names the permission "${permissions.clientId}" for that`,
    ].join('\n'),
    fix: [
      `give the user of ${admin} the permission "${permissions.clientId}"`,
      'or compare it in Setup > External Client App Manager > the app > Settings > OAuth Settings > Consumer Key and Secret',
      `then: sf aquila app check --target-org ${shellWord(admin)} --name ${only ? shellWord(only.label) : 'APP_NAME'}`,
    ].join('\n'),
  };
}

const inCommand = ({ admin, name }: SoughtApp): string[] => [shellWord(admin), shellWord(name ?? '')];
