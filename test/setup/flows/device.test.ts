import { expect } from 'chai';
import { aquilaError } from '../../../src/errors.ts';
import { example } from '../../emulator/index.ts';
import { connect } from './fake-browser.ts';
import { FlowScene } from './scene.ts';

describe('the device flow', () => {
  let scene: FlowScene;
  beforeEach(async () => {
    scene = await FlowScene.open();
  });
  afterEach(() => scene.close());

  /** Somebody answers after so many polls that found nothing. */
  const answersAfter = (polls: number, decision: 'approve' | 'deny' = 'approve'): void => {
    scene.onPause = (count) => count === polls + 1 && connect(scene.emulator, scene.asked.codes[0] ?? '', { decision });
  };
  const sent = (): Array<Record<string, string>> =>
    scene.emulator.calls.tokenRequests().map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

  it('starts and polls with exactly the documented parameters, never sooner than the interval says', async () => {
    answersAfter(2);
    const granted = await scene.run('device', { scope: 'api openid' }, scene.app.clientSecret);
    expect(granted.who?.username).to.equal(example.username);
    expect(granted.response.idToken).to.be.a('string');
    const [start, ...polls] = sent();
    expect(start).to.deep.equal({ response_type: 'device_code', client_id: example.clientId, scope: 'api openid' });
    const code = polls[0]?.['code'];
    const poll = { grant_type: 'device', client_id: example.clientId, client_secret: scene.app.clientSecret, code };
    expect(polls).to.deep.equal([poll, poll, poll]);
    expect(code).to.match(/^aPrx/);
    expect(scene.asked.pauses).to.deep.equal([5000, 5000, 5000]);
  });

  it('needs neither secret nor scope, and takes the interval that the org names', async () => {
    scene.emulator.switches.deviceIntervalSeconds = 7;
    answersAfter(0);
    await scene.run('device');
    expect(sent()[0]).to.deep.equal({ response_type: 'device_code', client_id: example.clientId });
    expect(sent()[1]).to.have.all.keys('grant_type', 'client_id', 'code');
    expect(scene.asked.pauses).to.deep.equal([7000]);
  });

  it('waits five seconds longer after each slow_down', async () => {
    const tooFast = {
      kind: 'status',
      status: 400,
      path: '/services/oauth2/token',
      body: '{"error":"slow_down"}',
    } as const;
    scene.onPause = (count) => {
      if (count === 1) scene.emulator.faults.set({ ...tooFast, times: 2 });
      return count === 4 && connect(scene.emulator, scene.asked.codes[0] ?? '');
    };
    await scene.run('device');
    expect(scene.asked.pauses).to.deep.equal([5000, 10_000, 15_000, 15_000]);
  });

  const path = '/services/oauth2/token';
  const passing: Array<[string, () => void]> = [
    ['the org did not answer in time', () => failOnce('RequestTimedOut')],
    ['the name of the host was not found for a moment', () => failOnce('HostNotFound')],
    ['nobody took the connection for a moment', () => failOnce('ConnectionRefused')],
    ['the connection was lost', () => scene.emulator.faults.set({ kind: 'reset', path, times: 1 })],
    ['the org answered 500', () => scene.emulator.faults.set({ kind: 'status', status: 500, path, times: 1 })],
    ['the org answered 503 with a page', () => scene.emulator.faults.set({ kind: 'html', path, times: 1 })],
    ['the org had too many requests', () => scene.emulator.faults.set({ kind: 'status', status: 429, path, times: 1 })],
  ];
  const failOnce = (code: 'RequestTimedOut' | 'HostNotFound' | 'ConnectionRefused'): void => {
    let failures = 0;
    scene.onSend = () => (failures++ === 0 ? Promise.reject(aquilaError(code, ['localhost', 1])) : Promise.resolve());
  };
  for (const [what, arrange] of passing) {
    it(`asks half as often after ${what}, and goes on`, async () => {
      scene.onPause = (count) => {
        if (count === 1) arrange();
        return count === 2 && connect(scene.emulator, scene.asked.codes[0] ?? '');
      };
      expect((await scene.run('device')).who?.username).to.equal(example.username);
      expect(scene.asked.pauses).to.deep.equal([5000, 10_000]);
    });
  }

  it('never asks less often than once a minute while the org is not reached', async () => {
    scene.onPause = (count) => {
      if (count === 1) scene.emulator.faults.set({ kind: 'reset', path, times: 5 });
      return count === 6 && connect(scene.emulator, scene.asked.codes[0] ?? '');
    };
    await scene.run('device');
    expect(scene.asked.pauses.map((one) => one / 1000)).to.deep.equal([5, 10, 20, 40, 60, 60]);
  });

  for (const [what, fault, code, words] of [
    ['the connection was lost each time', { kind: 'reset', path }, 'ConnectionLost', /localhost/],
    ['a page of maintenance came each time', { kind: 'html', path }, 'GrantRefused', /Data Not Available/],
  ] as Array<[string, Parameters<typeof scene.emulator.faults.set>[0], string, RegExp]>) {
    it(`ends with ${code} when the code has expired and ${what}`, async () => {
      scene.onPause = (count) => count === 1 && scene.emulator.faults.set(fault);
      const error = await scene.failure('device');
      expect(error.name).to.equal(code);
      expect(error.message).to.match(words);
      expect(error.actions).not.to.be.empty;
      expect(scene.asked.pauses.reduce((sum, one) => sum + one)).to.be.greaterThan(540_000);
    });
  }

  const ends: Array<[string, () => void, string, RegExp]> = [
    ['the person says no', () => answersAfter(1, 'deny'), 'GrantRefused', /access_denied[\s\S]*chose Deny/],
    [
      'the org says that the code has expired',
      () => (scene.emulator.switches.deviceCodeSeconds = 6),
      'GrantRefused',
      /expired_token[\s\S]*in time/,
    ],
    ['nobody enters the code in ten minutes', () => undefined, 'DeviceCodeExpired', /within 10 minutes/],
    ['the app may not use the flow', () => (scene.app.flows.device = false), 'GrantRefused', /device flow not enabled/],
    ['the app is not installed', () => (scene.app.installed = false), 'GrantRefused', /app must be installed into org/],
    [
      'the token belongs to another user than --username',
      () => answersAfter(0),
      'LoginForAnotherUser',
      /integration@acme\.com, but ann@acme\.com/,
    ],
  ];
  for (const [what, arrange, code, words] of ends) {
    it(`ends with ${code} and stores nothing when ${what}`, async () => {
      arrange();
      const error = await scene.failure('device', code === 'LoginForAnotherUser' ? { username: 'ann@acme.com' } : {});
      expect(error.name).to.equal(code);
      expect(error.message).to.match(words);
      expect(error.actions).not.to.be.empty;
      expect(scene.stored()).to.deep.equal([]);
      expect(JSON.stringify([error.message, error.data, error.stack])).not.to.match(/aPrx/);
    });
  }

  it('shows no page but one with TLS, and nothing that would move the cursor', async () => {
    for (const changes of [{ verification_uri: 'http://acme.example' }, { user_code: 'AB\u001b[2JCD' }]) {
      const start = { device_code: 'aPrx', user_code: 'ABCD', verification_uri: 'https://acme.example', ...changes };
      scene.emulator.faults.set({ kind: 'status', status: 200, times: 1, body: JSON.stringify(start) });
      expect((await scene.failure('device')).name).to.equal('GrantRefused');
    }
    expect(scene.asked.codes).to.deep.equal([]);
  });
});
