import type { Reading } from '../checks/run.ts';
import { problemOf } from '../errors.ts';

/** A reading in which the plugin's own errors have become findings; anything else is a bug and stays an error. */
export async function guarded<Value>(read: () => Promise<Reading<Value>>): Promise<Reading<Value>> {
  try {
    return await read();
  } catch (error) {
    return { failed: problemOf(error) };
  }
}
