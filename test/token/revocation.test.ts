import { expect } from 'chai';
import { readRevocation } from '../../src/token/revocation.ts';

const read = (status: number, body: string): ReturnType<typeof readRevocation> =>
  readRevocation({
    ...{ method: 'POST', url: 'https://acme.my.salesforce.com/services/oauth2/revoke', status, body },
    receivedAt: new Date('2026-11-22T10:00:00Z'),
  });
const errorOf = (status: number, body: string): string => {
  const answer = read(status, body);
  return 'refused' in answer ? (answer.refused.error ?? `page: ${answer.refused.page ?? ''}`) : answer.outcome;
};

describe('the answer to a revocation', () => {
  for (const [what, status, body, outcome] of [
    ['200 without a body', 200, '', 'revoked'],
    ['200 with a line break', 200, '\r\n', 'revoked'],
    ['200 with an empty object', 200, '{}', 'revoked'],
    ['an unknown token in JSON', 400, '{"error":"invalid_token","error_description":"invalid token"}', 'gone'],
    ['an unknown token as a form', 400, 'error=invalid_token&error_description=invalid+token', 'gone'],
    ['an unknown token as a bare word', 400, 'invalid_token\n', 'gone'],
    ['another token in JSON', 400, '{"error":"unsupported_token_type"}', 'unsupported_token_type'],
    ['another token as a form', 400, 'error=unsupported_token_type', 'unsupported_token_type'],
    ['a word that is not documented', 404, 'Bad_Id', 'Bad_Id'],
    ['an error in JSON with status 200', 200, '{"error":"server_error"}', 'server_error'],
    ['a page with status 200', 200, '<html><title>Login required</title></html>', 'page: Login required'],
    ['words with status 200', 200, 'OK, thank you', 'page: an answer that is not JSON'],
    ['a page with status 503', 503, '<title>Down for maintenance</title>', 'page: Down for maintenance'],
    ['400 without a body', 400, '', 'page: an empty answer'],
  ] as const) {
    it(`${what} is ${outcome}`, () => {
      expect(errorOf(status, body)).to.equal(outcome);
    });
  }

  it('keeps the description beside the error', () => {
    expect(read(400, 'error=unsupported_token_type&error_description=this+type')).to.deep.equal({
      refused: { status: 400, error: 'unsupported_token_type', errorDescription: 'this type' },
    });
  });
});
