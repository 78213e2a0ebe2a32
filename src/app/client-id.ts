import { problem, type Problem } from '../errors.ts';

/** How many random bytes a client id is made of. */
export const clientIdBytes = 32;

/**
 * A client id of our choice, in hexadecimal (docs/reference/external-client-apps.md §4).
 *
 * @param random `clientIdBytes` random bytes
 */
export const newClientId = (random: Uint8Array): string => Buffer.from(random).toString('hex');

/** Why an org would not take a client id; undefined if it would. The message does not repeat it. */
export const clientIdProblem = (clientId: string): Problem<'AppClientIdInvalid'> | undefined =>
  /^[A-Za-z0-9._=]{8,256}$/.test(clientId) ? undefined : problem('AppClientIdInvalid');
