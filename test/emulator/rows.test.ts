import { expect } from 'chai';
import { exampleOrg, scenarios, startEmulator } from './index.ts';
import type { Emulator, ScenarioName } from './index.ts';
import { fixture, logIn } from './test-client.ts';

const invalidGrant = (description: string): string => `{"error":"invalid_grant","error_description":"${description}"}`;

/** Bodies as the reference has them, written out: byte for byte what a client receives. */
const bodies: Record<Exclude<ScenarioName, 'E20' | 'E21'>, string> = {
  E1: invalidGrant("user hasn't approved this consumer"),
  E2: '{"error":"invalid_app_access","error_description":"user is not admin approved to access this app"}',
  E3: invalidGrant('invalid assertion'),
  E3b: '{"error":"invalid_client","error_description":"invalid client credentials"}',
  E4: invalidGrant('audience is invalid'),
  E4b: invalidGrant('Audience validation failed'),
  E5: invalidGrant('expired authorization code'),
  E6: '{"error":"invalid_client_id","error_description":"client identifier invalid"}',
  E7: '{"error":"app_not_found","error_description":"External client app is not installed in this org"}',
  E8: '{"error":"invalid_request","error_description":"refresh_token scope is required and the connected app should be installed and preauthorized"}',
  E9: invalidGrant('ip restricted'),
  'E9-older': invalidGrant('ip restricted or invalid login hours'),
  E10: invalidGrant('login rate exceeded'),
  E11: invalidGrant('inactive user'),
  E12: '{"error":"inactive_user","error_description":"user is inactive"}',
  'E12-org': '{"error":"inactive_org","error_description":"organization is inactive"}',
  'E12-rate': '{"error":"rate_limit_exceeded","error_description":"rate limit exceeded"}',
  E13: invalidGrant('authentication failure'),
  E14: '{"error":"invalid_client","error_description":"invalid client credentials"}',
  E15: '{"error":"invalid_client","error_description":"app must be installed into org"}',
  E16: '{"error":"unsupported_grant_type","error_description":"grant type not supported"}',
  E17: '{"error":"unknown_error","error_description":"retry your request"}',
  E18: '{"error":"invalid_request","error_description":"scope parameter not supported"}',
  E19: invalidGrant('request not supported on this domain'),
  E22: invalidGrant('activation secret invalid'),
};

describe('emulator: rows of errors', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
  });
  afterEach(() => emulator.stop());

  for (const [name, body] of Object.entries(bodies)) {
    it(`answers ${name} with 400 and exactly its body`, async () => {
      expect((await logIn(emulator)).status).to.equal(200);
      scenarios[name as ScenarioName](emulator);
      const answer = await logIn(emulator);
      expect([answer.status, answer.body]).to.deep.equal([400, body]);
      expect(answer.headers).to.include({
        'content-type': 'application/json;charset=UTF-8',
        'cache-control': 'no-cache,must-revalidate,max-age=0,no-store,private',
        expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.headers['set-cookie']?.[0]).to.match(/^BrowserId=/);
    });
  }

  it('answers E20 with an HTML page', async () => {
    scenarios.E20(emulator);
    const answer = await logIn(emulator);
    expect(answer.status).to.equal(503);
    expect(answer.headers['content-type']).to.equal('text/html;charset=UTF-8');
    expect(answer.body).to.match(/^<!DOCTYPE html>[^]*Data Not Available/);
  });

  it('answers E21 with one 500, then with a token', async () => {
    scenarios.E21(emulator);
    expect((await logIn(emulator)).status).to.equal(500);
    expect((await logIn(emulator)).status).to.equal(200);
  });

  it('has a scenario for every row', () => {
    expect(Object.keys(scenarios).sort()).to.deep.equal([...Object.keys(bodies), 'E20', 'E21'].sort());
  });
});
