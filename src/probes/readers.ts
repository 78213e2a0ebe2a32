import type { AppHeader } from '../app/settings.ts';
import type { FactName, Known, LoginRead, SoughtApp } from '../checks/facts.ts';
import type { Reading, Readers } from '../checks/run.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import { AppReader } from '../org/app-reader.ts';
import type { Network } from '../org/http.ts';
import { once } from '../org/once.ts';
import type { OrgSession } from '../org/session.ts';
import { makeAppReaders } from './app-readers.ts';
import { appBesideLogin, provenByLogin } from './app-beside-login.ts';
import { readAppWitness } from './app-witness.ts';
import { asReading, tryLogin, type Tried } from './attempt.ts';
import { readCertificateFile } from './certificate.ts';
import { makeDataReaders } from './data.ts';
import { readHost } from './host.ts';
import { readIdentity } from './identity.ts';
import { readKeyFile } from './key-file.ts';

export type Sources = {
  given: Known & { login: StoredLogin };
  network: Network;
  /** The certificate that the user named; else it is looked for beside the key. */
  certificateFile?: string | undefined;
  /** What the run is about; a login is attempted only if it is among it. */
  wanted: ReadonlySet<FactName>;
};

type LoginReaders = Readers<keyof LoginRead>;

/** One reader per fact of a login; whoever asks second gets the first answer. At most two requests follow one another. */
export function makeReaders(sources: Sources): LoginReaders {
  return loginReaders(sources).readers;
}

function loginReaders({ given, network, certificateFile, wanted }: Sources): {
  readers: LoginReaders;
  tried: () => Promise<Tried>;
} {
  const { login } = given;
  const keyFile = once(() => readKeyFile(login));
  const tried = once(async (): Promise<Tried> =>
    wanted.has('attempt') ? tryLogin(login, network, keyFile) : { blocked: 'login-accepted' }
  );
  return {
    tried,
    readers: {
      keyFile,
      certificate: once(() => readCertificateFile(given, certificateFile, keyFile)),
      host: once(async () => readHost(login, network, await tried())),
      attempt: once(async () => asReading(await tried())),
      identity: once(async () => readIdentity(network, await tried())),
    },
  };
}

/** What `--admin-org` lends. */
export type Witness = { session: OrgSession; callbackUrl: string };

/**
 * The readers of `verify`: of the login, of what the collector would get with it, and, with an administrator's session, of the app and
 * the user.
 */
export async function makeVerifyReaders(
  sources: Sources,
  witness: Witness | undefined
): Promise<{ readers: Partial<Readers>; sought: SoughtApp | undefined }> {
  const { given, network } = sources;
  const { readers, tried } = loginReaders(sources);
  const data = { login: given.login, network, tried, identity: readers.identity };
  if (!witness) {
    const nobody = { appWitness: () => Promise.resolve({ value: undefined }) };
    return { readers: { ...readers, ...makeDataReaders(data), ...nobody }, sought: undefined };
  }
  const { session, callbackUrl } = witness;
  const { clientId, username } = given.login;
  // Held against what the app has, if the key's own is on this machine.
  const local = await readers.certificate();
  const here = 'value' in local ? fingerprintOf(local.value) : undefined;
  const isStray = 'value' in local && local.value.belongsToKey === false;
  const ours = isStray ? undefined : here;
  const sought = { admin: session.name, clientId, callbackUrl, username, certificate: ours };
  const ofOrg = clientId === undefined ? appReadersWithout() : makeAppReaders(new AppReader(session), sought);
  const app = { ...ofOrg, app: provenByLogin(ofOrg.app, tried) };
  const more = makeDataReaders({ ...data, admin: { session, ...app } });
  const certificates = { ours, stray: isStray ? here : undefined };
  const appWitness = once(() => readAppWitness(tried, { ...app, userState: more.userState }, certificates));
  const beside = appBesideLogin(app, { tried, userState: more.userState });
  return { readers: { ...readers, ...beside, ...more, appWitness }, sought };
}

const fingerprintOf = ({ path, facts }: LoginRead['certificate']): NonNullable<SoughtApp['certificate']> => ({
  path,
  fingerprint256: facts.fingerprint256,
});

/** A login without a client id says nothing of its app; the check of the hand-over tells. */
function appReadersWithout(): ReturnType<typeof makeAppReaders> {
  const blocked = (): Promise<Reading<never>> => Promise.resolve({ blocked: 'handover-complete' });
  const app: () => Promise<Reading<AppHeader>> = blocked;
  return {
    app,
    appState: blocked,
    appScopes: blocked,
    appPolicy: blocked,
    appOauth: blocked,
    preauthorisation: blocked,
  };
}
