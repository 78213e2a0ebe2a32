import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { example, exampleOrg, startEmulator, writeTlsCertificate } from '../emulator/index.ts';
import type { Emulator, EmulatorOptions } from '../emulator/index.ts';
import { startLoopbackProxy } from '../emulator/loopback-proxy.ts';
import { fixture } from '../emulator/test-client.ts';
import { withPlugin } from './plugin.ts';
import type { Installation } from './plugin.ts';
import { files, leaks, secretsOfKey } from './secrets.ts';
import type { Secret } from './secrets.ts';
import { startSf } from './sf.ts';
import type { Run } from './sf.ts';
import { workshop } from './workshop.ts';

type Json = ReturnType<typeof JSON.parse>;

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A person with a HOME, a folder that they work in, and the key of the example org's app in it. */
export class Person {
  readonly home: string;
  readonly desk: string;
  readonly keyFile: string;
  /** Every run of theirs, for the hunt for secrets. */
  readonly runs: Run[] = [];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #data: string;

  constructor(folder: string, data: string, environment: NodeJS.ProcessEnv) {
    this.home = join(folder, 'home');
    this.desk = join(folder, 'desk');
    this.#data = data;
    this.#environment = environment;
    mkdirSync(this.home, { recursive: true });
    mkdirSync(this.desk);
    this.keyFile = join(this.desk, 'acme.key');
    copyFileSync(join(import.meta.dirname, '..', 'fixtures', 'keys', 'rsa2048.key'), this.keyFile);
    chmodSync(this.keyFile, 0o600);
  }

  /** Runs sf and waits for its end. The first word may be a command of several, such as `org list auth`. */
  async sf(...words: string[]): Promise<Run> {
    return this.start(words).done;
  }

  /** Runs sf with --json, which must succeed with nothing but JSON on standard output, and returns its result. */
  async result(...words: string[]): Promise<Json> {
    return (await this.#answer(words, true)).result;
  }

  /** As `result`, in another folder than the desk. */
  async resultIn(cwd: string, ...words: string[]): Promise<Json> {
    return (await this.#answer(words, true, cwd)).result;
  }

  /** Runs sf with --json, which must fail with nothing but JSON on standard output, and returns all of it. */
  async failure(...words: string[]): Promise<Json> {
    return this.#answer(words, false);
  }

  async #answer(words: string[], wanted: boolean, cwd = this.desk): Promise<Json> {
    const run = await this.start([...words, '--json'], { cwd }).done;
    const answer = parsed(run.stdout);
    if (answer === undefined || (answer.status === 0) !== wanted || answer.status !== run.code) {
      throw new Error(`sf ${words.join(' ')} ended with ${run.code}: ${run.stdout}${run.stderr}`);
    }
    return answer;
  }

  /** Starts sf, in the desk unless told. */
  start(
    [command = '', ...flags]: string[],
    options: { cwd?: string; data?: string; more?: NodeJS.ProcessEnv } = {}
  ): ReturnType<typeof startSf> {
    const machine = { home: this.home, data: options.data ?? this.#data };
    const started = startSf(machine, [...command.split(' '), ...flags], {
      cwd: options.cwd ?? this.desk,
      more: { ...this.#environment, ...options.more },
    });
    const done = started.done.then((run) => {
      this.runs.push(run);
      return run;
    });
    return { ...started, done };
  }

  /** A file below HOME, byte for byte; undefined if there is none. */
  stored(...path: string[]): string | undefined {
    const file = join(this.home, ...path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** What sf stored of a login. */
  auth(username: string = example.username): Record<string, unknown> {
    return JSON.parse(this.stored('.sfdx', `${username}.json`) ?? '{}') as Record<string, unknown>;
  }
}

export type Stage = {
  org: Emulator;
  /** The first person; there may be more. */
  ann: Person;
  /** An org beside the first, as that one was when it started, and somebody on another machine who works with it. */
  anotherOrg: () => Promise<{ org: Emulator; person: Person }>;
  /** Somebody else on another machine, with the same plugins or others. */
  another: (installation?: Installation) => Person;
  /** Words for `sf aquila login` or `sf org login jwt` of the integration user at My Domain, followed by more. */
  loginWords: (command: 'aquila login' | 'org login jwt', person: Person, ...more: string[]) => string[];
  /** Passphrases and the like that this scene uses. */
  secrets: Secret[];
};

type Setting = {
  /** Hosts that stock sf tries beside the org and that the proxy must refuse, sorted; none unless told. */
  refused?: string[];
  installation?: () => Promise<Installation>;
  /** What is different from the example org. */
  options?: Partial<EmulatorOptions>;
};

/**
 * A test with a loopback org, a person, and the plugin in the real sf. After the play it shows for every run in it that nothing was asked
 * for beyond the org and what `refused` says, and that no secret was printed, logged or stored in clear.
 */
export function scene(title: string, play: (stage: Stage) => Promise<void>, setting: Setting = {}): void {
  it(title, async () => {
    const { data } = await (setting.installation ?? withPlugin)();
    const folder = mkdtempSync(join(workshop, 'scene-'));
    const start = (): Promise<Emulator> => startEmulator({ ...exampleOrg(fixture('rsa2048.crt')), ...setting.options });
    const org = await start();
    const orgs = [org];
    const proxy = await startLoopbackProxy();
    const guardFile = join(folder, 'wanted-hosts');
    const environment = {
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: await writeTlsCertificate(org.tlsCertificate, folder),
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'network-guard.js')).href}`,
      NETWORK_GUARD_FILE: guardFile,
      SF_LOG_LEVEL: 'trace',
      NODE_COMPILE_CACHE: join(workshop, 'compile-cache'),
    };
    const people: Person[] = [];
    const another = (installation?: Installation, more: NodeJS.ProcessEnv = {}): Person => {
      const own = join(folder, `person${people.length}`);
      const person = new Person(own, installation?.data ?? data, { ...environment, ...more });
      people.push(person);
      return person;
    };
    const anotherOrg: Stage['anotherOrg'] = async () => {
      const count = orgs.push(await start());
      const beside = orgs[count - 1]!;
      const certificate = await writeTlsCertificate(beside.tlsCertificate, mkdtempSync(join(folder, 'org-')));
      return { org: beside, person: another(undefined, { NODE_EXTRA_CA_CERTS: certificate }) };
    };
    const stage: Stage = { org, anotherOrg, ann: another(), another, loginWords: loginWords(org), secrets: [] };
    try {
      await play(stage);
      expect(askedBeside(orgs, proxy.tunnels, proxy.refused), 'hosts asked for').to.deep.equal(setting.refused ?? []);
      expect(existsSync(guardFile) ? readFileSync(guardFile, 'utf8') : '', 'hosts wanted past the proxy').to.equal('');
      expect(huntIn(stage, { orgs, people }), 'secrets in clear').to.deep.equal([]);
    } finally {
      await Promise.all([...orgs.map((one) => one.stop()), proxy.stop()]);
    }
  });
}

const loginWords =
  (org: Emulator): Stage['loginWords'] =>
  (command, person, ...more) => [
    command,
    ...['--username', example.username, '--client-id', example.clientId, '--jwt-key-file', person.keyFile],
    ...(more.includes('--instance-url') ? [] : ['--instance-url', org.myDomainUrl]),
    ...more,
  ];

/** Every host that was asked for except the orgs, once each. */
function askedBeside(orgs: Emulator[], tunnels: string[], refused: string[]): string[] {
  const own = orgs.flatMap(({ myDomainUrl, loginUrl }) => [myDomainUrl, loginUrl].map((url) => new URL(url).host));
  return [...new Set([...tunnels, ...refused])].filter((host) => !own.includes(host)).sort();
}

/** The files on a desk that are there to hold a secret. */
const holdsSecrets = (file: string): boolean => /\.(key|pem)$|[/\\]passphrase$/.test(file);

function huntIn({ secrets }: Stage, { orgs, people }: { orgs: Emulator[]; people: Person[] }): string[] {
  const keys = people.flatMap(({ desk }) =>
    files(desk, holdsSecrets).flatMap(({ text }) => secretsOfKey('private key', text))
  );
  const tokens = orgs.flatMap(({ org }) => [
    ...org.tokens.map(({ value }) => ({ what: 'access token', value })),
    ...org.refreshTokens.map(({ value }) => ({ what: 'refresh token', value })),
  ]);
  const tokenRequests = orgs.flatMap(({ calls }) => calls.tokenRequests());
  const assertions = tokenRequests.flatMap(({ body }) => {
    const value = new URLSearchParams(body).get('assertion');
    return value === null ? [] : [{ what: 'assertion', value }];
  });
  const places = people.flatMap(({ home, desk, runs }) => [
    ...runs.map(({ words, stdout, stderr }) => ({ where: `output of sf ${words.join(' ')}`, text: stdout + stderr })),
    ...files(home),
    ...files(desk, (file) => !holdsSecrets(file)),
  ]);
  return leaks([...keys, ...tokens, ...assertions, ...secrets], places);
}
