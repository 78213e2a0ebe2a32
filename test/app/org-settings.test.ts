import { expect } from 'chai';
import { closingOf, closingText, orgOauth } from '../../src/app/org-settings.ts';
import { readSettings, writeSettings } from '../../src/app/xml.ts';

describe('app: settings of the org that speak of OAuth', () => {
  it('each is what its element says, and undefined where the org returns none', () => {
    const settings = { OauthOidc: { blockOAuthUnPwFlow: 'true', isPkceRequired: 'false' } };
    expect(orgOauth(settings)).to.deep.equal({
      usernamePasswordBlocked: true,
      userAgentBlocked: undefined,
      pkceRequired: false,
      codeCredentials: undefined,
      adminApprovedAppsOnly: undefined,
    });
  });

  it('what closes a flow reads back as it was written', () => {
    const closing = { member: 'OauthOidc', element: 'blockOAuthUnPwFlow', to: 'true' } as const;
    expect(closingText(closing)).to.equal('OauthOidc.blockOAuthUnPwFlow=true');
    expect(closingOf(closingText(closing))).to.deep.equal(closing);
  });

  for (const text of ['', 'OauthOidc', 'Nothing.blockOAuthUnPwFlow=true', 'OauthOidc.blockOAuthUnPwFlow=yes']) {
    it(`"${text}" closes nothing`, () => expect(closingOf(text)).to.equal(undefined));
  }

  it('a file keeps elements that this plugin does not know', async () => {
    const fields = { agentAuthLinking: 'false', blockOAuthUnPwFlow: 'true' };
    const xml = writeSettings('OauthOidc', fields);
    expect(xml).to.include('<OauthOidcSettings xmlns=').and.include('<agentAuthLinking>false</agentAuthLinking>');
    expect(await readSettings('OauthOidc', xml)).to.deep.equal(fields);
  });
});
