import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect } from 'chai';
import {
  example,
  exampleOrg,
  presets,
  startEmulator,
  writeTlsCertificate,
  type App,
  type Emulator,
} from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { freeCallback } from '../../org/callback/visitor.ts';
import { Place, type Outcome } from '../process.ts';

type Json = { name?: string; message?: string; actions?: string[]; result?: Record<string, unknown> };

/** A browser without hands: it goes to the page of an org that consents by itself, and from there where it is sent. */
const browserProgram = `const { headers } = await fetch(process.argv[2], { redirect: 'manual' });
await fetch(headers.get('location'));
`;

describe('sf aquila token request with a browser, as a process', () => {
  let emulator: Emulator;
  let app: App;
  let place: Place;
  let callbackUrl: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    presets['all-flows-on'](emulator);
    emulator.switches.consent = 'approve';
    emulator.switches.consentAs = example.username;
    app = emulator.org.app(example.clientId)!;
    callbackUrl = (await freeCallback()).url;
    app.callbackUrls.push(callbackUrl);
    place = new Place();
    writeFileSync(place.path('browser.mjs'), browserProgram);
    writeFileSync(place.path('browser'), `#!/bin/sh\nexec '${process.execPath}' '${place.path('browser.mjs')}' "$1"\n`);
    chmodSync(place.path('browser'), 0o700);
    env = {
      NODE_EXTRA_CA_CERTS: await writeTlsCertificate(emulator.tlsCertificate, place.folder),
      SF_AQUILA_CLIENT_SECRET: app.clientSecret,
      BROWSER: place.path('browser'),
    };
  });
  afterEach(async () => {
    const everything = place.everything();
    for (const { value } of emulator.org.tokens) expect(everything).not.to.include(value);
    expect(everything)
      .not.to.include(app.clientSecret)
      .and.not.match(/\baPrx/);
    await emulator.stop();
    place.remove();
  });

  const request = (words: string[], more: Parameters<Place['run']>[1] = {}): Promise<Outcome> => {
    const usual = ['--instance-url', emulator.myDomainUrl, '--client-id', example.clientId];
    return place.run(['token', 'request', ...usual, ...words], { ...more, env: { ...env, ...more.env } });
  };
  const inBrowser = (...more: string[]): string[] => ['--grant', 'web-server', '--callback-url', callbackUrl, ...more];
  /** Only there a variable names the browser. */
  const needLinux = (context: { skip: () => void }): void => {
    if (process.platform === 'linux') return;
    console.log('      skipped: only on Linux the variable BROWSER names the browser');
    context.skip();
  };

  it('opens the browser without a terminal, and prints JSON alone on standard output', async function () {
    needLinux(this);
    const { code, json, stderr } = await request(inBrowser('--json', '--no-prompt'));
    expect([code, (json() as Json).result?.['grant']]).to.deep.equal([0, 'web-server']);
    expect(stderr)
      .to.include('Your browser opens this page')
      .and.include(`${emulator.myDomainUrl}/services/oauth2/authorize?`);
  });

  it('awaits the answer at the port that the project names', async function () {
    needLinux(this);
    writeFileSync(place.path('sfdx-project.json'), JSON.stringify({ oauthLocalPort: new URL(callbackUrl).port }));
    const { code, stdout, stderr } = await request(['--grant', 'web-server']);
    expect(code, stderr).to.equal(0);
    expect(stderr).to.include(`awaited at ${callbackUrl} `);
    expect(stdout).to.include(`User           ${example.username}`);
  });

  it('shows each step with --explain, and masks the code that came through the browser', async function () {
    needLinux(this);
    const { stderr } = await request(inBrowser('--explain'));
    expect(stderr).to.match(/> GET https:\S+authorize\n> {3}response_type: code\n/);
    expect(stderr).to.match(/< HTTP 302 in answer to step 1\n< {3}code: \[masked, \d+ characters\]\n/);
    expect(stderr).to.match(/> {3}grant_type: authorization_code\n> {3}code: \[masked/);
  });

  it('ends with CallbackPortTaken and asks the org nothing while another program has the port', async () => {
    const taker = createServer();
    await new Promise<void>((resolve) => taker.listen(Number(new URL(callbackUrl).port), '127.0.0.1', resolve));
    const { code, json } = await request(inBrowser('--json'));
    await new Promise((resolve) => taker.close(resolve));
    expect([code, (json() as Json).name]).to.deep.equal([1, 'CallbackPortTaken']);
    const actions = (json() as Json).actions?.join();
    for (const way of ['--callback-url', 'oauthLocalPort', '1717']) expect(actions).to.include(way);
    expect(emulator.calls).to.have.length(0);
  });

  it('says that the browser that was named does not open, goes on waiting, and ends with 130 on Ctrl-C', async () => {
    let interrupt: () => void = () => undefined;
    const { code, stdout, stderr } = await request(inBrowser('--browser', 'firefox'), {
      env: { PATH: place.folder },
      started: (kill) => (interrupt = () => kill('SIGINT')),
      heard: (said) => said.includes('could not be opened') && interrupt(),
    });
    expect([code, stdout]).to.deep.equal([130, '']);
    expect(stderr).to.include('Open the page by hand.').and.not.include('ENOENT');
  });

  const stray: Array<[string, string[]]> = [
    ['--browser', ['--grant', 'device', '--browser', 'chrome']],
    ['--callback-url', ['--grant', 'device', '--callback-url', 'http://localhost:1717/OauthRedirect']],
    ['--client-authentication', ['--grant', 'user-agent', '--client-authentication', 'client_secret_post']],
  ];
  for (const [flag, words] of stray) {
    it(`refuses ${flag} where ${words[1]!} has no use for it, with 2 and before anything is sent`, async () => {
      const { code, stderr } = await request(words);
      expect(code).to.equal(2);
      expect(stderr).to.include('FlagNotOfGrant').and.include(flag).and.include(words[1]);
      expect(emulator.calls).to.have.length(0);
    });
  }

  it('warns that the user-agent flow is outdated', async function () {
    needLinux(this);
    // This browser runs no script, so nobody hands the token over.
    let interrupt: () => void = () => undefined;
    const { code, stderr } = await request(['--grant', 'user-agent', '--callback-url', callbackUrl], {
      started: (kill) => (interrupt = () => kill('SIGINT')),
      heard: (said) => said.includes('Ctrl-C ends the command') && interrupt(),
    });
    expect(code).to.equal(130);
    expect(stderr).to.include('advised against (RFC 9700)').and.include('--grant web-server');
  });
});
