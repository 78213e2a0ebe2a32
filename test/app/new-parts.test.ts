import { expect } from 'chai';
import { newPart } from '../../src/app/new-parts.ts';

describe('app: a part that the org lacks', () => {
  const app = { developerName: `${'x'.repeat(59)}_${'y'.repeat(20)}`, label: 'App', clientId: 'abc' };

  it('has a name of at most 80 characters, and names its app in full', () => {
    const { fullName, fields } = newPart('oauthPolicy', app);
    expect(fullName).to.equal(`${'x'.repeat(59)}_oauth_defaultPolicy`);
    expect(fields['externalClientApplication']).to.equal(app.developerName);
  });

  it('has the client id in one place only', () => {
    expect(newPart('global', app).fields).to.include({ consumerKey: 'abc' });
    for (const slot of ['header', 'oauth', 'oauthPolicy', 'policy'] as const) {
      expect(Object.values(newPart(slot, app).fields)).to.not.include('abc');
    }
  });
});
