import { readdirSync } from 'node:fs';
import type { SfError } from '@salesforce/core/sfError';
import { openNetwork, type Network } from '../../../src/org/http.ts';
import type { FlowEdge, FlowPerson } from '../../../src/setup/flows/flow.ts';
import { requestGrant, type GrantedToken, type TokenRequest } from '../../../src/setup/token-request.ts';
import type { GrantName, Ingredients } from '../../../src/token/grants.ts';
import {
  example,
  exampleOrg,
  presets,
  startEmulator,
  trustInProcess,
  type App,
  type Emulator,
} from '../../emulator/index.ts';
import { fixture } from '../../emulator/test-client.ts';
import { freeCallback } from '../../org/callback/visitor.ts';
import { temporaryHome } from '../../org/home.ts';

/** What the person was shown, and for how many milliseconds the flow paused each time. */
type Asked = { visited: string[]; codes: string[]; pauses: number[] };

/** An org with all flows on, a home without logins, and a person whom each test tells what to do. */
export class FlowScene {
  readonly emulator: Emulator;
  readonly app: App;
  readonly callbackUrl: string;
  /** Where the token is asked for. */
  instanceUrl: string;
  readonly asked: Asked = { visited: [], codes: [], pauses: [] };
  onVisit: (url: string) => Promise<unknown> = () => Promise.resolve();
  /** What happens before a request goes out. */
  onSend: (url: string) => Promise<unknown> = () => Promise.resolve();
  onPause: (count: number) => unknown = () => undefined;
  readonly #leave: () => void;
  readonly #distrust: () => void;
  readonly #home: string;
  #visit: Promise<unknown> = Promise.resolve();

  static async open(): Promise<FlowScene> {
    const emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    presets['all-flows-on'](emulator);
    return new FlowScene(emulator, (await freeCallback()).url);
  }

  private constructor(emulator: Emulator, callbackUrl: string) {
    this.emulator = emulator;
    this.callbackUrl = callbackUrl;
    this.instanceUrl = emulator.myDomainUrl;
    this.app = emulator.org.app(example.clientId)!;
    this.app.callbackUrls.push(callbackUrl);
    this.#distrust = trustInProcess(emulator.tlsCertificate);
    const { home, leave } = temporaryHome();
    [this.#home, this.#leave] = [home, leave];
  }

  async close(): Promise<void> {
    this.#leave();
    this.#distrust();
    await this.emulator.stop();
  }

  /** Runs a grant until it ends, and whatever the person does. */
  run(grant: GrantName, given: Ingredients = {}, clientSecret?: string): Promise<GrantedToken> {
    return this.#run({ grant, given }, clientSecret);
  }

  /** The same, and the token is kept as a login of sf. */
  save(grant: GrantName, given: Ingredients = {}, clientSecret?: string): Promise<GrantedToken> {
    return this.#run({ grant, given, save: { alias: 'browser' } }, clientSecret);
  }

  async #run(
    { given, ...wish }: Pick<TokenRequest, 'grant' | 'given' | 'save'>,
    clientSecret: string | undefined
  ): Promise<GrantedToken> {
    const request = {
      ...wish,
      ...{ instanceUrl: this.instanceUrl, given: { clientId: example.clientId, ...given } },
      secret: (name: string) => Promise.resolve(name === 'clientSecret' ? clientSecret : undefined),
    };
    try {
      return await requestGrant(request, this.#edge());
    } finally {
      await this.#visit;
    }
  }

  /** How a grant fails whose token would have been kept. */
  async failure(...words: Parameters<FlowScene['save']>): Promise<SfError> {
    try {
      await this.save(...words);
    } catch (error) {
      return error as SfError;
    }
    throw new Error('the grant went well');
  }

  /** What is stored in the home: a failed grant leaves no login and no alias. */
  stored(): string[] {
    return readdirSync(this.#home, { recursive: true, encoding: 'utf8' }).filter((path) => /@|alias/.test(path));
  }

  #edge(): FlowEdge {
    const person: FlowPerson = {
      visit: (url) => {
        this.asked.visited.push(url);
        this.#visit = this.onVisit(url);
      },
      enterCode: ({ userCode }) => this.asked.codes.push(userCode),
    };
    const pause = async (milliseconds: number): Promise<void> => {
      this.asked.pauses.push(milliseconds);
      this.emulator.org.passTime(milliseconds / 60_000);
      await this.onPause(this.asked.pauses.length);
    };
    const { now, send } = openNetwork({}, () => new Date(this.emulator.org.now()));
    const network: Network = {
      now,
      send: async (request) => {
        await this.onSend(request.url);
        return send(request);
      },
    };
    return { network, person, pause };
  }
}
