import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Place, type Outcome } from '../cli/process.ts';
import {
  example,
  exampleOrg,
  presets,
  startEmulator,
  writeTlsCertificate,
  type App,
  type Emulator,
} from '../emulator/index.ts';
import { fixture } from '../emulator/test-client.ts';
import { freeCallback } from '../org/callback/visitor.ts';
import { startChromium } from './chromium.ts';

/** What a command prints with --json. */
export type Json = { name?: string; message?: string; result?: Record<string, unknown>; warnings?: string[] };

/**
 * Gives the suite that calls it one Chromium, and skips it where there is none.
 *
 * @returns opens a window of it beside an org of its own
 */
export function inChromium(): (options?: { javaScriptEnabled?: boolean }) => Promise<BrowserScene> {
  let browser: Browser | undefined;
  before(async function () {
    browser = await startChromium(this);
  });
  after(() => browser?.close());
  return (options) => BrowserScene.open(browser!, options);
}

/** A command that waits for somebody in a browser. */
export type Waiting = {
  /** Waits until it has said something, and gives the parts in brackets of the pattern. */
  says: (pattern: RegExp) => Promise<string[]>;
  outcome: Promise<Outcome>;
  interrupt: () => void;
};

/** An org with all flows on, the built command beside it, and a window of a real browser. */
export class BrowserScene {
  readonly emulator: Emulator;
  readonly app: App;
  readonly place = new Place();
  readonly callbackUrl: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the pages wrote into the console of the browser. */
  readonly console: string[] = [];
  readonly #env: Record<string, string>;
  readonly #running: Waiting[] = [];

  static async open(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<BrowserScene> {
    const emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    presets['all-flows-on'](emulator);
    const { url } = await freeCallback();
    // The certificate of the loopback org is nobody's but its own.
    const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
    const scene = new BrowserScene(emulator, url, { context, page: await context.newPage() });
    scene.#env['NODE_EXTRA_CA_CERTS'] = await writeTlsCertificate(emulator.tlsCertificate, scene.place.folder);
    return scene;
  }

  private constructor(
    emulator: Emulator,
    callbackUrl: string,
    { context, page }: { context: BrowserContext; page: Page }
  ) {
    this.emulator = emulator;
    this.callbackUrl = callbackUrl;
    this.context = context;
    this.page = page;
    this.app = emulator.org.app(example.clientId)!;
    this.app.callbackUrls.push(callbackUrl);
    this.#env = { SF_AQUILA_CLIENT_SECRET: this.app.clientSecret };
    page.on('console', (message) => this.console.push(message.text()));
  }

  async close(): Promise<void> {
    // A test that failed may leave a command that still waits.
    for (const { interrupt, outcome } of this.#running) {
      interrupt();
      await outcome;
    }
    await this.context.close();
    await this.emulator.stop();
    this.place.remove();
  }

  /** Starts `sf aquila token request --json` for this org. */
  request(grant: string, ...more: string[]): Waiting {
    const words = ['token', 'request', '--grant', grant, '--instance-url', this.emulator.myDomainUrl, '--json'];
    let [said, waiting] = ['', (): void => undefined];
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const outcome = this.place.run([...words, '--client-id', example.clientId, ...more], {
      env: this.#env,
      started: (interrupt) => (kill = interrupt),
      heard: (stderr) => {
        said = stderr;
        waiting();
      },
    });
    const says = (pattern: RegExp): Promise<string[]> =>
      new Promise((resolve, reject) => {
        waiting = () => {
          const found = pattern.exec(said);
          if (found) resolve(found.slice(1));
        };
        waiting();
        outcome.then(
          ({ stdout }) => reject(new Error(`it ended before it said ${String(pattern)}: ${said}${stdout}`)),
          reject
        );
      });
    const running = { says, outcome, interrupt: () => kill('SIGINT') };
    this.#running.push(running);
    return running;
  }

  /** Starts a grant that asks in the browser, and opens the page that it names. */
  async ask(grant: 'web-server' | 'user-agent', ...more: string[]): Promise<Waiting> {
    const waiting = this.request(grant, '--callback-url', this.callbackUrl, ...more);
    const [url = ''] = await waiting.says(/^ {2}(https:\S+authorize\?\S+)$/m);
    await this.page.goto(url);
    return waiting;
  }

  /** Fills in the form of the org, and goes where that leads. */
  async answer(button: 'Allow' | 'Deny', username: string = example.username): Promise<void> {
    await this.page.getByLabel('Username').fill(username);
    await this.page.getByRole('button', { name: button }).click();
  }

  /** The heading and the text that the page of the command shows in the end. */
  async shown(title: string): Promise<string> {
    await this.page.getByRole('heading', { name: title, exact: true }).waitFor();
    return this.page.locator('main').innerText();
  }

  /** The addresses behind the back and forward buttons, in order. */
  async history(): Promise<string[]> {
    const tools = await this.context.newCDPSession(this.page);
    const { entries } = await tools.send('Page.getNavigationHistory');
    return entries.map(({ url }) => url);
  }

  /** Tokens, codes and secrets that a text holds and must not. */
  secretsIn(text: string): string[] {
    const { tokens, refreshTokens } = this.emulator.org;
    const values = [...tokens, ...refreshTokens].map(({ value }) => value);
    const sent = this.emulator.calls.flatMap(({ body }) => {
      const form = new URLSearchParams(body);
      return ['code', 'code_verifier'].map((name) => form.get(name) ?? '');
    });
    const all = [...values, ...sent, this.app.clientSecret].filter(Boolean);
    return all.filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
  }

  /** The names of what was sent to a path, in the query or the form, for each call. */
  parametersAt(path: string, method: string): string[][] {
    return this.emulator.calls
      .filter((call) => call.path === path && call.method === method)
      .map(({ query, body }) => [...Object.keys(query), ...new URLSearchParams(body).keys()]);
  }
}
