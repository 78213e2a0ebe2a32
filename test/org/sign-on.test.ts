import type { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { readKeyFrom } from '../../src/files/private-key.ts';
import { openNetwork } from '../../src/org/http.ts';
import { openSession, type Answer } from '../../src/org/session.ts';
import { SignOnReader } from '../../src/org/sign-on.ts';
import { example, presets } from '../emulator/index.ts';
import { changeProfile } from '../emulator/metadata/store.ts';
import { AppOrg } from '../setup/app-org.ts';
import { inHome } from './home.ts';

describe('what an org says of single sign-on', () => {
  let org: AppOrg;
  beforeEach(async () => {
    org = await AppOrg.open('guide');
  });
  afterEach(() => org.close());

  const network = openNetwork({}, () => new Date());
  const read = <Result>(work: (reader: SignOnReader) => Promise<Result>): Promise<Result> =>
    inHome(org.env, async () => {
      const session = await openSession('admin', network, readKeyFrom);
      org.emulator.calls.clear();
      return work(new SignOnReader(session));
    });
  /** The value of an answer, or the code of the refusal. */
  const valueOf = <Value>(answer: Answer<Value>): Value | string =>
    'value' in answer ? answer.value : answer.refused.errorCode;
  const admin = () => org.emulator.org.user(example.admin)!.permissions;

  it('identity providers and apps of both kinds come by one retrieval, and each object is asked once', async () => {
    for (const name of ['saml-login', 'identity-provider', 'canvas-idp-initiated'] as const)
      presets[name](org.emulator);
    await read(async (reader) => {
      const [providers, apps] = await Promise.all([reader.samlProviders(), reader.apps(), reader.certificates()]);
      await Promise.all([reader.samlProviders(), reader.apps(), reader.certificates()]);
      expect(valueOf(providers)).to.have.nested.property('[0].name', 'Acme IdP');
      expect(valueOf(apps)).to.deep.include({ openid: [] });
    });
    const asked = org.requests();
    expect(asked.filter((one) => one === 'retrieve')).to.have.lengthOf(1);
    expect(asked.filter((one) => one === 'query Certificate')).to.have.lengthOf(1);
  });

  it('an org without the feature External Client Apps has connected apps alone, and says so without a refusal', async () => {
    presets['external-client-apps-off'](org.emulator);
    presets['canvas-idp-initiated'](org.emulator);
    const apps = await read((reader) => reader.apps());
    expect(valueOf(apps)).to.have.nested.property('canvasApps[0].app', 'Dashboard');
  });

  it('identity providers that may not be seen are a refusal, and stand in the way of nothing else', async () => {
    presets['saml-login'](org.emulator);
    presets['identity-provider'](org.emulator);
    Object.assign(admin(), { viewSetup: false, modifyAllData: false });
    await read(async (reader) => {
      expect(valueOf(await reader.samlProviders())).to.equal('INSUFFICIENT_ACCESS');
      expect(valueOf(await reader.apps())).to.have.nested.property('serviceProviders[0].app', 'Wiki');
      expect(valueOf(await reader.certificates())).to.equal('INVALID_TYPE');
      expect(valueOf(await reader.loginPage())).to.equal('INVALID_TYPE');
    });
  });

  it('no secret of an Auth. Provider is asked for', async () => {
    presets['auth-provider-weak'](org.emulator);
    const providers = await read((reader) => reader.authProviders());
    expect(valueOf(providers)).to.have.nested.property('[0].handler', 'AcmeRegistration');
    expect(JSON.stringify(org.emulator.calls)).not.to.match(/ConsumerSecret|AuthProvider<\/name>/);
  });

  it('the permission comes by a permission set, a group with one, or the profile', async () => {
    const { org: state } = org.emulator;
    const user = state.user(example.username)!;
    const through = async () => valueOf(await read((reader) => reader.ssoPermission(example.username)));
    expect(await through()).to.equal(undefined);
    presets['sign-on-closed'](org.emulator);
    expect(await through()).to.deep.equal(['permission set AQUILA']);
    user.permissionSets = [];
    expect(await through()).to.deep.equal([]);
    state.permissionSetGroups.set('Machines', [example.permissionSet]);
    user.permissionSets = ['Machines'];
    expect(await through()).to.deep.equal(['permission set Machines']);
    user.permissionSets = [];
    const granting = '    <userPermissions><enabled>true</enabled><name>IsSsoEnabled</name></userPermissions>\n';
    changeProfile(state, user.profile, granting);
    expect(await through()).to.deep.equal([`profile ${user.profile}`]);
    user.profile = 'Standard User';
    expect(await through()).to.deep.equal([]);
  });

  it('a username that nobody has is told, with the nearest one', async () => {
    const reason = await read((reader) => reader.ssoPermission('integraton@acme.com')).catch((error: unknown) => error);
    expect(reason).to.include({ name: 'UserUnknown' });
    expect((reason as SfError).actions?.join()).to.include(example.username);
  });
});
