import type { X509Certificate } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { describeCertificate } from '../cert/certificate.ts';
import { isDue, isFresh, nextStep, type RenewalStep } from '../cert/renewal.ts';
import { isSameKey } from '../cert/same-key.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError, toError } from '../errors.ts';
import { readKeyFrom } from '../files/private-key.ts';
import { takenNames } from '../files/publish.ts';
import { isRegularFile } from '../files/remove.ts';
import { audienceOf, nameOf, tokenHostOf, type StoredLogin } from '../handover/stored-login.ts';
import { AppReader } from '../org/app-reader.ts';
import type { Network } from '../org/http.ts';
import { openSession, type OrgSession } from '../org/session.ts';
import { keysOfOthers, otherLogins, resolveLogin } from '../org/stored-logins.ts';
import { findHolder, readHolding, type HoldingApp } from './renew-app.ts';
import { makeStaged, readStaged, stagedFolder, type StagedSet } from './renew-files.ts';
import { readBeside, readPresentSet, type PresentSet } from './renew-set.ts';
import type { RenewRequest, RenewTalk, ShownRenewal } from './renew-talk.ts';

/** A login by private key, with all that a renewal needs of it. */
export type RenewableLogin = {
  stored: StoredLogin;
  username: string;
  clientId: string;
  host: string;
  audience: string;
};

/** What is there before anything is decided. */
export type RenewScene = {
  request: RenewRequest;
  login: RenewableLogin;
  set: PresentSet;
  session: OrgSession;
  reader: AppReader;
  now: Date;
};

/** What is to be done in place: the same app, the same files. */
export type RenewPlan = RenewScene & {
  holding: HoldingApp;
  step: RenewalStep;
  staged: StagedSet;
  /** The folder of the renewal holds what is of no use any more. */
  isLittered: boolean;
  shown: ShownRenewal;
};

/**
 * Reads login, pair and administrator's session.
 *
 * @throws LoginMissing, LoginUnknown, LoginNotJwt, RenewalAdminMissing, AdminOfAnotherOrg, and what is wrong with the pair
 */
export async function readScene(request: RenewRequest, network: Network, talk: RenewTalk): Promise<RenewScene> {
  const login = renewable(await resolveLogin(request.targetOrg));
  const set = await readPresentSet(login.stored.keyPath ?? '');
  const admin = request.adminOrg ?? (await talk.askAdmin?.(await otherLogins()));
  if (admin === undefined) throw aquilaError('RenewalAdminMissing', [nameOf(login.stored)]);
  const session = await openSession(admin, network, readKeyFrom);
  if (session.orgId.slice(0, 15) !== login.stored.orgId?.slice(0, 15)) {
    throw aquilaError('AdminOfAnotherOrg', [session.name, nameOf(login.stored)]);
  }
  return { request, login, set, session, reader: new AppReader(session), now: network.now() };
}

function renewable(stored: StoredLogin): RenewableLogin {
  const { username, clientId, keyPath, instanceUrl } = stored;
  const [host, audience] = [tokenHostOf(stored), audienceOf(stored)];
  const lacking =
    keyPath === undefined ? 'private key' : clientId === undefined ? 'client id' : host ? undefined : 'login URL';
  if (lacking !== undefined || clientId === undefined || host === undefined || audience === undefined) {
    throw aquilaError(
      'LoginNotJwt',
      [nameOf(stored), lacking ?? 'audience'],
      [username, instanceUrl ?? 'INSTANCE_URL']
    );
  }
  return { stored, username, clientId, host, audience };
}

/**
 * Compares pair, waiting pair and app, and makes the new pair in memory.
 *
 * @returns undefined where a renewal was wanted only if needed, and is not
 * @throws RenewalByAuthority, RenewalKeyNotOfApp, RenewalKeyShared, RenewalUnfinished, FileIsLink, and what `readHolding`, `readStaged` and
 *   `readBeside` throw
 */
export async function planRenewal(scene: RenewScene, talk: RenewTalk): Promise<RenewPlan | undefined> {
  const { request, login, set, reader, now } = scene;
  const app = await findHolder(reader, { clientId: login.clientId, name: request.name });
  const holding = await readHolding(reader, app, login.clientId);
  const waiting = await readStaged(set);
  if (request.ifNeeded && waiting === undefined && !isNeeded(scene, holding.held)) return undefined;
  requireOwnCertificate(set);
  const { step, found } = whereToGoOn(scene, holding.held, waiting === 'empty' ? undefined : waiting);
  if (step === 'begin' || step === 'deploy') requireOurKey(scene, holding);
  const kind = found?.kind ?? (request.rekey ? 'rekey' : 'renew');
  const others = await loginsWithSameKey(scene);
  if (others.length > 0 && kind === 'rekey') throw aquilaError('RenewalKeyShared', [others.join(', '), set.keyFile]);
  const { beside, left } = found ? { beside: [], left: [] } : await readBeside(set, kind === 'rekey', talk.secrets);
  const staged = found ?? (await makeStaged(set, beside, { kind, days: request.days, now }));
  for (const { name } of staged.files) await requireNoLink(join(set.folder, name));
  const shown = { ...shownOf(scene, app.label, holding.held, staged), resumed: found !== undefined, left, others };
  const isLittered = waiting !== undefined && found === undefined;
  return { ...scene, holding, step, staged, isLittered, shown };
}

/** Whether file or app has a certificate that ends too soon. */
export const isNeeded = ({ set, now, request }: RenewScene, held: X509Certificate | undefined): boolean =>
  isDue(
    [set.certificate, ...(held ? [held] : [])].map(({ validToDate }) => validToDate),
    now,
    request.warnDays
  );

/** The step, and the waiting set that it goes on with; none where it begins. @throws RenewalUnfinished */
function whereToGoOn(
  { request, set, now }: RenewScene,
  held: X509Certificate | undefined,
  waiting: StagedSet | undefined
): { step: RenewalStep; found: StagedSet | undefined } {
  const staged = isForgotten(waiting, held, now) ? undefined : waiting;
  const state = {
    present: set.certificate.fingerprint256,
    staged: staged && { fingerprint256: staged.certificate.fingerprint256, kind: staged.kind },
    held: held?.fingerprint256,
  };
  const next = nextStep(state, request.rekey ? 'rekey' : 'renew', stagedFolder(set));
  if ('problem' in next) throw toError(next.problem);
  return { step: next.step, found: next.step === 'begin' ? undefined : staged };
}

/** A set that waits since long ago, and that the app does not hold: no deployment of it can be on its way any more. */
const isForgotten = (waiting: StagedSet | undefined, held: X509Certificate | undefined, now: Date): boolean =>
  waiting !== undefined &&
  held !== undefined &&
  held.fingerprint256 !== waiting.certificate.fingerprint256 &&
  !isFresh(waiting.certificate, now);

/** @throws RenewalKeyNotOfApp where another key than ours is in use */
function requireOurKey({ set, session, login }: RenewScene, { app, held }: HoldingApp): void {
  if (!held || isSameKey(held.publicKey, set.certificate.publicKey)) return;
  const names = [nameOf(login.stored), session.name].map(shellWord);
  throw aquilaError('RenewalKeyNotOfApp', [app.label, held.fingerprint256, set.keyFile], names);
}

async function loginsWithSameKey({ login, set }: RenewScene): Promise<string[]> {
  const others = await keysOfOthers([login.username]);
  return others.filter(({ keyPath }) => keyPath === set.keyFile).map(({ username }) => username);
}

/** What a plan in place says of both certificates. */
export function shownOf(
  { set, session, now }: RenewScene,
  app: string,
  held: X509Certificate | undefined,
  { kind, certificate, files }: StagedSet
): Omit<ShownRenewal, 'resumed' | 'left' | 'others'> {
  const present = describeCertificate(set.certificate, now);
  return {
    ...{ kind, app, org: session.name, instanceUrl: session.instanceUrl, present },
    heldOther: held && held.fingerprint256 !== present.fingerprint256 ? held.fingerprint256 : undefined,
    hidden: held === undefined,
    next: describeCertificate(certificate, now),
    ...{ folder: set.folder, waiting: stagedFolder(set), files: files.map(({ name }) => name) },
  };
}

/** An authority signs the next certificate as it signed this one. @throws RenewalByAuthority */
export function requireOwnCertificate({ certificate, certificateFile, base, folder, keyFile }: PresentSet): void {
  if (certificate.subject === certificate.issuer) return;
  const request = join(folder, `${base}.csr`);
  throw aquilaError('RenewalByAuthority', [certificateFile], [shellWord(request), shellWord(keyFile)]);
}

/** What could not be replaced at the end must not be found out only there. @throws FileIsLink */
async function requireNoLink(path: string): Promise<void> {
  const isThere = takenNames(dirname(path), [basename(path)], { force: true }).length > 0;
  if (isThere && !(await isRegularFile(path))) throw aquilaError('FileIsLink', [path]);
}
