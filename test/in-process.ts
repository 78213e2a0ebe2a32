import { fileURLToPath } from 'node:url';
import { ConfigAggregator, StateAggregator } from '@salesforce/core';
import type { SfError } from '@salesforce/core/sfError';

/** The root of the project, from which a command in process takes its configuration. */
const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** What a user would see of one run of a command. */
export type Run<Result> = {
  result?: Result;
  error?: SfError;
  stdout: string;
  stderr: string;
  exitCode: number;
};

/** `SHELL`, since oclif asks the system for the user's own where it is not set, as on a build machine. */
const everywhere = { SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_LOG_FILE: 'true', SHELL: '/bin/sh' };

/** A command class: the type of the result is that of its instances, the call is that of the class. */
type Runnable<Result> = (new (...args: never[]) => { run: () => Promise<Result> }) & {
  run: (argv: string[], root: string) => Promise<unknown>;
};

/**
 * Runs a command in this process, as `sf` would, and catches what it prints. Mocha's own exit code is left alone.
 *
 * @param env set for the run only; `HOME` should be a temporary folder
 */
export async function runInProcess<Result>(
  command: Runnable<Result>,
  argv: string[],
  env: Record<string, string>
): Promise<Run<Result>> {
  const before = { env: { ...process.env }, exitCode: process.exitCode };
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  Object.assign(process.env, { ...everywhere, ...env });
  process.exitCode = undefined;
  StateAggregator.clearInstance();
  // It keeps a default org of the environment for ever, also that of the run before.
  await ConfigAggregator.clearInstance();
  const listeners = signals.map((signal) => process.listeners(signal));
  const outcome: { result?: Result; error?: SfError } = {};
  try {
    outcome.result = (await command.run(argv, projectRoot)) as Result;
  } catch (error) {
    if (!isSfError(error)) throw error;
    outcome.error = error;
  } finally {
    stdout.restore();
    stderr.restore();
    // SfCommand adds its listeners with every run and never takes them away.
    for (const [index, signal] of signals.entries()) {
      for (const listener of process.listeners(signal)) {
        if (!listeners[index]?.includes(listener)) process.removeListener(signal, listener);
      }
    }
  }
  const exitCode = chosenExitCode() ?? outcome.error?.exitCode ?? 0;
  restoreEnvironment(before.env);
  process.exitCode = before.exitCode;
  return { ...outcome, stdout: stdout.text(), stderr: stderr.text(), exitCode };
}

/** By shape, since SfCommand wraps an error into one of its own. */
const isSfError = (error: unknown): error is SfError => error instanceof Error && 'exitCode' in error;

const chosenExitCode = (): number | undefined =>
  process.exitCode === undefined ? undefined : Number(process.exitCode);

/** Key by key: an assignment to `process.env` would cut it off from the environment that `os.homedir()` reads. */
function restoreEnvironment(before: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] as const;

function capture(stream: NodeJS.WriteStream): { text: () => string; restore: () => void } {
  let text = '';
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array): boolean => {
    text += chunk.toString();
    return true;
  };
  return {
    text: () => text,
    restore: () => {
      stream.write = write;
    },
  };
}
