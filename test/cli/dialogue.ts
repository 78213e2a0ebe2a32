import { spawn } from 'node:child_process';
import { cli, type Place } from './process.ts';

/** What was on the screen in the end, and the exit code. */
export type Screen = { text: string; code: number | null };

/** Gives a program a terminal of its own, and hands on what is typed and shown. */
const terminalProgram = 'script';

/** Skips a test or a suite where there can be no terminal, and says why. */
export function needTerminal(context: { skip: () => void }): void {
  if (process.platform === 'linux') return;
  console.log('      skipped: needs script(1) of util-linux, which only Linux has');
  context.skip();
}

/**
 * Runs `sf aquila …` on a terminal of its own and answers its questions.
 *
 * @param turns what to wait for on the screen, and what to type then; each wait begins behind the one before
 * @param more environment variables beside the usual ones
 */
export async function dialogue(
  place: Place,
  words: string[],
  turns: Array<[string, string]>,
  more: Record<string, string> = {}
): Promise<Screen> {
  const command = [process.execPath, cli, 'aquila', ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn(terminalProgram, ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: place.folder,
    env: {
      PATH: process.env.PATH,
      HOME: place.folder,
      SF_DISABLE_TELEMETRY: 'true',
      TERM: 'xterm',
      NO_COLOR: '1',
      ...more,
    },
  });
  let text = '';
  let seen = 0;
  let [turn, ...rest] = turns;
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    while (turn && text.includes(turn[0], seen)) {
      seen = text.indexOf(turn[0], seen) + turn[0].length;
      child.stdin.write(turn[1]);
      [turn, ...rest] = rest;
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { text, code };
}
