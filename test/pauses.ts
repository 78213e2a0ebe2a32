/** Where the product's own files are, as they stand in a stack. */
const product = new URL('../src/', import.meta.url).href;

/**
 * Shortens the pauses of the product. Only what a file of src/ sets itself is one: the timers of a library are its clocks and its limits of
 * time, and undici would let connections expire in a fiftieth of their time, long after this is undone, too.
 *
 * @param lengthOf how long a pause takes instead; both are milliseconds
 * @returns undoes it
 */
export function shortenPauses(lengthOf: (milliseconds: number) => number): () => void {
  const unhurried = globalThis.setTimeout;
  const hurried = (act: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]): NodeJS.Timeout => {
    const caller = new Error().stack?.split('\n')[2] ?? '';
    return unhurried(act, caller.includes(product) ? lengthOf(milliseconds) : milliseconds, ...values);
  };
  globalThis.setTimeout = Object.assign(hurried, unhurried);
  return () => {
    globalThis.setTimeout = unhurried;
  };
}
