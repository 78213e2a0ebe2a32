import type { Call } from '../emulator/calls.ts';
import type { Network } from '../../src/org/http.ts';

/** The object that is queried, or the call of the Metadata API. */
export const nameOf = ({ query, body }: Call): string | undefined =>
  /FROM (\w+)/.exec(query['q'] ?? '')?.[1] ?? /Body[^>]*>\s*<(\w+)/.exec(body)?.[1];

/**
 * A network in which every answer comes only after nothing more is asked without it, so that the rounds are what must follow one another
 * whatever the speed of the org.
 */
export function inRounds(open: Network): { network: Network; rounds: () => number } {
  let count = 0;
  let round: Promise<void> | undefined;
  let [asked, unanswered] = [0, 0];
  const network: Network = {
    ...open,
    send: async (request) => {
      asked += 1;
      round ??= (async (): Promise<void> => {
        count += 1;
        for (let [idle, seen] = [0, 0]; idle < 100; idle += 1) {
          if (seen !== asked || unanswered > 0) [idle, seen] = [0, asked];
          await new Promise(setImmediate);
        }
        round = undefined;
      })();
      await round;
      unanswered += 1;
      try {
        return await open.send(request);
      } finally {
        unanswered -= 1;
      }
    },
  };
  return { network, rounds: () => count };
}
