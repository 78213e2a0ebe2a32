import { assertionLifetime } from '../../token/assertion.ts';
import { defineCheck, fail, pass, skip, warn } from '../define.ts';
import { clockSkew, clockTolerance, skewInWords } from './clock-skew.ts';

export default defineCheck({
  id: 'host-clock',
  title: 'clock of this machine agrees with the host',
  why: `A login is valid for ${assertionLifetime} seconds by the clock of the machine that signs it, so a wrong clock makes it end too early.`,
  fix: 'set the clock of this machine by a time service, and do the same on the collector',
  needs: ['host'],
  judge: ({ host: { http } }) => {
    const skew = clockSkew(http);
    if (skew === undefined) return skip('the answer of the host carries no date');
    const data = { skewSeconds: skew };
    if (Math.abs(skew) <= clockTolerance) return pass(undefined, { data });
    // Behind by more than the lifetime, a login has ended before it arrives. Ahead, none is known to have been refused
    // (docs/reference/salesforce-oauth.md §1.2).
    const words = `the clock of this machine is ${skewInWords(skew)}`;
    return skew < -assertionLifetime
      ? fail(`${words}, and a login lives only ${assertionLifetime} s`, { data })
      : warn(words, { data });
  },
});
