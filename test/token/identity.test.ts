import { expect } from 'chai';
import { identityPath, identityRefusals, readIdentityAnswer, type IdentityCode } from '../../src/token/identity.ts';

const read = (status: number, body: unknown): ReturnType<typeof readIdentityAnswer> =>
  readIdentityAnswer({
    ...{ method: 'GET', url: 'https://acme.my.salesforce.com/services/oauth2/userinfo', status },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAt: new Date('2026-11-22T10:00:00Z'),
  });
const ids = { organization_id: '00D5g00000Acme1EAB', user_id: '0055g0000000001AAA' };

describe('whom a token belongs to', () => {
  it('is read under the names of userinfo and under those of the identity URL', () => {
    const url = 'https://login.salesforce.com/id/00D5g00000Acme1EAB/0055g0000000001AAA';
    const userinfo = { ...ids, preferred_username: 'ann@acme.com', name: 'Ann', zoneinfo: 'Asia/Manila', sub: url };
    const identity = { ...ids, username: 'ann@acme.com', display_name: 'Ann', timezone: 'Asia/Manila', id: url };
    expect(read(200, userinfo)).to.deep.equal(read(200, identity));
    expect(read(200, userinfo)).to.deep.equal({
      identity: {
        ...{ username: 'ann@acme.com', orgId: ids.organization_id, userId: ids.user_id, name: 'Ann' },
        ...{ timezone: 'Asia/Manila', identityUrl: url },
      },
    });
  });

  const codes: IdentityCode[] = ['Bad_OAuth_Token', 'Missing_OAuth_Token', 'Wrong_Org', 'Bad_Id', 'Invalid_Scope'];
  for (const code of codes) {
    it(`${code} is known in any letters, and has a meaning and a cause with a fix`, () => {
      expect(read(403, `${code.toUpperCase()}\n`)).to.deep.equal({ code });
      const { meaning, causes } = identityRefusals[code];
      expect([meaning, ...causes.flatMap(({ text, fix }) => [text, fix])].filter((text) => text === '')).to.deep.equal(
        []
      );
      expect(causes).to.not.be.empty;
    });
  }

  for (const [what, status, body] of [
    ['a code with status 200', 200, 'Bad_OAuth_Token'],
    ['facts without ids', 200, { username: 'ann@acme.com' }],
    ['a username that a terminal would obey', 200, { ...ids, username: '\u001b[2J@acme.com' }],
    ['facts with an error status', 500, { ...ids, username: 'ann@acme.com' }],
    ['other words', 403, 'Access denied'],
    ['a page', 200, '<html><title>Login</title></html>'],
  ] as const) {
    it(`${what} is neither an identity nor a known code`, () => {
      expect(read(status, body)).to.have.property('refused');
    });
  }

  for (const [what, url, path] of [
    ['that of the login page', 'https://login.salesforce.com/id/00D5g00000Acme1EAB/0055g0000000001AAA', true],
    ['one with short ids', 'https://x/id/00D5g00000Acme1/0055g0000000001', true],
    ['a path to elsewhere', 'https://login.salesforce.com/id/../../evil', false],
    ['an id of something else', 'https://login.salesforce.com/id/00D5g00000Acme1EAB/001000000000001AAA', false],
  ] as const) {
    it(`of an identity URL only the path with an org and a user is used: ${what}`, () => {
      const expected = path ? `${new URL(url).pathname}?format=json` : undefined;
      expect(identityPath(url)).to.equal(expected);
    });
  }
});
