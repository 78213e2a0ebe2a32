import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import AquilaLogin from '../../../src/commands/aquila/login.ts';
import TokenRequest, { type TokenRequestResult } from '../../../src/commands/aquila/token/request.ts';
import type { GrantName } from '../../../src/token/grants.ts';
import { Fleet } from '../../cli/fleet.ts';
import { passwordOf, securityTokenOf } from '../../emulator/grants/person.ts';
import { example, presets, type App, type Emulator, type User } from '../../emulator/index.ts';
import { runInProcess, type Run } from '../../in-process.ts';

/** An org with every grant open, somebody with the key, and `sf aquila token request`; afterwards a hunt for secrets in all that was said. */
export class GrantScene {
  readonly fleet: Fleet;
  #said = '';

  static async open(): Promise<GrantScene> {
    const fleet = await Fleet.open();
    presets['all-flows-on'](fleet.emulator);
    return new GrantScene(fleet);
  }

  private constructor(fleet: Fleet) {
    this.fleet = fleet;
  }

  async close(): Promise<void> {
    const secrets = this.secrets;
    await this.fleet.close();
    expect(secrets.filter((secret) => this.#said.includes(secret))).to.deep.equal([]);
  }

  get emulator(): Emulator {
    return this.fleet.emulator;
  }

  get app(): App {
    return this.emulator.org.app(example.clientId)!;
  }

  get user(): User {
    return this.emulator.org.user(example.username)!;
  }

  /** What the password grant sends as the password. */
  get password(): string {
    return passwordOf(this.user) + securityTokenOf(this.user);
  }

  /** Everything secret that was in play. */
  get secrets(): string[] {
    const { org, calls } = this.emulator;
    const bodies = calls.map(({ body }) => new URLSearchParams(body));
    const sent = [
      'assertion',
      'client_assertion',
      'password',
      'refresh_token',
      'subject_token',
      'actor_token',
      'client_secret',
    ];
    return [
      ...[...org.tokens, ...org.refreshTokens].map(({ value }) => value),
      ...[this.app.clientSecret, this.password],
      ...bodies.flatMap((form) => sent.flatMap((name) => form.get(name) ?? [])),
      ...calls.flatMap(({ headers }) => headers.authorization?.split(' ')[1] ?? []),
      ...readFileSync(this.fleet.path('server.key'), 'utf8').split('\n').slice(1, -2),
    ].filter((secret) => secret.length > 6);
  }

  /** A file with one line in it. */
  file(name: string, text: string): string {
    writeFileSync(this.fleet.path(name), `${text}\n`, { mode: 0o600 });
    return this.fleet.path(name);
  }

  get address(): string[] {
    return ['--instance-url', this.emulator.myDomainUrl];
  }

  get client(): string[] {
    return ['--client-id', example.clientId];
  }

  get clientSecret(): string[] {
    return ['--client-secret-file', this.file('secret', this.app.clientSecret)];
  }

  /** The integration user's login by its key, under the alias aquila, as `sf aquila login` makes it. */
  async login(): Promise<void> {
    const words = [...this.address, ...this.client, '--username', example.username, '--alias', 'aquila'];
    const { error } = await runInProcess(
      AquilaLogin,
      [...words, '--jwt-key-file', this.fleet.path('server.key')],
      this.fleet.env
    );
    if (error) throw error;
  }

  /** Where a flag is given twice, the later counts. */
  async ask(grant: GrantName, ...words: string[]): Promise<Run<TokenRequestResult>> {
    const flags = words.flatMap((word, at) => (word.startsWith('--') ? [at] : []));
    const given = new Map(flags.map((at, index) => [words[at], words.slice(at, flags[index + 1])]));
    const run = await runInProcess(TokenRequest, ['--grant', grant, ...[...given.values()].flat()], this.fleet.env);
    const { name, message, actions, data } = run.error ?? {};
    this.#said += JSON.stringify([run.stdout, run.stderr, run.result, name, message, actions, data]);
    this.#said += run.stdout + run.stderr;
    return run;
  }

  /** The form of the last token request, with what differs from run to run named by its kind. */
  lastForm(): Record<string, string> {
    const call = this.emulator.calls.tokenRequests().at(-1);
    return Object.fromEntries(new URLSearchParams(call?.body ?? ''));
  }
}

/** What a refusal looks like to its reader. */
export type Refused = {
  /** What is wrong, as the end of the test's name. */
  when: string;
  spoil?: (scene: GrantScene) => void;
  /** Flags in the place of the usual ones, or beside them. */
  more?: (scene: GrantScene) => string[];
  says: string;
  /** Ids of the causes, likeliest first. */
  causes: string[];
  /** What one of the actions holds. */
  action: string;
};

/** One test for each documented refusal of a grant: the words, the causes, the next step, one request and nothing stored. */
export function describeRefusals(grant: GrantName, usual: (scene: GrantScene) => string[], refusals: Refused[]): void {
  describe(`token request --grant ${grant}, refused`, () => {
    let scene: GrantScene;
    beforeEach(async () => {
      scene = await GrantScene.open();
    });
    afterEach(() => scene.close());

    for (const { when, spoil, more, says, causes, action } of refusals) {
      it(`says "${says}" when ${when}, why, and what to do`, async () => {
        const words = [...usual(scene), ...(more?.(scene) ?? [])];
        scene.emulator.calls.clear();
        spoil?.(scene);
        const before = scene.fleet.files();
        const { error, exitCode } = await scene.ask(grant, ...words);
        expect([error?.name, exitCode], error?.message).to.deep.equal(['GrantRefused', 1]);
        expect(error?.message).to.include(`refused the grant ${grant} at`).and.to.include(says);
        expect(error?.data).to.have.deep.property('causes', causes);
        expect(error?.actions?.join('\n')).to.include(action);
        expect(scene.emulator.calls).to.have.length(1);
        expect(storedIn(scene.fleet.files())).to.deep.equal(storedIn(before));
      });
    }
  });
}

/** The files of a home without the logs of sf, which come when they like. */
export const storedIn = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith('.log')));
