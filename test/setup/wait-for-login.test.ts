import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { openNetwork } from '../../src/org/http.ts';
import { waitForLogin, type LoginWait } from '../../src/setup/wait-for-login.ts';
import { example, exampleOrg, presets, startEmulator, trustInProcess, type Emulator } from '../emulator/index.ts';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/keys/${name}`, import.meta.url), 'utf8');

describe('waitForLogin', () => {
  let emulator: Emulator;
  let distrust: () => void;
  let clock: number;
  let pauses: number[];
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    distrust = trustInProcess(emulator.tlsCertificate);
    clock = Date.now();
    pauses = [];
  });
  afterEach(async () => {
    distrust();
    await emulator.stop();
  });

  /** Time passes only in pauses. */
  const wait = (minutes: number, onPause: (count: number) => void = () => undefined): Promise<unknown> => {
    const given: LoginWait = {
      clientId: example.clientId,
      instanceUrl: emulator.myDomainUrl,
      username: example.username,
      minutes,
      privateKey: createPrivateKey(fixture('rsa2048.key')),
      keyFile: 'acme prod.key',
      network: { ...openNetwork({}, () => new Date(clock)), now: () => new Date(clock) },
      pause: (milliseconds) => {
        clock += milliseconds;
        pauses.push(milliseconds);
        onPause(pauses.length);
        return Promise.resolve();
      },
    };
    return waitForLogin(given);
  };
  const refusal = async (waiting: Promise<unknown>): Promise<SfError> => {
    const error: unknown = await waiting.then(
      () => undefined,
      (one: unknown) => one
    );
    if (!(error instanceof SfError)) throw new Error('it was not refused', { cause: error });
    return error;
  };

  it('asks once where the login works at once, and stores nothing', async () => {
    await wait(1);
    expect([pauses, emulator.calls.length, emulator.calls.tokenRequests().length]).to.deep.equal([[], 1, 1]);
  });

  for (const row of ['E6', 'E3'] as const) {
    it(`waits while the org answers ${row} for an app that is not known everywhere, 30 seconds each time`, async () => {
      emulator.switches.answers.notYetKnown = row;
      presets['app-just-changed'](emulator);
      await wait(10, (count) => {
        if (count === 3) emulator.switches.propagationSeconds = 0;
      });
      expect(pauses).to.deep.equal([30_000, 30_000, 30_000]);
    });
  }

  it('stops at once for an answer that time does not mend, with the words of Salesforce', async () => {
    emulator.org.user(example.username)!.permissionSets = [];
    const error = await refusal(wait(30));
    expect([error.name, pauses]).to.deep.equal(['LoginRefused', []]);
    expect(error.message).to.include('user is not admin approved to access this app');
  });

  it('stops when another cause comes up in between', async () => {
    presets['app-just-changed'](emulator);
    const error = await refusal(
      wait(30, (count) => {
        if (count < 2) return;
        emulator.switches.propagationSeconds = 0;
        presets['user-inactive'](emulator);
      })
    );
    expect([error.name, pauses.length]).to.deep.equal(['LoginRefused', 2]);
  });

  it('gives up when the time is over, with the last answer and the login to try later', async () => {
    presets['app-just-changed'](emulator);
    const error = await refusal(wait(2));
    expect([error.name, error.exitCode, pauses.length]).to.deep.equal(['AppLoginNotYet', 1, 4]);
    expect(error.message)
      .to.include('within 2 minutes')
      .and.match(/invalid_client_id|invalid_client/);
    expect(error.actions?.join()).to.include(`sf aquila login --username ${example.username} --client-id`);
    expect(error.actions?.join()).to.include('--jwt-key-file "acme prod.key"');
  });

  it('a network that fails for a moment is no reason to give up', async () => {
    presets['app-just-changed'](emulator);
    await wait(10, (count) => {
      if (count === 1) emulator.faults.set({ kind: 'reset', times: 1 });
      if (count === 3) emulator.switches.propagationSeconds = 0;
    });
    expect(pauses.length).to.equal(3);
  });

  it('a network that stays away is told when the time is over', async () => {
    emulator.faults.set({ kind: 'reset' });
    const error = await refusal(wait(1));
    expect([error.name, pauses.length]).to.deep.equal(['ConnectionLost', 2]);
  });
});
