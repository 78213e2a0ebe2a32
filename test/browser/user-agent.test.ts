import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { inChromium, type BrowserScene, type Json } from './scene.ts';

describe('the user-agent flow in Chromium', () => {
  const openWindow = inChromium();
  let scene: BrowserScene;
  const open = async (options = {}): Promise<void> => {
    scene = await openWindow(options);
  };
  afterEach(() => scene.close());

  it('hands the token over once, and leaves it neither in address, history, page, console nor storage', async () => {
    await open();
    const { outcome } = await scene.ask('user-agent', '--scope', 'api openid refresh_token');
    await scene.answer('Allow');
    expect(await scene.shown('Access allowed')).to.include('Look there for the result');
    expect(scene.page.url()).to.equal(scene.callbackUrl);
    const kept = await scene.page.evaluate<string>(
      '[localStorage, sessionStorage, document.cookie, history.state, window.name].map((one) => JSON.stringify(one)).join()'
    );
    // An empty window, the page of the org, and this one.
    const visited = await scene.history();
    expect(visited).to.have.length(3);
    expect(visited.at(-1)).to.equal(scene.callbackUrl);
    expect(scene.emulator.org.tokens).not.to.be.empty;
    expect(scene.secretsIn((await scene.page.content()) + kept + visited.join() + scene.console.join())).to.deep.equal(
      []
    );
    const { code, json, stderr } = await outcome;
    expect(code).to.equal(0);
    expect((json() as Json).result).to.deep.include({
      ...{ grant: 'user-agent', access_token: '[REDACTED]', refresh_token: '[REDACTED]', id_token: '[REDACTED]' },
      identity: {
        username: example.username,
        userId: scene.emulator.org.user(example.username)?.id,
        orgId: scene.emulator.org.id,
      },
    });
    expect([...((json() as Json).warnings ?? []), stderr].join()).to.include('--grant web-server');
    expect(scene.secretsIn(scene.place.everything())).to.deep.equal([]);
  });

  it('sends exactly the documented parameters, and no token request', async () => {
    await open();
    const { outcome } = await scene.ask('user-agent');
    await scene.answer('Allow');
    await outcome;
    const asked = 'response_type client_id redirect_uri state prompt';
    expect(scene.parametersAt('/services/oauth2/authorize', 'GET')).to.deep.equal([asked.split(' ')]);
    expect(scene.emulator.calls.tokenRequests()).to.have.length(0);
  });

  it('shows what Salesforce says to a refusal, and the command ends with the same words', async () => {
    await open();
    const { outcome } = await scene.ask('user-agent');
    await scene.answer('Deny');
    expect(await scene.shown('Access refused')).to.include('access_denied: end-user denied authorization');
    expect(scene.page.url()).to.equal(scene.callbackUrl);
    const { code, json } = await outcome;
    expect([code, (json() as Json).name]).to.deep.equal([1, 'GrantRefused']);
  });

  it('refuses a fragment with another state, which its page has removed all the same', async () => {
    await open();
    const { outcome } = await scene.ask('user-agent');
    await scene.page.goto(`${scene.callbackUrl}#access_token=00Dxx!foreign&state=guessed`);
    expect(await scene.shown('Answer not accepted')).to.include('Start the command again');
    expect(scene.page.url()).to.equal(scene.callbackUrl);
    const { code, json } = await outcome;
    expect([code, (json() as Json).name]).to.deep.equal([1, 'CallbackStateWrong']);
  });

  it('says on a visit by hand that nothing arrived, and goes on waiting', async () => {
    await open();
    const { outcome } = await scene.ask('user-agent');
    const form = scene.page.url();
    await scene.page.goto(scene.callbackUrl);
    await scene.shown('Nothing arrived');
    await scene.page.goto(form);
    await scene.answer('Allow');
    expect((await outcome).code).to.equal(0);
  });

  it('says without JavaScript that it can not go on and that the address holds a token', async () => {
    await open({ javaScriptEnabled: false });
    const { outcome, interrupt } = await scene.ask('user-agent');
    await scene.answer('Allow');
    expect(await scene.shown('Handing over'))
      .to.include('needs JavaScript')
      .and.include('the address holds a token');
    interrupt();
    expect((await outcome).code).to.equal(130);
  });
});
