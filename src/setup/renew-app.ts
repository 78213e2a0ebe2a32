import type { X509Certificate } from 'node:crypto';
import { appCertificateFingerprint, readAppCertificate } from '../app/certificate.ts';
import type { Part } from '../app/component.ts';
import { deployable } from '../app/plan.ts';
import type { AppHeader } from '../app/settings.ts';
import { textOf } from '../app/words.ts';
import { shellWord } from '../cert/shell.ts';
import { aquilaError, didYouMean } from '../errors.ts';
import { AppReader } from '../org/app-reader.ts';
import { findApp } from '../org/find-app.ts';
import type { OrgSession } from '../org/session.ts';
import { deployParts } from './app-deploy.ts';
import { granted } from './app-situation.ts';

/** The app of a login, with the settings that its certificate is among. */
export type HoldingApp = {
  app: AppHeader;
  /** As the org returned them. */
  settings: Part;
  /** Undefined where the org does not show it, or where it is none. */
  held: X509Certificate | undefined;
};

/**
 * The app behind a client id, or the one of this name.
 *
 * @throws AppNotFound, AppOfClientIdNotFound, OrgRefused
 */
export async function findHolder(
  reader: AppReader,
  { clientId, name }: { clientId: string; name: string | undefined }
): Promise<AppHeader> {
  const { app, names } = granted(await findApp(reader, name === undefined ? { clientId } : { name }));
  if (app) return app;
  const all = granted(await reader.apps());
  // An app that isn't among those that can be seen may well be among the others.
  if (all.hidden) granted({ refused: all.hidden });
  if (name === undefined) throw aquilaError('AppOfClientIdNotFound');
  const near = didYouMean(name, names) ?? 'Nothing in the org has a name like it.';
  throw aquilaError('AppNotFound', [name], [near, reader.session.name, shellWord(name)]);
}

/**
 * What the app holds.
 *
 * @throws RenewalConnectedApp for an app of the older kind, RenewalOtherApp where the org shows another client id,
 *   RenewalWithoutSettings
 */
export async function readHolding(reader: AppReader, app: AppHeader, clientId: string): Promise<HoldingApp> {
  if (app.kind === 'connected-app') throw aquilaError('RenewalConnectedApp', [app.label]);
  const settings = granted(await reader.settings(app));
  if (!settings) throw aquilaError('RenewalWithoutSettings', [app.label]);
  const shown = textOf(settings.fields, 'consumerKey');
  if (shown !== undefined && shown !== clientId) throw aquilaError('RenewalOtherApp', [app.label]);
  const text = textOf(settings.fields, 'certificate');
  return { app, settings, held: text === undefined ? undefined : readAppCertificate(text) };
}

/**
 * Puts a certificate into the app and leaves every other setting as it is, or lets the org only validate that.
 *
 * @param pem alone, PEM
 * @throws AppDeployRefused, MetadataOutcomeUnknown, MetadataTimedOut, or what keeps the network from answering
 */
export async function deployCertificate(
  session: OrgSession,
  { app, settings }: HoldingApp,
  pem: string,
  { checkOnly = false } = {}
): Promise<void> {
  const part = deployable('global', settings, session.orgId);
  const whole = { ...part, fields: { ...part.fields, certificate: pem.trimEnd() } };
  await deployParts(session, { deploy: [whole] }, { names: { org: session.name, app: app.label }, checkOnly });
}

/** Milliseconds between two looks at the app. */
const pauseMs = 5000;

/**
 * Reads the certificate of the app until it is the wanted one.
 *
 * @param until as of `session.now`
 * @returns `hidden` where the org does not show it
 * @throws RenewalNotShown when the time is over and it is another one
 */
export async function awaitCertificate(
  session: OrgSession,
  { app }: HoldingApp,
  fingerprint256: string,
  { until, pause = sleep }: { until: Date; pause?: (milliseconds: number) => Promise<void> }
): Promise<'shown' | 'hidden'> {
  for (;;) {
    // A new reader each time: what was read before is what has to change.
    const text = granted(await new AppReader(session).oauth(app))?.certificate;
    if (text === undefined) return 'hidden';
    const held = appCertificateFingerprint(text);
    if (held === fingerprint256) return 'shown';
    if (session.now().getTime() + pauseMs > until.getTime()) {
      throw aquilaError('RenewalNotShown', [app.label, held ?? 'something that is no certificate', fingerprint256]);
    }
    await pause(pauseMs);
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
