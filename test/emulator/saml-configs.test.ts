import { expect } from 'chai';
import { fixture } from './test-client.ts';
import { OrgState } from './state.ts';

describe('emulator: the identity providers of an org', () => {
  it('an org trusts none until one is added, which is of SAML 2.0, enabled and by username unless told', () => {
    const org = new OrgState();
    expect(org.samlConfigs).to.deep.equal([]);
    const added = org.addSamlConfig({ issuer: 'https://idp.acme.com', certificate: fixture('rsa2048.crt') });
    expect(added.id).to.match(/^0LE\w{15}$/);
    const other = org.addSamlConfig({
      ...{ issuer: 'https://idp2.acme.com', certificate: fixture('other2048.crt') },
      ...{ name: 'Okta (test)', identityMapping: 'FederationId', enabled: false },
    });
    expect(org.samlConfigs).to.deep.equal([added, other]);
    expect(added).to.include({ samlVersion: 'SAML2_0', enabled: true, identityMapping: 'Username' });
    expect(other).to.include({ developerName: 'Okta_test', enabled: false, identityMapping: 'FederationId' });
  });
});
