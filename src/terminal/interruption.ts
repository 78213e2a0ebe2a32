/** What a process that a person interrupts ends with. */
const interrupted = 130;

/**
 * Says something on standard error if the process is interrupted from now on.
 *
 * @returns ends that
 */
export function sayWhenInterrupted(words: () => string): () => void {
  const say = (code: number): void => {
    if (code === interrupted) process.stderr.write(`\n${words()}\n`);
  };
  process.once('exit', say);
  return () => process.off('exit', say);
}
