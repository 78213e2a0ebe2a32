import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { passwordOf, securityTokenOf } from './grants/person.ts';
import { connect, deploy, elements, settleIn } from './metadata/client.ts';
import { fixture, postToken, send } from './test-client.ts';

describe('emulator: settings that close a grant', () => {
  let emulator: Emulator;
  let leave: () => void;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    leave = settleIn(emulator);
    presets['all-flows-on'](emulator);
    presets['app-is-a-connected-app'](emulator);
    Object.assign(emulator.switches, { consent: 'approve', consentAs: example.username });
  });
  afterEach(async () => {
    leave();
    await emulator.stop();
  });

  it('OauthOidc, once deployed, blocks the password and the user-agent flow and asks for PKCE', async () => {
    const app = emulator.org.app(example.clientId);
    const user = emulator.org.user(example.username);
    if (!app || !user) throw new Error('no app or user');
    app.flows.pkceRequired = false;
    const password = (): Promise<string> =>
      postToken(emulator, {
        ...{ grant_type: 'password', client_id: app.clientId, client_secret: app.clientSecret },
        ...{ username: user.username, password: passwordOf(user) + securityTokenOf(user) },
      }).then(({ body }) => body);
    const authorize = async (response_type: string): Promise<string> => {
      const wish = { response_type, client_id: app.clientId, redirect_uri: app.callbackUrls[0] ?? '' };
      const query = new URLSearchParams(wish).toString();
      return String((await send(emulator, `/services/oauth2/authorize?${query}`)).headers.location);
    };
    expect(await password()).to.contain('access_token');
    expect(await authorize('token')).to.contain('#access_token=');
    expect(await authorize('code')).to.contain('?code=');

    const content = elements({ blockOAuthUnPwFlow: 'true', blockOAuthUsrAgtFlow: 'true', isPkceRequired: 'true' });
    const connection = await connect(emulator);
    const { response } = await deploy(connection, [{ type: 'Settings', fullName: 'OauthOidc', content }]);
    expect(response.success).to.equal(true);
    expect(await password()).to.equal('{"error":"invalid_grant","error_description":"authentication failure"}');
    expect(await authorize('token')).to.contain('#error=unsupported_response_type');
    expect(await authorize('code')).to.contain('error_description=missing+required+code+challenge');
  });
});
