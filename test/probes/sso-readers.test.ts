import { expect } from 'chai';
import type { Reading } from '../../src/checks/run.ts';
import type { SsoRead } from '../../src/checks/sso-facts.ts';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { AppReader } from '../../src/org/app-reader.ts';
import { openNetwork } from '../../src/org/http.ts';
import { openSession } from '../../src/org/session.ts';
import { SignOnReader } from '../../src/org/sign-on.ts';
import { makeAppReaders } from '../../src/probes/app-readers.ts';
import { makeFlowReaders } from '../../src/probes/flow-readers.ts';
import { makeSsoReaders } from '../../src/probes/sso-readers.ts';
import { sought } from '../checks/example-facts.ts';
import { example, presets } from '../emulator/index.ts';
import { inHome } from '../org/home.ts';
import { AppOrg } from '../setup/app-org.ts';

describe('probes: single sign-on with an administrator whose permissions fall short', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('guide');
    presets['sign-on-closed'](org.emulator);
  });
  afterEach(() => org.close());

  /** Of each fact the permission that would show it; undefined where it is shown. */
  const denied = (): Promise<Record<string, string | undefined>> =>
    inHome(org.env, async () => {
      const session = await openSession(
        'admin',
        openNetwork({}, () => new Date()),
        readKeyFrom
      );
      const wanted = sought({ username: example.username });
      const reader = new AppReader(session);
      const signOn = new SignOnReader(session);
      const { orgSettings } = makeFlowReaders(reader, signOn, makeAppReaders(reader, wanted));
      const readers = makeSsoReaders(signOn, wanted, orgSettings);
      const readings = await Promise.all(
        Object.entries(readers).map(async ([fact, read]): Promise<[string, Reading<SsoRead[keyof SsoRead]>]> => [
          fact,
          await read(),
        ])
      );
      return Object.fromEntries(
        readings.map(([fact, reading]) => [
          fact,
          'value' in reading ? undefined : 'denied' in reading ? reading.denied : '?',
        ])
      );
    });
  const shown = {
    ...{ myDomain: undefined, samlLogins: undefined, identityProvider: undefined, canvasApps: undefined },
    ...{ openIdConnect: undefined, delegatedAuthentication: undefined },
  };

  it('an administrator of the guide sees all of it', async () => {
    expect(await denied()).to.deep.equal(shown);
  });

  it('without the Metadata API nothing is shown, and every fact names what is missing for it', async () => {
    presets['admin-without-modify-metadata'](org.emulator);
    const metadata = 'Modify Metadata Through Metadata API Functions';
    expect(await denied()).to.deep.equal({
      ...{ myDomain: metadata, samlLogins: metadata, identityProvider: metadata, canvasApps: metadata },
      ...{ openIdConnect: 'Manage Auth. Providers', delegatedAuthentication: metadata },
    });
  });

  it('without View Setup and Configuration identity providers stay hidden, and the login page is left out', async () => {
    Object.assign(org.emulator.org.user(example.admin)!.permissions, { viewSetup: false, modifyAllData: false });
    expect(await denied()).to.deep.equal({ ...shown, samlLogins: 'View Setup and Configuration' });
  });

  it('without Manage Auth. Providers those alone stay hidden', async () => {
    presets['admin-without-auth-providers'](org.emulator);
    expect(await denied()).to.deep.equal({ ...shown, openIdConnect: 'Manage Auth. Providers' });
  });

  it('in an org without external client apps all that there is is shown', async () => {
    presets['external-client-apps-off'](org.emulator);
    expect(await denied()).to.deep.equal(shown);
  });
});
