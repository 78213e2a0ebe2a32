import { expect } from 'chai';
import { example } from '../emulator/index.ts';
import { TokenOrg } from './token-org.ts';

const userinfo = 'GET /services/oauth2/userinfo';
const token = 'POST /services/oauth2/token';

describe('sf aquila token identity', () => {
  let org: TokenOrg;
  beforeEach(async () => {
    org = await TokenOrg.open();
  });
  afterEach(() => org.close());

  const idPath = (username: string): string =>
    `GET /id/${org.emulator.org.id}/${org.emulator.org.user(username)?.id ?? 'none'}`;
  const atInstance = (): string[] => ['--instance-url', org.emulator.myDomainUrl];

  it('says whom the token of a stored login belongs to, with one request, and prints no token', async () => {
    const run = await org.identity('--target-org', 'admin');
    expect(run.result).to.include({
      ...{ username: example.admin, orgId: org.emulator.org.id, userId: org.emulator.org.user(example.admin)?.id },
      ...{ endpoint: 'userinfo', instanceUrl: org.emulator.myDomainUrl, renewed: false, storedAs: example.admin },
    });
    expect(run.stdout).to.include('The access token belongs to admin@acme.com.');
    expect(org.requests).to.deep.equal([userinfo]);
    expect(org.leaked(run)).to.deep.equal([]);
  });

  it('asks the identity URL of the stored user at the instance URL, in JSON', async () => {
    const { result } = await org.identity('--target-org', 'aquila', '--endpoint', 'identity-url');
    expect(result).to.include({ username: example.username, endpoint: 'identity-url', timezone: 'Asia/Manila' });
    expect(org.requests).to.deep.equal([idPath(example.username)]);
    const [call] = org.emulator.calls;
    expect(call).to.deep.include({ query: { format: 'json' }, face: 'my-domain' });
  });

  it('both endpoints tell the same of a user', async () => {
    const [one, other] = [
      (await org.identity('--target-org', 'admin')).result,
      (await org.identity('--target-org', 'admin', '--endpoint', 'identity-url')).result,
    ];
    expect({ ...one, endpoint: '' }).to.deep.equal({ ...other, endpoint: '' });
  });

  for (const [alias, username] of [
    ['admin', example.admin],
    ['aquila', example.username],
  ] as const) {
    it(`renews the stored login ${alias} once when its token is over, says so, and stores the new token`, async () => {
      org.emulator.org.expireTokens();
      const run = await org.identity('--target-org', alias);
      expect(run.result).to.include({ username, renewed: true });
      expect(run.stdout).to.include('the login has renewed itself');
      expect(org.requests).to.deep.equal([userinfo, token, userinfo]);
      expect((await org.stored(username)).accessToken).to.equal(org.emulator.org.tokens.at(-1)?.value);
      expect(org.leaked(run)).to.deep.equal([]);
    });
  }

  it('an access token alone that is over is SessionExpired, with the way to log in again', async () => {
    org.emulator.org.expireTokens();
    const { error, exitCode } = await org.identity('--target-org', 'alone');
    expect([error?.name, exitCode]).to.deep.equal(['SessionExpired', 1]);
    expect(error?.actions?.join('\n')).to.include('sf org login web --alias alone');
  });

  it('a stored login that holds the token of somebody else is pointed at', async () => {
    const held = org.emulator.org.tokens.find(({ user }) => user.username === 'alone@acme.com');
    held!.user = org.emulator.org.user(example.username)!;
    const run = await org.identity('--target-org', 'alone');
    expect(run.result).to.include({ username: example.username, storedAs: 'alone@acme.com' });
    expect(run.stdout).to.include('stored under the name of alone@acme.com');
  });

  describe('with a token from a file', () => {
    const given = (): string => org.emulator.login(example.admin).accessToken;

    for (const [what, text] of [
      ['alone', (value: string) => value],
      ['with a line break behind it', (value: string) => `${value}\r\n`],
      ['as a header', (value: string) => `Authorization: Bearer ${value}\n`],
      ['in quotes', (value: string) => `"${value}"`],
      ['in an answer of the token endpoint', (value: string) => JSON.stringify({ access_token: value })],
      ['in the JSON of sf', (value: string) => JSON.stringify({ status: 0, result: { accessToken: value } })],
    ] as const) {
      it(`takes it ${what}, and asks at the instance URL that is given`, async () => {
        const run = await org.identity('--token-file', org.file(text(given())), ...atInstance());
        expect(run.result).to.include({ username: example.admin, renewed: false });
        expect(run.result).to.not.have.property('storedAs');
        expect(org.leaked(run)).to.deep.equal([]);
      });
    }

    it('takes the instance URL and the identity URL from the answer that it came in, but not the host of the latter', async () => {
      const { myDomainUrl, org: state } = org.emulator;
      const id = `https://login.salesforce.com/id/${state.id}/${state.user(example.admin)?.id ?? ''}`;
      const answer = { access_token: given(), instance_url: `${myDomainUrl}/`, id };
      const { result } = await org.identity(
        ...['--token-file', org.file(JSON.stringify(answer)), '--endpoint', 'identity-url']
      );
      expect(result).to.include({ username: example.admin, instanceUrl: myDomainUrl });
      expect(org.requests).to.deep.equal([idPath(example.admin)]);
    });

    it('without an identity URL asks userinfo for it first', async () => {
      await org.identity('--token-file', org.file(given()), ...atInstance(), '--endpoint', 'identity-url');
      expect(org.requests).to.deep.equal([userinfo, idPath(example.admin)]);
    });

    it('that is over is TokenRefused with the words of the org, and nothing is renewed', async () => {
      const file = org.file(given());
      org.emulator.org.expireTokens();
      const run = await org.identity('--token-file', file, ...atInstance());
      expect([run.error?.name, run.exitCode]).to.deep.equal(['TokenRefused', 1]);
      expect(run.error?.message).to.include('Bad_OAuth_Token').and.to.include('1. the session ended by its timeout');
      expect(org.requests).to.deep.equal([userinfo]);
      expect(org.leaked(run)).to.deep.equal([]);
    });

    it('beside the identity URL of another org is Wrong_Org', async () => {
      const id = 'https://login.salesforce.com/id/00D5g00000OtherEAA/0055g0000000001AAA';
      const file = org.file(JSON.stringify({ access_token: given(), id }));
      const { error } = await org.identity('--token-file', file, ...atInstance(), '--endpoint', 'identity-url');
      expect(error?.message).to.include('Wrong_Org: the token is of another org than the identity URL');
    });

    for (const status of [403, 404] as const) {
      it(`beside the identity URL of another user is Bad_Id, also with HTTP ${status}`, async () => {
        org.emulator.switches.badIdStatus = status;
        const id = `https://login.salesforce.com/id/${org.emulator.org.id}/0055g0000000099AAA`;
        const file = org.file(JSON.stringify({ access_token: given(), id }));
        const { error } = await org.identity('--token-file', file, ...atInstance(), '--endpoint', 'identity-url');
        expect(error?.message).to.include('Bad_Id: the identity URL names another user');
      });
    }

    it('whose scopes show no identity is Invalid_Scope, with the scopes to select', async () => {
      org.emulator.switches.identityScope = 'require';
      const file = org.file(given());
      org.emulator.org.tokens.at(-1)!.scopes = ['api'];
      const { error } = await org.identity('--token-file', file, ...atInstance());
      expect(error?.message).to.include('Invalid_Scope: the token is good');
      expect(error?.actions?.join('\n')).to.include('Access unique user identifiers (openid)');
    });

    const unusable: ReadonlyArray<[what: string, text: string, code: string]> = [
      ['is empty', ' \n', 'TokenFileEmpty'],
      [
        'holds what sf prints in place of a token',
        "[REDACTED] Use 'sf org auth show-access-token' to view",
        'TokenFileMasked',
      ],
      ['holds a refusal', '{"error":"invalid_grant"}', 'TokenFileUnrecognised'],
      ['holds half an answer', '{"access_token":"00D', 'TokenFileUnrecognised'],
      ['holds several lines', '00D5g00000Acme1!one\n00D5g00000Acme1!two', 'TokenFileUnrecognised'],
      ['holds only a refresh token', '{"refresh_token":"5Aep8612345678"}', 'TokenFileLacksKind'],
    ];
    for (const [what, text, code] of unusable) {
      it(`a file that ${what} is ${code}, ends with 2, and sends nothing`, async () => {
        const { error, exitCode } = await org.identity('--token-file', org.file(text), ...atInstance());
        expect([error?.name, exitCode, org.requests]).to.deep.equal([code, 2, []]);
        expect(error?.message).to.not.include(text.trim() || 'nothing');
      });
    }

    it('without the address of its org is TokenAddressMissing, and nothing is sent', async () => {
      const { error, exitCode } = await org.identity('--token-file', org.file(given()));
      expect([error?.name, exitCode, org.requests]).to.deep.equal(['TokenAddressMissing', 2, []]);
    });

    it('is never sent without TLS, also where its own answer says so', async () => {
      const answer = { access_token: given(), instance_url: 'http://localhost:1' };
      const { error } = await org.identity('--token-file', org.file(JSON.stringify(answer)));
      expect(error?.name).to.equal('UrlNotHttps');
    });
  });

  it('a page of maintenance is OrgUnavailable', async () => {
    org.emulator.org.facts.maintenance = true;
    const { error } = await org.identity('--target-org', 'admin');
    expect(error?.name).to.equal('OrgUnavailable');
  });

  it('a redirect is refused, and the token goes nowhere else', async () => {
    org.emulator.faults.set({ kind: 'redirect', path: '/services/oauth2/userinfo', to: 'https://localhost:1/' });
    const run = await org.identity('--target-org', 'admin');
    expect([run.error?.name, org.leaked(run)]).to.deep.equal(['RedirectRefused', []]);
  });

  it('an org that does not answer is RequestTimedOut', async () => {
    org.emulator.faults.set({ kind: 'hang', path: '/services/oauth2/userinfo' });
    org.seconds = 1;
    const { error } = await org.identity('--target-org', 'admin');
    expect(error?.name).to.equal('RequestTimedOut');
  });
});
