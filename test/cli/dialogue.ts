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

/** Milliseconds without a word after which nobody waits any longer: less than a test may take, and far more than a start does. */
const patience = 45_000;

/**
 * Runs `sf aquila …` on a terminal of its own and answers its questions.
 *
 * @param turns what to wait for on the screen, and what to type then; each wait begins behind the one before
 * @param more environment variables beside the usual ones
 * @throws with what was shown, where it ends or falls silent before all that is waited for has appeared
 */
export async function dialogue(
  place: Place,
  words: string[],
  turns: Array<[string, string]>,
  more: Record<string, string> = {},
  quiet = patience
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
  // Without its terminal, the command itself ends by the signal that hangs up.
  const silence = setTimeout(() => child.kill('SIGKILL'), quiet);
  child.stdout.on('data', (chunk: Buffer) => {
    silence.refresh();
    text += chunk.toString();
    while (turn && text.includes(turn[0], seen)) {
      seen = text.indexOf(turn[0], seen) + turn[0].length;
      child.stdin.write(turn[1]);
      [turn, ...rest] = rest;
    }
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (...end) => resolve(end));
  });
  clearTimeout(silence);
  if (turn) throw new Error(`"${turn[0]}" never appeared; on the screen was:\n${text}`);
  if (signal) throw new Error(`it fell silent and did not end; on the screen was:\n${text}`);
  return { text, code };
}
