import { readAppName } from '../app/name.ts';
import { toError } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { AppReader } from '../org/app-reader.ts';
import type { Network } from '../org/http.ts';
import { openSession } from '../org/session.ts';
import { findExisting } from './app-situation.ts';
import { planAccess, usersBeside } from './remove-access.ts';
import { planFiles, type FilesMeans, type FilesPlan } from './remove-files.ts';
import { planLogins } from './remove-logins.ts';
import { removalSteps, type RemovalStep } from './remove-steps.ts';
import type { Leaving, RemoveRequest, ShownRemoval } from './remove-talk.ts';

/** What is there of all that setup makes, and may be taken away. */
export type RemovePlan = { steps: RemovalStep[]; shown: ShownRemoval };

/**
 * Reads the org, the stored logins and the files.
 *
 * @throws RemoveUserOfAdmin, RemoveThroughApp, UserUnknown, OrgRefused, and what names an app or a login wrongly
 */
export async function planRemoval(
  request: RemoveRequest,
  network: Network,
  keystorePassword: FilesMeans['keystorePassword']
): Promise<RemovePlan> {
  const name = readAppName(request.name);
  if ('problem' in name) throw toError(name.problem);
  const session = await openSession(request.targetOrg, network, readKeyFrom);
  const reader = new AppReader(session);
  const found = await findExisting(reader, name);
  const app = found?.marked === true && found.kind === 'external-client-app' ? found : undefined;
  const logins = await planLogins(reader, app, request.username);
  const ours = new Set(logins.users.map((one) => one.toLowerCase()));
  const means = { now: network.now(), keystorePassword: request.files ? keystorePassword : noPassword };
  const [access, others, files] = await Promise.all([
    planAccess(reader, { app, labels: [name.label, ...(app ? [app.label] : [])], ours }),
    app && usersBeside(session, app, ours),
    planFiles(logins, means),
  ]);
  const steps = removalSteps(session, {
    ...{ app, assignments: access.assignments, sets: access.sets, files: request.files ? files.files : [] },
    logins: logins.remove.map(({ username }) => username),
  });
  const left: Leaving[] = [
    ...(found && !app ? [{ kind: 'app' as const, name: found.label, reason: 'not-ours' as const }] : []),
    ...[...access.left, ...logins.left],
    ...(request.files ? files.left : notAsked(files)),
  ];
  return { steps, shown: { org: session.name, items: steps.map(({ part }) => part), left, others } };
}

const noPassword = (): Promise<undefined> => Promise.resolve(undefined);

/** What --files would remove; for a keystore nobody was asked for a password. */
const notAsked = ({ files, left }: FilesPlan): Leaving[] => [
  ...[...files.map(({ path }) => path), ...left.flatMap(({ name, reason }) => (reason === 'locked' ? [name] : []))].map(
    (name): Leaving => ({ kind: 'file', name, reason: 'files-not-asked' })
  ),
  ...left.filter(({ reason }) => reason === 'earlier-key'),
];
