import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { inChromium, type BrowserScene, type Json } from './scene.ts';

describe('the web server flow in Chromium', () => {
  const openWindow = inChromium();
  let scene: BrowserScene;
  beforeEach(async () => {
    scene = await openWindow();
  });
  afterEach(() => scene.close());

  it('ends on a page that says so, with the code gone from the address, and the command has the token', async () => {
    const { outcome } = await scene.ask(
      'web-server',
      '--scope',
      'api',
      '--scope',
      'openid',
      '--username',
      example.username
    );
    expect(await scene.page.getByLabel('Username').inputValue()).to.equal(example.username);
    await scene.answer('Allow');
    expect(await scene.shown('Access allowed')).to.include('Look there for the result');
    expect(scene.page.url()).to.equal(scene.callbackUrl);
    const { code, json, stderr } = await outcome;
    expect(code).to.equal(0);
    expect((json() as Json).result).to.deep.include({
      ...{ grant: 'web-server', access_token: '[REDACTED]', id_token: '[REDACTED]', scope: 'api openid' },
      identity: {
        username: example.username,
        userId: scene.emulator.org.user(example.username)?.id,
        orgId: scene.emulator.org.id,
      },
    });
    expect(stderr).to.include(`The answer is awaited at ${scene.callbackUrl} for 10 minutes`);
    expect(scene.secretsIn(scene.place.everything())).to.deep.equal([]);
  });

  it('sends exactly the documented parameters', async () => {
    const { outcome } = await scene.ask('web-server', '--scope', 'api');
    await scene.answer('Allow');
    await outcome;
    const asked = 'response_type client_id redirect_uri scope state code_challenge code_challenge_method prompt';
    const exchanged = 'grant_type code redirect_uri code_verifier client_id client_secret';
    expect(scene.parametersAt('/services/oauth2/authorize', 'GET')).to.deep.equal([asked.split(' ')]);
    expect(scene.parametersAt('/services/oauth2/token', 'POST')).to.deep.equal([exchanged.split(' ')]);
  });

  it('leaves no code behind the back and forward buttons', async () => {
    const { outcome } = await scene.ask('web-server');
    await scene.answer('Allow');
    await scene.shown('Access allowed');
    const visited = await scene.history();
    expect(visited.at(-1)).to.equal(scene.callbackUrl);
    expect(visited.join()).not.to.include('code=');
    expect((await outcome).code).to.equal(0);
  });

  it('shows what Salesforce says to a refusal, as text, and the command ends with the same words', async () => {
    const words = 'access_denied: <img src=x onerror="document.title=1">end-user denied authorization';
    scene.emulator.switches.flowErrors.denied = words;
    const { outcome } = await scene.ask('web-server');
    await scene.answer('Deny');
    expect(await scene.shown('Access refused'))
      .to.include('nothing was stored')
      .and.include(words);
    expect(await scene.page.title()).to.equal('Access refused');
    expect(await scene.page.locator('img').count()).to.equal(0);
    const { code, json } = await outcome;
    expect([code, (json() as Json).name]).to.deep.equal([1, 'GrantRefused']);
    expect((json() as Json).message).to.include(words);
    expect(scene.emulator.calls.tokenRequests()).to.have.length(0);
  });

  for (const [what, query] of [
    ['another state', 'code=aPrx&state=guessed'],
    ['no state', 'code=aPrx'],
  ]) {
    it(`refuses an answer with ${what!} on a page that says why, and the run is over`, async () => {
      const { outcome } = await scene.ask('web-server');
      await scene.page.goto(`${scene.callbackUrl}?${query!}`);
      expect(await scene.shown('Answer not accepted')).to.include('Start the command again');
      const { code, json } = await outcome;
      expect([code, (json() as Json).name]).to.deep.equal([1, 'CallbackStateWrong']);
      expect(scene.emulator.calls.tokenRequests()).to.have.length(0);
    });
  }

  it('is not ended by what a web page loads or sends', async () => {
    const { outcome } = await scene.ask('web-server');
    const blocked: Array<string | undefined> = [];
    scene.page.on('requestfailed', (request) => blocked.push(request.failure()?.errorText));
    await scene.page.evaluate(`(async (url) => {
      const image = new Image();
      const loaded = new Promise((resolve) => (image.onload = image.onerror = resolve));
      image.src = url + '?code=x&state=image';
      await loaded;
      await fetch(url + '?code=x&state=fetch', { mode: 'no-cors' }).catch(() => undefined);
      await fetch(url, { method: 'POST', mode: 'no-cors', body: 'code=x&state=post' }).catch(() => undefined);
    })('${scene.callbackUrl}')`);
    expect(blocked).to.deep.equal(Array(3).fill('net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin'));
    await scene.answer('Allow');
    await scene.shown('Access allowed');
    expect((await outcome).code).to.equal(0);
  });

  it('interrupted while it waits ends with 130, prints nothing more, and frees the port', async () => {
    const { outcome, interrupt } = await scene.ask('web-server');
    interrupt();
    const { code, stdout } = await outcome;
    expect([code, stdout]).to.deep.equal([130, '']);
    const error = await scene.page.goto(scene.callbackUrl).catch((thrown: unknown) => String(thrown));
    expect(error).to.include('ERR_CONNECTION_REFUSED');
  });
});
