import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { assertionXml, responseXml, rightSays, signXml } from '../../emulator/saml-maker.ts';
import { fixture } from '../../emulator/test-client.ts';
import type { Outcome } from '../process.ts';
import { TokenPlace } from './token-place.ts';

const issuer = 'https://idp.acme.com';

describe('sf aquila token request by SAML, as a process', () => {
  let place: TokenPlace;
  beforeEach(async () => {
    place = await TokenPlace.open();
    place.emulator.org.addSamlConfig({ issuer, certificate: fixture('rsa2048.crt') });
  });
  afterEach(async () => {
    const { calls } = place.emulator;
    const sent = calls.tokenRequests().map(({ body }) => new URLSearchParams(body).get('assertion') ?? 'none');
    const everything = place.everything();
    expect(sent.filter((assertion) => everything.includes(assertion))).to.deep.equal([]);
    expect(place.leaked()).to.deep.equal([]);
    await place.close();
  });

  const request = (grant: string, words: string[], input?: string): Promise<Outcome> =>
    place.token(['request', '--grant', grant, '--instance-url', place.emulator.myDomainUrl, ...words], input);
  const fromInput = (input: string): Promise<Outcome> =>
    request('saml-assertion', ['--assertion-file', '-', '--json'], input);

  it('takes the response of the identity provider from standard input, in base64 on many lines', async () => {
    const says = { ...rightSays(place.emulator), issuer, audience: 'https://saml.salesforce.com' };
    const xml = signXml(responseXml(assertionXml(says), issuer), says.id);
    const { code, stderr, json } = await fromInput(Buffer.from(xml).toString('base64').replace(/.{76}/g, '$&\n'));
    expect(code, stderr).to.equal(0);
    const { result } = json() as { result: Record<string, unknown> };
    expect(result).to.include({ grant: 'saml-assertion', access_token: '[REDACTED]' });
    expect(result['identity']).to.include({ username: example.username });
  });

  for (const [what, input, error] of [
    ['nothing', '', 'SecretEmpty'],
    ['something else', 'hello', 'SamlResponseUnreadable'],
  ] as const) {
    it(`says that ${what} came by standard input, and sends nothing`, async () => {
      const { code, json } = await fromInput(input);
      const { name, message } = json() as { name: string; message: string };
      expect([code, name]).to.deep.equal([2, error]);
      expect(message).to.include('standard input');
      expect(place.emulator.calls).to.have.length(0);
    });
  }

  it('makes and signs the assertion with what a stored login has and the certificate beside its key, and shows each step', async () => {
    writeFileSync(place.path('server.crt'), fixture('rsa2048.crt'));
    const { code, stdout, stderr } = await place.token(
      ['request', '--grant', 'saml2-bearer', '--target-org', 'aquila', '--explain'],
      ''
    );
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include('granted an access token by the grant saml2-bearer').and.to.include(example.username);
    expect(stderr).to.include(`NameID: ${example.username}`).and.to.include('< HTTP 200');
  });
});
