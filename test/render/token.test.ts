import { expect } from 'chai';
import { renderToken, tokenResult } from '../../src/render/token.ts';

describe('a granted token, as a reader sees it', () => {
  it('has nothing in it that a terminal would obey, whatever the answer said', () => {
    const evil = '\u001b[2J\u202Eevil\n';
    const response = {
      ...{ accessToken: '00Dxx!AQ', instanceUrl: `https://acme.example${evil}`, scopes: [evil] },
      ...{ tokenType: evil, issuedTokenType: undefined },
    };
    const who = { username: evil, userId: evil, orgId: evil };
    const text = renderToken('acme.example', tokenResult({ grant: 'device', response, who, saved: undefined }));
    expect(text).to.include('evil');
    for (const obeyed of ['\u001b', '\u202E']) expect(text).not.to.include(obeyed);
    expect(text.split('\n')).to.have.length(7);
  });
});
