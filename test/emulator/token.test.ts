import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { Emulator } from './index.ts';
import { assertionOf, fixture, jwtBearerGrant, logIn, postToken, rightClaims, send } from './test-client.ts';

const invalidGrant = (description: string): string => `{"error":"invalid_grant","error_description":"${description}"}`;
const bodies = {
  E1: invalidGrant("user hasn't approved this consumer"),
  E3: invalidGrant('invalid assertion'),
  E6: '{"error":"invalid_client_id","error_description":"client identifier invalid"}',
  E10: invalidGrant('login rate exceeded'),
  E14: '{"error":"invalid_client","error_description":"invalid client credentials"}',
  E16: '{"error":"unsupported_grant_type","error_description":"grant type not supported"}',
  E18: '{"error":"invalid_request","error_description":"scope parameter not supported"}',
  E19: invalidGrant('request not supported on this domain'),
};

describe('emulator: token endpoint', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
  });
  afterEach(() => emulator.stop());

  it('answers a right assertion with exactly five keys in their order', async () => {
    const { status, headers, body } = await logIn(emulator);
    expect(status).to.equal(200);
    const success = JSON.parse(body) as Record<string, string>;
    expect(Object.keys(success)).to.deep.equal(['access_token', 'scope', 'instance_url', 'id', 'token_type']);
    expect(body).to.equal(JSON.stringify(success));
    const user = emulator.org.user(example.username);
    expect(success).to.deep.include({
      scope: 'api web',
      instance_url: emulator.myDomainUrl,
      id: `${emulator.loginUrl}/id/${emulator.org.id}/${user?.id}`,
      token_type: 'Bearer',
    });
    expect(success['access_token']).to.match(/^00D\w{12}![.\w]{90,}$/);
    expect(headers['content-type']).to.equal('application/json;charset=UTF-8');
  });

  describe('judges the assertion itself', () => {
    const post = (assertion: string): Promise<{ status: number; body: string }> =>
      postToken(emulator, { grant_type: jwtBearerGrant, assertion });

    const flipBit = (text: string, at: number): string => {
      const bytes = Buffer.from(text, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      return bytes.toString('base64url');
    };

    it('E3 for one flipped bit of the signature', async () => {
      const [header, claims, signature] = assertionOf(rightClaims(emulator)).split('.');
      expect((await post(`${header}.${claims}.${flipBit(signature ?? '', 100)}`)).body).to.equal(bodies.E3);
    });

    it('E3 for claims that were changed after signing', async () => {
      const [header, , signature] = assertionOf(rightClaims(emulator)).split('.');
      const claims = Buffer.from(JSON.stringify({ ...rightClaims(emulator), sub: example.admin })).toString(
        'base64url'
      );
      expect((await post(`${header}.${claims}.${signature}`)).body).to.equal(bodies.E3);
    });

    it('E3 for the signature of another key', async () => {
      expect((await post(assertionOf(rightClaims(emulator), 'other2048.key'))).body).to.equal(bodies.E3);
    });

    for (const alg of ['none', 'HS256', 'RS384', 'rs256', undefined]) {
      it(`E3 for the algorithm ${alg}`, async () => {
        const assertion = assertionOf(rightClaims(emulator), 'rsa2048.key', { alg });
        expect((await post(assertion)).body).to.equal(bodies.E3);
      });
    }

    for (const malformed of ['', 'abc', 'a.b.c', 'e30.e30', 'e30.e30.', 'W10.e30.AA', 'e30.e30.A A']) {
      it(`E3 for the malformed assertion "${malformed}"`, async () => {
        expect((await post(malformed)).body).to.equal(bodies.E3);
      });
    }

    it('E6 for an unknown client id, whichever key signed', async () => {
      expect((await logIn(emulator, { iss: `${example.clientId}x` })).body).to.equal(bodies.E6);
    });

    it('E1 for an unknown username and for the e-mail address of a user', async () => {
      for (const sub of ['nobody@acme.com', emulator.org.user(example.username)?.email, undefined]) {
        expect((await logIn(emulator, { sub })).body).to.equal(bodies.E1);
      }
    });

    it('lets prn win over sub', async () => {
      expect((await logIn(emulator, { prn: 'nobody@acme.com' })).body).to.equal(bodies.E1);
      expect((await logIn(emulator, { sub: 'nobody@acme.com', prn: example.username })).status).to.equal(200);
    });

    it('E10 for the fourth login where three an hour are allowed', async () => {
      emulator.org.facts.loginLimit = 3;
      const answers = [await logIn(emulator), await logIn(emulator), await logIn(emulator), await logIn(emulator)];
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 400]);
      expect(answers[3]?.body).to.equal(bodies.E10);
    });

    it('counts only successful logins, unless told', async () => {
      emulator.org.facts.loginLimit = 1;
      const user = emulator.org.user(example.username);
      const failThenLogIn = async (): Promise<string> => {
        emulator.org.logins.clear();
        user?.permissionSets.pop();
        await logIn(emulator);
        user?.permissionSets.push(example.permissionSet);
        return (await logIn(emulator)).body;
      };
      expect(await failThenLogIn()).to.contain('access_token');
      emulator.switches.failedLoginsCount = true;
      expect(await failThenLogIn()).to.equal(bodies.E10);
    });
  });

  describe('judges the request', () => {
    const form = (): Record<string, string> => ({
      grant_type: jwtBearerGrant,
      assertion: assertionOf(rightClaims(emulator)),
    });

    it('E16 for another grant, for none, and for a JSON body', async () => {
      expect((await postToken(emulator, { ...form(), grant_type: 'magic' })).body).to.equal(bodies.E16);
      expect((await postToken(emulator, {})).body).to.equal(bodies.E16);
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(form());
      expect((await send(emulator, '/services/oauth2/token', { method: 'POST', headers, body })).body).to.equal(
        bodies.E16
      );
    });

    it('E18 for a scope parameter', async () => {
      expect((await postToken(emulator, { ...form(), scope: 'api' })).body).to.equal(bodies.E18);
    });

    it('E19 for client_credentials at the login host, whatever else is wrong, E14 at the My Domain without a secret', async () => {
      const wanted = { grant_type: 'client_credentials', client_id: example.clientId };
      expect((await postToken(emulator, wanted, 'login')).body).to.equal(bodies.E19);
      expect((await postToken(emulator, wanted)).body).to.equal(bodies.E14);
    });

    it('reads multipart/form-data too', async () => {
      const boundary = 'xxBOUNDARYxx';
      const parts = Object.entries(form()).map(
        ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
      );
      const answer = await send(emulator, '/services/oauth2/token', {
        method: 'POST',
        headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
        body: `${parts.join('')}--${boundary}--\r\n`,
      });
      expect(answer.status).to.equal(200);
      expect(emulator.calls[0]?.claims).to.deep.include({ iss: example.clientId, sub: example.username });
    });

    it('refuses every method but POST', async () => {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const { status, body } = await send(emulator, '/services/oauth2/token', { method });
        expect([status, body]).to.deep.equal([
          400,
          '{"error":"invalid_request","error_description":"must use HTTP POST"}',
        ]);
      }
    });
  });

  it('logs every call with host, decoded claims and status', async () => {
    await logIn(emulator);
    await logIn(emulator, { iss: 'unknown' }, 'login');
    await send(emulator, '/services/data?x=1');
    expect(emulator.calls.map(({ face, method, path, status }) => [face, method, path, status])).to.deep.equal([
      ['my-domain', 'POST', '/services/oauth2/token', 200],
      ['login', 'POST', '/services/oauth2/token', 400],
      ['my-domain', 'GET', '/services/data', 200],
    ]);
    const [first, second] = emulator.calls.tokenRequests();
    expect(first?.claims).to.include({ sub: example.username, aud: emulator.myDomainUrl });
    expect(second?.claims).to.include({ iss: 'unknown' });
    expect(`https://${second?.host}`).to.equal(emulator.loginUrl);
    expect(emulator.calls[2]?.query).to.deep.equal({ x: '1' });
    emulator.calls.clear();
    expect(emulator.calls).to.have.length(0);
  });
});
