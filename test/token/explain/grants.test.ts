import { explain, explains } from './explaining.ts';
import { expect } from 'chai';

const body = (error: string, description?: string): string => JSON.stringify({ error, error_description: description });

describe('explain: refusals of other grants than JWT bearer', () => {
  explains([
    [body('invalid_grant', 'invalid authorization code'), /does not know the code/, undefined, '!'],
    [body('invalid_request', 'missing required code challenge'), /PKCE/, undefined, '!'],
    [body('invalid_grant', 'invalid code verifier'), /does not fit the code/, undefined, '?'],
    [body('authorization_pending'), /nobody has entered the code/, undefined, '!'],
    [body('expired_token'), /too old/, undefined, '!'],
    [body('access_denied', 'end-user denied authorization'), /did not allow the app/, undefined, '!'],
    [body('unsupported_response_type', 'response type not supported'), /kind of login by browser/, undefined, '?'],
    [body('invalid_grant', 'expired access/refresh token'), /refresh token is expired/, 'app-refresh-token', '!'],
  ]);

  it('says of words that two grants share which cause belongs to which', () => {
    const [found] = explain(body('invalid_grant', 'authentication failure'));
    expect(found?.causes.map(({ text }) => text).join('\n')).to.include('if the grant was username-password: ');
  });
});
