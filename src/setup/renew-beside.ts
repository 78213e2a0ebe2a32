import { basename, join } from 'node:path';
import { appCertificateFingerprint, readAppCertificate } from '../app/certificate.ts';
import { defineApp, type AppDefinition } from '../app/definition.ts';
import { nextAppName } from '../app/name.ts';
import type { AppGrantee, AppHeader } from '../app/settings.ts';
import { textOf } from '../app/words.ts';
import { describeCertificate } from '../cert/certificate.ts';
import { isDue, isFresh, unfinished } from '../cert/renewal.ts';
import { isSameKey } from '../cert/same-key.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError, toError } from '../errors.ts';
import { publishFiles } from '../files/publish.ts';
import type { Network } from '../org/http.ts';
import { granted, readSituation } from './app-situation.ts';
import { planWork, type AppWork } from './app-work.ts';
import { carryOut } from './create-app.ts';
import { keepLogin } from './login.ts';
import { findHolder } from './renew-app.ts';
import { makeStaged, readStaged, readWaiting, stagedFolder, type StagedSet } from './renew-files.ts';
import { requireOwnCertificate, type RenewScene } from './renew-plan.ts';
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
  const ends = [set.certificate, ...(held ? [held] : [])].map(({ validToDate }) => validToDate);
  const waiting = await readStaged(set);
  if (waiting !== undefined && waiting !== 'empty') {
    throw toError(unfinished(waiting.kind, stagedFolder(set), 'without --side-by-side'));
  }
  if (request.ifNeeded && !isDue(ends, now, request.warnDays)) return undefined;
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
  const global = situation.parts?.global;
  const other = global && textOf(global.fields, 'certificate');
  const isOurs =
    other === undefined ? written !== undefined : appCertificateFingerprint(other) === certificate.fingerprint256;
  if (situation.app && !isOurs) {
    throw aquilaError('RenewalAppExists', [situation.app.label], [session.name, situation.app.label].map(shellWord));
  }
  const work = await planWork({ session, reader, definition, situation }, { dryRun: request.dryRun });
  const shown: ShownRenewal = {
    ...{ kind: 'rekey', resumed: written !== undefined, app: app.label, org: session.name },
    ...{ instanceUrl: session.instanceUrl, username: login.username, left, shared: false },
    present: describeCertificate(set.certificate, now),
    heldOther: undefined,
    hidden: held === undefined,
    next: describeCertificate(staged.certificate, now),
    ...{ folder, waiting: folder, files: staged.files.map((file) => file.name), beside: name },
  };
  const validate = async (): Promise<void> => {
    await carryOut(work, { dryRun: true }, unseen);
  };
  return { ...scene, work, staged, folder, isWritten: written !== undefined, shown, validate };
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
