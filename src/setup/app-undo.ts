import { SfError } from '@salesforce/core/sfError';
import { problem } from '../errors.ts';

/** Takes back what was done. */
export type Undo = () => Promise<void>;

/** Takes back all that was done, the last first, and says what could not be. */
export async function takenBack(error: unknown, undos: Undo[]): Promise<unknown> {
  const left: string[] = [];
  for (const undo of undos.reverse()) {
    try {
      await undo();
    } catch (reason) {
      left.push(reason instanceof Error ? reason.message : '');
    }
  }
  if (left.length > 0 && error instanceof SfError) {
    const { actions } = problem('AppPutBackPartly', [], []);
    error.actions = [...(error.actions ?? []), ...left, ...actions];
  }
  return error;
}
