import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { example } from './index.ts';
import { codeOf, fixture, logIn } from './test-client.ts';

const script = fileURLToPath(new URL('../../scripts/emulator.ts', import.meta.url));

describe('npm run emulator', () => {
  let folder: string;
  let child: ChildProcessByStdio<null, Readable, Readable>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aquila-emulator-test-'));
    await writeFile(join(folder, 'server.crt'), fixture('rsa2048.crt'));
  });
  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await rm(folder, { recursive: true });
  });

  /** Its temporary files lie in the folder of the test, since a killed process leaves them. */
  const start = (...args: string[]): void => {
    const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder };
    child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  };

  /** What it prints until it is ready, and a stand-in for the emulator that runs in the other process. */
  const ready = async (): Promise<{
    printed: string;
    certificateFile: string;
    theirs: Parameters<typeof logIn>[0];
  }> => {
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.includes('Ctrl-C')) break;
    }
    const printed = lines.join('\n');
    const value = (pattern: RegExp): string => pattern.exec(printed)?.[1] ?? '';
    const certificateFile = value(/NODE_EXTRA_CA_CERTS="?=?"?(.*)"$/m);
    const theirs = {
      myDomainUrl: value(/My Domain +(\S+)/),
      loginUrl: value(/Login host +(\S+)/),
      tlsCertificate: await readFile(certificateFile, 'utf8'),
    };
    return { printed, certificateFile, theirs };
  };

  it('prints what one needs, serves, and cleans up on Ctrl-C', async () => {
    start('--certificate', join(folder, 'server.crt'));
    const { printed, certificateFile, theirs } = await ready();
    for (const needed of [example.clientId, example.username, example.admin]) expect(printed).to.contain(needed);
    expect((await logIn(theirs)).status).to.equal(200);
    const closed = once(child, 'close');
    child.kill('SIGINT');
    const [code] = (await closed) as [number | null];
    if (process.platform === 'win32') return; // there a signal ends a process at once
    expect(code).to.equal(0);
    expect(await codeOf(access(certificateFile))).to.equal('ENOENT');
  });

  it('starts with something wrong when asked', async () => {
    start('--certificate', join(folder, 'server.crt'), '--scenario', 'user-inactive');
    const { theirs } = await ready();
    expect((await logIn(theirs)).body).to.contain('inactive user');
  });

  for (const args of [['--scenario', 'E99'], ['--port-login', 'x'], ['--state', 'nowhere.json'], ['--what']]) {
    it(`${args.join(' ')} ends with 2 and the usage`, async () => {
      start(...args);
      const [printed, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number]>]);
      expect(code).to.equal(2);
      expect(printed).to.contain(args.at(-1)).and.contain('npm run emulator -- [options]');
    });
  }
});
