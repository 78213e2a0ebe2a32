import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import type { Emulator } from '../emulator/index.ts';
import { scene } from './scene.ts';
import { files } from './secrets.ts';

/** Waits until the org has got a request for a token. */
async function tokenRequest({ calls }: Emulator): Promise<void> {
  while (calls.tokenRequests().length === 0) await pause(20);
}

/** Ctrl-C of a terminal reaches the whole group of processes. */
const interrupt = ({ pid }: ChildProcess): boolean => process.kill(-pid!, 'SIGINT');

describe('installed: Ctrl-C', () => {
  scene('during a login ends sf with 130 and nothing is stored', async ({ org, ann, loginWords }) => {
    org.faults.set({ kind: 'hang' });
    const { child, done } = ann.start(loginWords('aquila login', ann, '--alias', 'aquila', '--set-default'));
    await tokenRequest(org);
    interrupt(child);
    expect(await done).to.include({ code: 130, stdout: '', stderr: '' });
    expect(ann.stored('.sfdx', `${example.username}.json`)).to.equal(undefined);
    const stored = files(ann.home, (file) => !file.endsWith('.log'));
    expect(stored.filter(({ text }) => text.includes('aquila'))).to.deep.equal([]);
  });

  scene('during a verification ends sf with 130 and the login stays', async ({ org, ann, loginWords }) => {
    await ann.result(...loginWords('aquila login', ann, '--set-default'));
    const before = ann.auth();
    org.calls.clear();
    org.faults.set({ kind: 'hang' });
    const { child, done } = ann.start(['aquila verify']);
    await tokenRequest(org);
    interrupt(child);
    expect(await done).to.include({ code: 130, stdout: '', stderr: '' });
    expect(ann.auth()).to.deep.equal(before);
  });
});
