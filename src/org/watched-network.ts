import type { HttpAnswer } from '../token/response.ts';
import type { HttpRequest, Network } from './http.ts';

/** Sees what goes out and what comes back. What it shows must be masked: both hold secrets. */
export type Watcher = { request: (request: HttpRequest) => void; answer: (answer: HttpAnswer) => void };

/** The same way out, watched. A request that never got an answer is seen too. */
export const watchedNetwork = ({ now, send }: Network, watcher: Watcher): Network => ({
  now,
  send: async (request) => {
    watcher.request(request);
    const answer = await send(request);
    watcher.answer(answer);
    return answer;
  },
});
