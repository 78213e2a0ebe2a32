import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { inChromium, type BrowserScene, type Json, type Waiting } from './scene.ts';

describe('the device flow with Chromium as the other device', () => {
  const openWindow = inChromium();
  let scene: BrowserScene;
  beforeEach(async () => {
    scene = await openWindow();
    scene.emulator.switches.deviceIntervalSeconds = 1;
  });
  afterEach(() => scene.close());

  /** Starts the command, and enters in the browser what it shows. */
  const enterCode = async (...more: string[]): Promise<Waiting> => {
    const waiting = scene.request('device', ...more);
    const [page = '', code = ''] = await waiting.says(/^ {2}(https:\S+)\n {2}Code: (\S+)$/m);
    expect(page).to.equal(`${scene.emulator.myDomainUrl}/setup/connect`);
    await scene.page.goto(page);
    await scene.page.getByLabel('Code').fill(code);
    return waiting;
  };

  it('ends with a token once somebody has entered the code and allowed the access', async () => {
    const { outcome } = await enterCode('--scope', 'api', '--scope', 'openid');
    await scene.answer('Allow');
    await scene.page.getByText('The device has access.').waitFor();
    const { code, json, stderr } = await outcome;
    expect(code).to.equal(0);
    expect((json() as Json).result).to.deep.include({
      ...{ grant: 'device', access_token: '[REDACTED]', scope: 'api openid' },
      identity: {
        username: example.username,
        userId: scene.emulator.org.user(example.username)?.id,
        orgId: scene.emulator.org.id,
      },
    });
    expect(stderr).to.include('here or on another device').and.include('for 10 minutes');
    expect(scene.secretsIn(scene.place.everything())).to.deep.equal([]);
  });

  it('sends exactly the documented parameters', async () => {
    const { outcome } = await enterCode('--scope', 'api');
    await scene.answer('Allow');
    await outcome;
    const [start, ...polls] = scene.parametersAt('/services/oauth2/token', 'POST');
    expect(start).to.have.members(['response_type', 'client_id', 'scope']);
    expect(polls).not.to.be.empty;
    for (const poll of polls) expect(poll).to.have.members(['grant_type', 'client_id', 'client_secret', 'code']);
  });

  it('ends with the words of Salesforce when somebody says no', async () => {
    const { outcome } = await enterCode();
    await scene.answer('Deny');
    await scene.page.getByText('The device got no access.').waitFor();
    const { code, json } = await outcome;
    expect([code, (json() as Json).name]).to.deep.equal([1, 'GrantRefused']);
    expect((json() as Json).message).to.include('access_denied');
    expect(scene.secretsIn(scene.place.everything())).to.deep.equal([]);
  });
});
