import type { Network } from '../../src/org/http.ts';

/** The network of a process that dies right after its n-th request has reached the org: no answer is ever read, nothing is put back. */
export function dyingAfter({ send, now }: Network, last: number): { through: Network; dead: Promise<void> } {
  let count = 0;
  let die: () => void = () => undefined;
  const dead = new Promise<void>((resolve) => (die = resolve));
  const through: Network = {
    now,
    send: async (sent) => {
      count += 1;
      if (count > last) return new Promise(() => undefined);
      const answer = await send(sent);
      if (count < last) return answer;
      die();
      return new Promise(() => undefined);
    },
  };
  return { through, dead };
}
