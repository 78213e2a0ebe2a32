import { expect } from 'chai';
import { found, plan, wanted } from './guide-app.ts';

describe('app: the session of an app that exists', () => {
  const setting = 'Session Timeout in Minutes';
  const lasting = (sessionTimeoutInMinutes: string) => found('oauthPolicy', { sessionTimeoutInMinutes });

  for (const minutes of ['1', '5', '60', '1440']) {
    it(`stays at ${minutes} minutes, which the guide wants or the collector's poll needs`, () =>
      expect(plan({ found: lasting(minutes) }).changes).to.deep.equal([]));
  }

  for (const minutes of ['0', '6', '59']) {
    it(`becomes 5 where ${minutes} minutes serve neither`, () =>
      expect(plan({ found: lasting(minutes) }).changes).to.deep.equal([{ setting, from: minutes, to: '5' }]));
  }

  it('becomes what the request names, whatever it was', () =>
    expect(plan({ found: lasting('60'), wanted: wanted({ sessionTimeout: 5 }) }).changes).to.deep.equal([
      { setting, from: '60', to: '5' },
    ]));

  it('stays for tokens in JWT format, too', () => {
    const custom = { namedUserJwtSessionTimeoutType: 'Custom', namedUserJwtTimeout: '120' };
    const jwt = { ...found('oauthPolicy', custom), global: found('global', { isNamedUserJwtEnabled: 'true' }).global };
    expect(plan({ found: jwt }).changes).to.deep.equal([]);
  });
});
