import { basename, join } from 'node:path';
import { appCertificateFingerprint, readAppCertificate, type AppCertificate } from '../app/certificate.ts';
import { defineApp, type AppDefinition } from '../app/definition.ts';
import { nextAppName } from '../app/name.ts';
import type { AppGrantee, AppHeader } from '../app/settings.ts';
import { textOf } from '../app/words.ts';
import { isFresh, unfinished } from '../cert/renewal.ts';
import { isSameKey } from '../cert/same-key.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError, toError } from '../errors.ts';
import { publishFiles } from '../files/publish.ts';
import type { Network } from '../org/http.ts';
import { granted, readSituation, type Situation } from './app-situation.ts';
import { planWork, type AppWork } from './app-work.ts';
import { carryOut } from './create-app.ts';
import { keepLogin } from './login.ts';
import { findHolder } from './renew-app.ts';
import { makeStaged, readStaged, readWaiting, stagedFolder, type StagedSet } from './renew-files.ts';
import { isNeeded, requireOwnCertificate, shownOf, type RenewScene } from './renew-plan.ts';
import { readBeside } from './renew-set.ts';
import type { RenewResult, RenewStage, RenewTalk, ShownRenewal } from './renew-talk.ts';
import { waitForLogin } from './wait-for-login.ts';

/** What is to be done beside the app that there is: a second app, with a pair in a folder of its own. */
export type BesidePlan = RenewScene & {
  work: AppWork;
  staged: StagedSet;
  /** Absolute; the files of a run that was interrupted may lie there already. */
  folder: string;
  isWritten: boolean;
  shown: ShownRenewal;
  /** Lets the org validate it. */
  validate: () => Promise<void>;
};

const unseen = { goTo: () => undefined, fail: () => undefined };

/**
 * Plans a second app like the first one, with the next number at the end of its name and a key of its own.
 *
 * @returns undefined where a renewal was wanted only if needed, and is not
 * @throws RenewalUnfinished where a renewal in place waits, RenewalAppExists where an app of that name holds another certificate, and what
 *   keeps an app from being planned
 */
export async function planBeside(scene: RenewScene, talk: RenewTalk): Promise<BesidePlan | undefined> {
  const { request, login, set, session, reader, now } = scene;
  const app = await findHolder(reader, { clientId: login.clientId, name: request.name });
  const text = granted(await reader.oauth(app))?.certificate;
  const held = text === undefined ? undefined : readAppCertificate(text);
  const waiting = await readStaged(set);
  if (waiting !== undefined && waiting !== 'empty') {
    throw toError(unfinished(waiting.kind, stagedFolder(set), 'without --side-by-side'));
  }
  if (request.ifNeeded && !isNeeded(scene, held)) return undefined;
  requireOwnCertificate(set);
  const name = nextAppName(app.label);
  const folder = join(set.folder, name.replace(/[^\p{L}\p{N}.-]+/gu, '_'));
  const written = await readWaiting(set, folder);
  if (written && !isOfThisWork(written, scene)) throw aquilaError('RenewalFolderUnknown', [folder]);
  const { beside, left } = written ? { beside: [], left: [] } : await readBeside(set, true, talk.secrets);
  const staged = written ?? (await makeStaged(set, beside, { kind: 'rekey', days: request.days, now }));
  const certificate = { pem: staged.pem, fingerprint256: staged.certificate.fingerprint256 };
  const definition = { ...(await likeThe(app, scene, name)), certificate };
  const situation = await readSituation(session, reader, definition, login.username);
  requireOurs(situation, certificate, { isWritten: written !== undefined, org: session.name });
  const work = await planWork({ session, reader, definition, situation }, { dryRun: request.dryRun });
  const shown: ShownRenewal = {
    ...shownOf(scene, app.label, held, staged),
    ...{ resumed: written !== undefined, left, others: [], folder, waiting: folder, beside: name },
  };
  const validate = async (): Promise<void> => {
    await carryOut(work, { dryRun: true }, unseen);
  };
  return { ...scene, work, staged, folder, isWritten: written !== undefined, shown, validate };
}

/**
 * An app of that name is ours if it holds the new certificate, or if it does not show one and an earlier run has written the pair.
 *
 * @throws RenewalAppExists
 */
function requireOurs(
  { app, parts }: Situation,
  { fingerprint256 }: AppCertificate,
  { isWritten, org }: { isWritten: boolean; org: string }
): void {
  if (!app) return;
  const held = parts?.global && textOf(parts.global.fields, 'certificate');
  const isOurs = held === undefined ? isWritten : appCertificateFingerprint(held) === fingerprint256;
  if (!isOurs) throw aquilaError('RenewalAppExists', [app.label], [org, app.label].map(shellWord));
}

/** A new key with a certificate of the last days; anything else there is not what a run of this command has begun. */
const isOfThisWork = ({ certificate }: StagedSet, { set, now }: RenewScene): boolean =>
  isFresh(certificate, now) && !isSameKey(certificate.publicKey, set.certificate.publicKey);

/** An app with the settings that a person chose for another one; whatever else there is comes from the guide. */
async function likeThe(app: AppHeader, { reader }: RenewScene, name: string): Promise<AppDefinition> {
  const [policy, oauth, { grantees }] = await Promise.all([
    reader.policy(app).then(granted),
    reader.oauth(app).then(granted),
    reader.preauthorisation(app, undefined).then(granted),
  ]);
  const named = (kind: AppGrantee['kind']): string[] =>
    grantees.filter((one) => one.kind === kind).map((grantee) => grantee.name);
  const { refreshToken, sessionTimeout, clientCredentials, clientCredentialsUser } = policy ?? {};
  const isInDays = refreshToken?.policy === 'specific-lifetime' && refreshToken.unit === 'days';
  const defined = defineApp({
    ...{ name, contactEmail: app.contactEmail, callbackUrl: oauth?.callbackUrls[0], sessionTimeout },
    ...{ permissionSets: named('permission-set'), profiles: named('profile') },
    refreshTokenDays: isInDays ? refreshToken.period : undefined,
    clientCredentialsUser: clientCredentials ? clientCredentialsUser : undefined,
  });
  if ('problem' in defined) throw toError(defined.problem);
  return defined.definition;
}

/**
 * Makes the second app, proves it by a login with the new key, and stores that login in place of the one through the first app. The first
 * app and its key stay as they are.
 *
 * @throws what `carryOut`, `waitForLogin` and `keepLogin` throw; RenewalClientIdHidden where an interrupted run made the app and the org
 *   does not show its client id
 */
export async function renewBeside(
  plan: BesidePlan,
  network: Network,
  goTo: (stage: RenewStage) => void
): Promise<RenewResult> {
  const { work, staged, folder, isWritten, set, login, request, shown } = plan;
  goTo('stage');
  if (!isWritten) await publishFiles(folder, staged.files, { force: false });
  goTo('deploy');
  const app = await carryOut(work, { dryRun: false }, unseen);
  const keyFile = join(folder, basename(set.keyFile));
  const clientId = app.clientId ?? (work.plan.created ? work.chosenId : undefined);
  const { username, host, audience } = login;
  if (clientId === undefined) {
    throw aquilaError('RenewalClientIdHidden', [app.name], [username, keyFile, host].map(shellWord));
  }
  goTo('prove');
  const { privateKey } = staged;
  const asked = { clientId, username, instanceUrl: host, audience, minutes: request.wait };
  const { granted: grant } = await waitForLogin({ ...asked, privateKey, keyFile, network });
  goTo('replace');
  const effects = { setDefault: false, setDefaultDevHub: false };
  await keepLogin({ username, clientId, keyPath: keyFile, endpoint: { host, audience }, grant }, effects, network);
  return {
    ...{ certificate: shown.next, rekeyed: true, deployed: work.changes.length > 0, verified: true, backup: [] },
    ...{ app: app.name, clientId, keyFile },
  };
}
