import type { FactName, Known, LoginRead } from '../checks/facts.ts';
import type { StoredLogin } from '../handover/stored-login.ts';
import type { Readers } from '../checks/run.ts';
import type { Network } from '../org/http.ts';
import { asReading, tryLogin, type Tried } from './attempt.ts';
import { readCertificateFile } from './certificate.ts';
import { readHost } from './host.ts';
import { readIdentity } from './identity.ts';
import { readKeyFile } from './key-file.ts';
import { once } from '../org/once.ts';

export type Sources = {
  given: Known & { login: StoredLogin };
  network: Network;
  /** The certificate that the user named; else it is looked for beside the key. */
  certificateFile?: string | undefined;
  /** What the run is about; a login is attempted only if it is among it. */
  wanted: ReadonlySet<FactName>;
};

/** One reader per fact; whoever asks second gets the first answer. At most two requests follow one another. */
export function makeReaders({ given, network, certificateFile, wanted }: Sources): Readers<keyof LoginRead> {
  const { login } = given;
  const keyFile = once(() => readKeyFile(login));
  const tried = once(async (): Promise<Tried> =>
    wanted.has('attempt') ? tryLogin(login, network, keyFile) : { blocked: 'login-accepted' }
  );
  return {
    keyFile,
    certificate: once(() => readCertificateFile(given, certificateFile, keyFile)),
    host: once(async () => readHost(login, network, await tried())),
    attempt: once(async () => asReading(await tried())),
    identity: once(async () => readIdentity(network, await tried())),
  };
}
