import { basename, resolve } from 'node:path';
import type { PermissionSetPlan } from '../app/permission-set.ts';
import { secretsOf, type KeystoreType } from '../cert/file-set.ts';
import { shellWord } from '../cert/shell.ts';
import { isSubject } from '../cert/subject.ts';
import { aquilaError, problemOf, toError } from '../errors.ts';
import { openToGit } from '../files/git-ignore.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { keyPathDoubt } from '../handover/fields.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import { findUsers, type UserChoice } from '../org/find-users.ts';
import type { Network } from '../org/http.ts';
import { openSession, type OrgSession } from '../org/session.ts';
import { defaultOrg, findLogin, otherLogins } from '../org/stored-logins.ts';
import { loginAliasProblem } from '../token/login-alias.ts';
import { usernameProblem } from '../token/username.ts';
import { granted, type Situation } from './app-situation.ts';
import { planWork, type AppWork } from './app-work.ts';
import { planBundle } from './bundle.ts';
import { planLogin, requireOtherUser, type LoginPlan } from './setup-login.ts';
import { incomplete, type Missing } from './setup-missing.ts';
import { findPair, lackingKeystores, planNew, planPresent, type PairPlan } from './setup-pair.ts';
import { grants, type SetupRequest } from './setup-request.ts';
import { complement, knownClientId } from './setup-scene.ts';
import type { SetupTalk, ShownSetup } from './setup-talk.ts';

export type SetupPlan = {
  request: SetupRequest & { username: string };
  session: OrgSession;
  pair: PairPlan;
  permissionSet: PermissionSetPlan | undefined;
  work: AppWork;
  /** What is there of the app's client id before the app is touched; undefined for a new app. */
  clientId: string | undefined;
  login: LoginPlan;
  shown: ShownSetup;
};

/**
 * Reads what is there, asks for what is missing, and compares. Nothing is changed, here or in the org.
 *
 * @throws SetupIncomplete, which names all that is missing where nobody can be asked; what is wrong with a file, a name or a value; what
 *   the org refuses to show
 */
export async function planSetup(request: SetupRequest, network: Network, talk: SetupTalk): Promise<SetupPlan> {
  const now = network.now();
  const unusable =
    (request.username === undefined ? undefined : usernameProblem(request.username)) ??
    (request.alias === undefined ? undefined : loginAliasProblem(request.alias));
  if (unusable) throw toError(unusable);
  const found = await findPair({ ...request, directory: request.outputDir, now });
  const session = await openOrg(request, network, talk);
  const missing: Missing[] = [];
  const username = request.username ?? (await talk.questions?.user(searchIn(session), session.username));
  if (username === undefined) missing.push('username');
  else await requireOtherUser(username, session);
  const complete = await complement({ ...request, username }, session, talk, missing);
  const { reader, definition, situation, permissionSet } = complete;
  if (!found && situation.parts?.global) throw await keyElsewhere(situation, request, username);
  const clientId = await knownClientId(complete, { ...request, username }, talk, missing);

  const subject = found ? undefined : (request.subject ?? (await talk.questions?.subject()));
  const types = request.keystores ?? (found ? [] : ((await talk.questions?.keystores()) ?? []));
  const wanted = lackingKeystores(found?.directory ?? request.outputDir, types);
  const keystores = wanted.length === 0 ? undefined : await keystoreChoice(wanted, talk, missing);
  const stored = username === undefined ? undefined : await findLogin(username);
  const asksPath = request.keyPath === undefined && stored?.aquilaKeyPath === undefined;
  const keyPath = asksPath ? await talk.questions?.keyPath() : request.keyPath;
  if (missing.length > 0) throw incomplete(missing);

  const pair = found
    ? planPresent(found, keystores, now)
    : await planNew(request.outputDir, { subject, keystores, now });
  const whole = { ...definition, certificate: pair.certificate };
  const work = await planWork({ session, reader, definition: whole, situation }, { dryRun: request.dryRun });
  const user = situation.user?.username ?? username ?? '';
  const given = { ...request, username: user, keyPath, clientId: clientId ?? work.chosenId };
  const login = await planLogin(given, session, pair);
  const parts = { request: given, session, pair, permissionSet, work, clientId, login };
  return { ...parts, shown: await show(parts, found !== undefined) };
}

type Parts = Omit<SetupPlan, 'shown'>;

/** What a person is shown, without the key. */
async function show(parts: Parts, isPresent: boolean): Promise<ShownSetup> {
  const { request, session, pair, permissionSet, work, login } = parts;
  const { username, bundle, subject } = request;
  const { directory, keyFile, certificateFile, copy, written, facts } = pair;
  const secrets = secretsOf({ ...written, privateKey: keyFile, ...(copy !== undefined && { pem: copy }) }).map((path) =>
    basename(path)
  );
  const about = {
    ...{ username, audience: login.endpoint.audience, certificate: pair.certificate.pem },
    login: changesBefore(parts) ? undefined : login.stored,
  };
  return {
    ...{ org: session.name, instanceUrl: session.instanceUrl, username, dryRun: request.dryRun },
    ...{ pair: { directory, keyFile, certificateFile, copy, written, facts }, permissionSet },
    ...{ app: work.shown, login: login.shown },
    bundle: bundle === undefined ? undefined : { path: resolve(bundle), state: await planBundle(bundle, about) },
    doubts: {
      openToGit: await openToGit(directory, secrets),
      subject: isPresent && subject !== undefined && !isSubject(facts.subject, subject),
      keyPath: request.keyPath === undefined ? undefined : keyPathDoubt(request.keyPath),
    },
  };
}

/** Whether anything changes before the bundle is written. */
const changesBefore = ({ pair, permissionSet, work, login }: Parts): boolean =>
  Object.keys(pair.written).length > 0 || permissionSet?.xml !== undefined || work.changes.length > 0 || login.changes;

/** Whether carrying it out would change anything. */
export const changesAnything = (plan: SetupPlan): boolean =>
  changesBefore(plan) || (plan.shown.bundle !== undefined && plan.shown.bundle.state !== 'same');

async function openOrg(request: SetupRequest, network: Network, talk: SetupTalk): Promise<OrgSession> {
  const target = request.targetOrg ?? (await talk.questions?.org(await otherLogins())) ?? (await defaultOrg());
  if (target !== undefined) return openSession(target, network, readKeyFrom);
  const { username, contactEmail } = request;
  throw incomplete([
    'target-org',
    ...(username === undefined ? (['username'] as const) : []),
    ...(contactEmail === undefined ? (['contact-email'] as const) : []),
    ...(grants(request) ? [] : (['permission-set'] as const)),
  ]);
}

/** All but the user whose login the setup works with. */
const searchIn =
  (session: OrgSession) =>
  async (text: string): Promise<UserChoice[]> =>
    granted(await findUsers(session, text)).filter(({ username }) => username !== session.username);

/** A new key would cut off whoever has the one whose certificate the app holds. */
async function keyElsewhere(
  { app }: Situation,
  { outputDir }: SetupRequest,
  username: string | undefined
): Promise<Error> {
  const stored: StoredLogin | undefined = username === undefined ? undefined : await findLogin(username);
  const key = stored?.keyPath ?? 'KEY_FILE';
  return aquilaError('SetupKeyElsewhere', [app?.label ?? '', resolve(outputDir)], [shellWord(key)]);
}

async function keystoreChoice(
  types: readonly KeystoreType[],
  talk: SetupTalk,
  missing: Missing[]
): Promise<Awaited<ReturnType<SetupTalk['keystoreChoice']>> | undefined> {
  try {
    return await talk.keystoreChoice(types);
  } catch (error) {
    if (problemOf(error).code !== 'KeystorePasswordMissing') throw error;
    missing.push('keystore-password');
    return undefined;
  }
}
