import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { answerAt, bring, type Person } from './fake-browser.ts';
import { FlowScene } from './scene.ts';

type OnTheWay = (parameters: URLSearchParams) => void;

describe('the user-agent flow', () => {
  let scene: FlowScene;
  beforeEach(async () => {
    scene = await FlowScene.open();
    person({});
  });
  afterEach(() => scene.close());

  /** Tells the person what to do, and what happens to the fragment on its way. */
  const person = (who: Person, answered: OnTheWay = () => undefined): void => {
    scene.onVisit = async (url) => {
      const location = new URL(await answerAt(scene.emulator, url, who));
      const fragment = new URLSearchParams(location.hash.slice(1));
      answered(fragment);
      location.hash = fragment.toString();
      return bring(location.href);
    };
  };
  const given = (more = {}): Record<string, string> => ({ callbackUrl: scene.callbackUrl, ...more });
  const asked = (): Record<string, string> => Object.fromEntries(new URL(scene.asked.visited[0] ?? '').searchParams);

  it('asks for a token with exactly the documented parameters, and gets it without the token endpoint', async () => {
    const granted = await scene.run('user-agent', given({ username: example.username }));
    expect(granted.who?.username).to.equal(example.username);
    expect(granted.response).to.have.property('refreshToken').that.is.a('string');
    const { state, ...others } = asked();
    expect(state).to.match(/^[\w-]{43}$/);
    expect(others).to.deep.equal({
      response_type: 'token',
      client_id: example.clientId,
      redirect_uri: scene.callbackUrl,
      prompt: 'login',
      login_hint: example.username,
    });
    expect(scene.emulator.calls.tokenRequests()).to.have.length(0);
  });

  it('with openid asks for an ID token and sends a nonce, which the ID token proves', async () => {
    const { response } = await scene.run('user-agent', given({ scope: 'openid api' }));
    expect(response.idToken).to.be.a('string');
    expect(asked()).to.include({ response_type: 'token id_token', scope: 'openid api' });
    expect(asked()['nonce']).to.match(/^[\w-]{43}$/);
  });

  const hostile: Array<[string, () => void, string, RegExp]> = [
    [
      'the fragment has another state',
      () => person({}, (all) => all.set('state', 'x')),
      'CallbackStateWrong',
      /another/,
    ],
    ['the fragment has no state', () => person({}, (all) => all.delete('state')), 'CallbackStateWrong', /missing/],
    [
      'the fragment has no token',
      () => person({}, (all) => all.delete('access_token')),
      'CallbackUnusable',
      /neither access_token nor error/,
    ],
    [
      'the access token is another one than the ID token is for',
      () => person({}, (all) => all.set('access_token', '00Dxx!another')),
      'IdTokenRefused',
      /another access token/,
    ],
    [
      'the fragment lost its ID token on the way',
      () => person({}, (all) => all.delete('id_token')),
      'IdTokenMissing',
      /no ID token came/,
    ],
    [
      'the ID token does not say which access token it came with',
      () => (scene.emulator.switches.idTokenHash = 'not-in-browser'),
      'IdTokenUnbound',
      /at_hash/,
    ],
    ['the person says no', () => person({ decision: 'deny' }), 'GrantRefused', /access_denied[\s\S]*chose Deny/],
    [
      'the org blocks the flow',
      () => (scene.emulator.switches.userAgentFlow = 'blocked'),
      'GrantRefused',
      /unsupported_response_type[\s\S]*does not allow the user-agent flow/,
    ],
    [
      'the tokens would go to a host without TLS',
      () => person({}, (all) => all.set('instance_url', 'http://acme.example')),
      'GrantRefused',
      /the instance URL http:\/\/acme\.example, which is not https[\s\S]*Cause: /,
    ],
  ];
  for (const [what, arrange, code, words] of hostile) {
    it(`ends with ${code} and stores nothing when ${what}`, async () => {
      arrange();
      const error = await scene.failure('user-agent', given({ scope: 'openid api' }));
      expect(error.name).to.equal(code);
      expect(error.message).to.match(words);
      expect(error.actions).not.to.be.empty;
      expect(scene.stored()).to.deep.equal([]);
      const everything = JSON.stringify([error.message, error.actions, error.data, error.stack, error.cause]);
      for (const { value } of scene.emulator.org.tokens) expect(everything).not.to.include(value);
    });
  }
});
