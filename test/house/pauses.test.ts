import { expect } from 'chai';
import { untilDone } from '../../src/org/polling.ts';
import { shortenPauses } from '../pauses.ts';

describe('house: shortened pauses', () => {
  /** What timers were really set to, in milliseconds. */
  let set: number[];
  let undo: Array<() => void>;
  beforeEach(() => {
    const real = globalThis.setTimeout;
    set = [];
    const noting = (act: () => void, milliseconds = 0): NodeJS.Timeout => {
      set.push(milliseconds);
      return real(act, 0);
    };
    globalThis.setTimeout = Object.assign(noting as typeof setTimeout, real);
    undo = [shortenPauses((milliseconds) => milliseconds / 50), () => void (globalThis.setTimeout = real)];
  });
  afterEach(() => undo.forEach((one) => one()));

  it('are those that the product makes', async () => {
    let asked = 0;
    const ask = (): Promise<{ done: boolean }> => Promise.resolve({ done: (asked += 1) === 3 });
    await untilDone(ask, { job: 'deployment', id: '0Af', now: () => new Date(0) });
    expect(set).to.deep.equal([4, 6, 9]);
  });

  it('are no timers of anyone else, such as the limits of time of undici', () => {
    clearTimeout(setTimeout(() => undefined, 499));
    expect(set).to.deep.equal([499]);
  });
});
