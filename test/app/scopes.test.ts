import { expect } from 'chai';
import { lackingScopes, scopeNames } from '../../src/app/scopes.ts';

describe('app: scopes', () => {
  it('of metadata have the names of OAuth', () =>
    expect(scopeNames(['Api', ' Web', 'RefreshToken', 'OfflineAccess', 'OpenID', 'Full'])).to.deep.equal([
      'api',
      'web',
      'refresh_token',
      'offline_access',
      'openid',
      'full',
    ]));

  const rows: Array<[present: string[], lacking: string[]]> = [
    [[], ['Api', 'Web', 'RefreshToken']],
    [['Api', 'Web', 'RefreshToken'], []],
    [['OfflineAccess', 'Web', 'Api', 'OpenID'], []],
    [['Full'], ['RefreshToken']],
    [['Full', 'RefreshToken'], []],
    [['Web'], ['Api', 'RefreshToken']],
  ];
  for (const [present, lacking] of rows) {
    it(`${present.join(', ') || 'none'}: ${lacking.join(', ') || 'nothing'} is lacking`, () =>
      expect(lackingScopes(present)).to.deep.equal(lacking));
  }
});
