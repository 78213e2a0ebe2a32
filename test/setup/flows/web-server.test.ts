import { createHash, createPublicKey } from 'node:crypto';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { visit } from '../../org/callback/visitor.ts';
import { answerAt, bring, type Person } from './fake-browser.ts';
import { FlowScene } from './scene.ts';

type OnTheWay = (parameters: URLSearchParams) => void;

describe('the web server flow', () => {
  let scene: FlowScene;
  beforeEach(async () => {
    scene = await FlowScene.open();
    person({});
  });
  afterEach(() => scene.close());

  /** Tells the person what to do, and what happens to the address of the org's page and to the answer on their way. */
  const person = (who: Person, { asked, answered }: { asked?: OnTheWay; answered?: OnTheWay } = {}): void => {
    scene.onVisit = async (url) => bring(changed(await answerAt(scene.emulator, changed(url, asked), who), answered));
  };
  const changed = (url: string, change?: OnTheWay): string => {
    const address = new URL(url);
    change?.(address.searchParams);
    return address.href;
  };
  const secret = (): string => scene.app.clientSecret;
  const run = (more = {}): ReturnType<FlowScene['run']> =>
    scene.run('web-server', { callbackUrl: scene.callbackUrl, ...more }, secret());
  const failure = (more = {}): ReturnType<FlowScene['failure']> =>
    scene.failure('web-server', { callbackUrl: scene.callbackUrl, ...more }, secret());
  const askedAt = (index: number): URLSearchParams => new URL(scene.asked.visited[index] ?? '').searchParams;

  it('asks for a code with exactly the documented parameters, and exchanges it with the verifier', async () => {
    const granted = await run({ username: example.username, scope: 'api openid refresh_token' });
    expect(granted.who?.username).to.equal(example.username);
    expect(granted.response.scopes).to.deep.equal(['api', 'openid', 'refresh_token']);
    const { state, nonce, code_challenge: challenge, ...asked } = Object.fromEntries(askedAt(0));
    expect(asked).to.deep.equal({
      response_type: 'code',
      client_id: example.clientId,
      redirect_uri: scene.callbackUrl,
      scope: 'api openid refresh_token',
      code_challenge_method: 'S256',
      prompt: 'login',
      login_hint: example.username,
    });
    const exchanges = scene.emulator.calls.tokenRequests();
    expect(exchanges).to.have.length(1);
    const { code, code_verifier: verifier = '', ...sent } = Object.fromEntries(new URLSearchParams(exchanges[0]?.body));
    expect(sent).to.deep.equal({
      grant_type: 'authorization_code',
      redirect_uri: scene.callbackUrl,
      client_id: example.clientId,
      client_secret: secret(),
    });
    expect(code).to.match(/^aPrx/);
    expect(createHash('sha256').update(verifier).digest('base64url')).to.equal(challenge);
    for (const value of [state, nonce, verifier]) expect(value).to.match(/^[\w-]{43}$/);
    expect(scene.asked.visited[0]).not.to.include(verifier).and.not.include(secret());
  });

  it('sends neither scope nor login_hint that nobody gave, and no nonce where no ID token can come', async () => {
    await run();
    expect([...askedAt(0).keys()]).to.deep.equal(
      'response_type client_id redirect_uri state code_challenge code_challenge_method nonce prompt'.split(' ')
    );
    await run({ scope: 'api' });
    expect(askedAt(1).get('scope')).to.equal('api');
    expect(askedAt(1).has('nonce')).to.equal(false);
  });

  it('takes new values for each run', async () => {
    await run();
    await run();
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(askedAt(0).get(name)).not.to.equal(askedAt(1).get(name));
    }
  });

  it('needs no secret where the app wants none, and proves itself by Basic or a signed assertion where it is told', async () => {
    scene.app.flows.secretOptional = true;
    await scene.run('web-server', { callbackUrl: scene.callbackUrl });
    scene.app.flows.secretOptional = false;
    await run({ clientAuthentication: 'client_secret_basic' });
    const key = fileURLToPath(new URL('../../fixtures/keys/rsa2048.key', import.meta.url));
    await scene.run('web-server', { callbackUrl: scene.callbackUrl, clientAuthentication: 'private_key_jwt', key });
    const [none, basic, signed] = scene.emulator.calls.tokenRequests();
    expect(none?.body).to.include('client_id=').and.not.include('client_secret');
    expect(basic?.headers.authorization).to.match(/^Basic /);
    expect(basic?.body).not.to.include('client_secret');
    expect(signed?.body).to.include('client_assertion=').and.not.include('client_secret');
  });

  it('keeps the token as a login of sf when that is asked for', async () => {
    await scene.save('web-server', { callbackUrl: scene.callbackUrl, scope: 'api refresh_token' }, secret());
    expect(scene.stored().join()).to.include(`${example.username}.json`).and.include('alias.json');
  });

  const hostile: Array<[string, () => void, string, RegExp]> = [
    [
      'the answer has another state',
      () => person({}, { answered: (all) => all.set('state', 'guessed') }),
      'CallbackStateWrong',
      /another one/,
    ],
    [
      'the answer has no state',
      () => person({}, { answered: (all) => all.delete('state') }),
      'CallbackStateWrong',
      /missing/,
    ],
    ['the person says no', () => person({ decision: 'deny' }), 'GrantRefused', /access_denied: end-user denied/],
    [
      'the code was made for another challenge',
      () => person({}, { asked: (all) => all.set('code_challenge', 'x'.repeat(43)) }),
      'GrantRefused',
      /invalid code verifier/,
    ],
    [
      'the ID token has another nonce',
      () => person({}, { asked: (all) => all.set('nonce', 'of another run') }),
      'IdTokenRefused',
      /nonce/,
    ],
    [
      'the ID token is signed by a key that the org does not show',
      () => {
        const { kty, n, e } = createPublicKey(fixture('other2048.key')).export({ format: 'jwk' });
        const body = JSON.stringify({ keys: [{ kty, n, e }] });
        scene.emulator.faults.set({ kind: 'status', status: 200, path: '/id/keys', body });
      },
      'IdTokenRefused',
      /signature/,
    ],
    [
      'the org does not show its keys',
      () => scene.emulator.faults.set({ kind: 'html', path: '/.well-known/openid-configuration' }),
      'IdTokenUnproven',
      /openid-configuration/,
    ],
    [
      'the page of the org names another host as the issuer',
      () => {
        const elsewhere = { issuer: 'https://evil.example', jwks_uri: `${scene.emulator.myDomainUrl}/id/keys` };
        const path = '/.well-known/openid-configuration';
        scene.emulator.faults.set({ kind: 'status', status: 200, path, body: JSON.stringify(elsewhere) });
      },
      'IdTokenRefused',
      /names another host as the issuer/,
    ],
    [
      'the ID token has another issuer than the page of the org names',
      () => {
        const login = { issuer: 'https://login.salesforce.com', jwks_uri: `${scene.emulator.myDomainUrl}/id/keys` };
        const path = '/.well-known/openid-configuration';
        scene.emulator.faults.set({ kind: 'status', status: 200, path, body: JSON.stringify(login) });
      },
      'IdTokenRefused',
      /somebody else issued it/,
    ],
    [
      'what the org shows as its keys are none',
      () => scene.emulator.faults.set({ kind: 'status', status: 200, path: '/id/keys', body: '{"keys":["none",{}]}' }),
      'IdTokenUnproven',
      /id\/keys/,
    ],
    [
      'the keys are at a host that nobody named',
      () => {
        const elsewhere = { issuer: scene.emulator.myDomainUrl, jwks_uri: `${scene.emulator.loginUrl}/id/keys` };
        const path = '/.well-known/openid-configuration';
        scene.emulator.faults.set({ kind: 'status', status: 200, path, body: JSON.stringify(elsewhere) });
      },
      'IdTokenUnproven',
      /openid-configuration/,
    ],
    [
      'the token belongs to another user than --username',
      () => {
        scene.app.profiles.push('System Administrator');
        person({ username: example.admin });
      },
      'LoginForAnotherUser',
      /admin@acme\.com, but integration@acme\.com was asked for/,
    ],
  ];
  for (const [what, arrange, code, words] of hostile) {
    it(`ends with ${code} and stores nothing when ${what}`, async () => {
      arrange();
      const error = await failure({ username: example.username });
      expect(error.name).to.equal(code);
      expect(error.message).to.match(words);
      expect(error.actions).not.to.be.empty;
      expect(scene.stored()).to.deep.equal([]);
      const everything = JSON.stringify([error.message, error.actions, error.data, error.stack, error.cause]);
      for (const { value } of scene.emulator.org.tokens) expect(everything).not.to.include(value);
      expect(everything).not.to.match(/aPrx/).and.not.include(secret());
    });
  }

  const withoutIdToken: Array<[string, () => void]> = [
    ['although the org granted that', () => (scene.emulator.switches.idToken = 'never')],
    [
      'and the org left the scope out',
      () => {
        scene.app.scopes = scene.app.scopes.filter((scope) => scope !== 'openid');
        scene.emulator.switches.scopeBeyondApp = 'drop';
      },
    ],
  ];
  for (const [what, arrange] of withoutIdToken) {
    it(`refuses an answer without an ID token where openid was asked for, ${what}`, async () => {
      arrange();
      const error = await failure({ scope: 'api openid' });
      expect(error.name).to.equal('IdTokenMissing');
      expect(error.actions?.join('\n')).to.include('openid').and.include('--scope');
      expect(scene.stored()).to.deep.equal([]);
    });
  }

  it('takes an answer without an ID token where the scopes were left to the app, so that nobody asked for one', async () => {
    scene.emulator.switches.idToken = 'never';
    const { response } = await run();
    expect(response.scopes).to.include('openid');
    expect(response.idToken).to.equal(undefined);
  });

  it("takes Salesforce's own login host as the issuer, where the page of the org names it", async () => {
    scene.emulator.switches.idTokenIssuer = 'login-host';
    expect((await run()).response.idToken).to.be.a('string');
  });

  it('names the My Domain as the address to use where a login host granted an ID token of the My Domain', async () => {
    scene.emulator.switches.answers.externalAppAtLoginHost = 'accept';
    scene.emulator.switches.idTokenIssuer = 'my-domain';
    scene.instanceUrl = scene.emulator.loginUrl;
    const error = await failure();
    expect(error.name).to.equal('IdTokenRefused');
    expect(error.message).to.include('somebody else issued it');
    expect(error.actions?.join('\n')).to.include('--instance-url').and.include('My Domain');
    expect(scene.stored()).to.deep.equal([]);
  });

  it('takes an ID token without at_hash, since it came straight from the org', async () => {
    scene.emulator.switches.idTokenHash = 'never';
    expect((await run()).response.idToken).to.be.a('string');
  });

  it('says that a code serves once when it was used before', async () => {
    await run();
    const used = new URLSearchParams(scene.emulator.calls.tokenRequests()[0]?.body).get('code') ?? '';
    person({}, { answered: (all) => all.set('code', used) });
    const error = await failure();
    expect(error.name).to.equal('GrantRefused');
    expect(error.message).to.include('expired authorization code').and.include('serves once');
    expect(scene.stored()).to.deep.equal([]);
  });

  it('takes the first of two answers, and tells the second one so while the code is exchanged', async () => {
    let [location, second] = ['', ''];
    scene.onVisit = async (url) => {
      location = await answerAt(scene.emulator, url);
      await bring(location);
    };
    scene.onSend = async (url) => {
      if (url.endsWith('/token')) second = (await visit(location)).body;
    };
    expect((await run()).who?.username).to.equal(example.username);
    expect(second).to.include('Too late');
    expect(scene.emulator.calls.tokenRequests()).to.have.length(1);
  });

  it('sends nothing to the org and opens no browser while the port is taken', async () => {
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(Number(new URL(scene.callbackUrl).port), '127.0.0.1', resolve));
    const error = await failure();
    await new Promise((resolve) => taker.close(resolve));
    expect(error.name).to.equal('CallbackPortTaken');
    expect([scene.asked.visited, scene.emulator.calls.length, scene.stored()]).to.deep.equal([[], 0, []]);
  });

  it('says which secret to give when the app wants one and there is none', async () => {
    const error = await scene.failure('web-server', { callbackUrl: scene.callbackUrl });
    expect(error.name).to.equal('GrantRefused');
    expect(error.message).to.include('invalid client credentials').and.include('the secret is missing');
    expect(error.actions?.join()).to.include('--client-secret-file');
  });

  const elsewhere: Array<[string, string]> = [
    ['https://localhost:1717/OauthRedirect', 'CallbackUrlNotLocal'],
    ['https://acme.com/callback', 'CallbackUrlNotLocal'],
    ['nonsense', 'AppCallbackUrlInvalid'],
  ];
  for (const [callbackUrl, code] of elsewhere) {
    it(`can't receive an answer at ${callbackUrl}, and says ${code} before anything is sent`, async () => {
      const error = await failure({ callbackUrl });
      expect([error.name, error.exitCode, scene.emulator.calls.length]).to.deep.equal([code, 2, 0]);
    });
  }
});
