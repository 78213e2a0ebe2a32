import { SfError } from '@salesforce/core/sfError';

/** The error code with which something is refused; undefined if it isn't. Anything but an error of ours is thrown on. */
export async function refusalOf(action: () => unknown): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (!(error instanceof SfError)) throw error;
    return error.name;
  }
}
