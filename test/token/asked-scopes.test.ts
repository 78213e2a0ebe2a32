import { expect } from 'chai';
import { readScopes } from '../../src/token/asked-scopes.ts';

describe('scopes of a request', () => {
  const good: Array<[what: string, text: string, scope: string]> = [
    ['none', '', ''],
    ['several, by blanks and commas', 'api refresh_token,openid  id', 'api refresh_token openid id'],
    ['the same twice', 'api api', 'api'],
    ['a custom scope', 'api order_status', 'api order_status'],
    ['a custom scope that begins like a documented one', 'api_orders', 'api_orders'],
  ];
  for (const [what, text, scope] of good) {
    it(`${what} can be asked for`, () => expect(readScopes(text)).to.deep.equal({ scope }));
  }

  const slips: Array<[text: string, meant: string]> = [
    ['RefreshToken', 'refresh_token'],
    ['refresh-token', 'refresh_token'],
    ['refresh_tokn', 'refresh_token'],
    ['OpenID', 'openid'],
    ['open_id', 'openid'],
    ['Api', 'api'],
    ['visualfore', 'visualforce'],
  ];
  for (const [text, meant] of slips) {
    it(`"${text}" is taken for a slip of "${meant}"`, () => {
      const reading = readScopes(`api ${text}`.trim());
      expect(reading).to.have.nested.property('problem.code', 'ScopeInvalid');
      expect(reading).to.have.nested.property('problem.actions[0]', `Did you mean "${meant}"?`);
    });
  }

  it('a scope with characters that none can have is refused', () => {
    expect(readScopes('a"b')).to.have.nested.property('problem.code', 'ScopeInvalid');
  });
});
