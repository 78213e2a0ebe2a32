import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { Emulator, Face, User } from './index.ts';
import { assertionXml, responseXml, rightSays, signXml } from './saml-maker.ts';
import type { Says } from './saml-maker.ts';
import type { SamlConfig } from './saml-configs.ts';
import { bearer, fixture, postToken, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

const issuer = 'https://idp.acme.com/metadata';
const entityId = 'https://saml.salesforce.com';
const type = 'urn:oasis:names:tc:SAML:2.0:profiles:SSO:browser';

describe('emulator: the SAML assertion grant', () => {
  let emulator: Emulator;
  let config: SamlConfig;
  let user: User;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg());
    config = emulator.org.addSamlConfig({ issuer, certificate: fixture('rsa2048.crt') });
    user = emulator.org.user(example.username) as User;
  });
  afterEach(() => emulator.stop());

  const says = (changes: Partial<Says> = {}): Says => ({
    ...rightSays(emulator),
    ...{ issuer, audience: entityId },
    ...changes,
  });
  const response = (changes: Partial<Says> = {}, status = 'Success'): string => {
    const one = says(changes);
    return signXml(responseXml(assertionXml(one), one.issuer, status), one.id);
  };
  const post = (xml: string, more: Record<string, string> = {}, face: Face = 'my-domain'): Promise<Answered> => {
    const assertion = Buffer.from(xml).toString('base64');
    return postToken(emulator, { grant_type: 'assertion', assertion_type: type, assertion, ...more }, face);
  };
  const ask = (changes: Partial<Says> = {}): Promise<Answered> => post(response(changes));

  const unread = '{"error":"invalid_grant","error_description":"invalid assertion"}';
  const refused = (): string =>
    JSON.stringify({
      ...{ error: 'invalid_grant', error_description: 'invalid assertion' },
      error_uri: `${emulator.myDomainUrl}/setup/secur/SAMLValidationPage.apexp`,
    });

  it('answers with five keys, without an app and without a refresh token, and the token serves', async () => {
    const { status, body } = await ask();
    expect(status).to.equal(200);
    const success = JSON.parse(body) as Record<string, string>;
    expect(Object.keys(success)).to.deep.equal(['access_token', 'scope', 'instance_url', 'id', 'token_type']);
    expect(success['scope']).to.equal('full');
    const headers = bearer(success['access_token']!);
    const who = await send(emulator, '/services/oauth2/userinfo', { headers });
    expect(JSON.parse(who.body)).to.include({ preferred_username: example.username });
    expect((await send(emulator, '/services/data/v66.0/query?q=SELECT+Id+FROM+User', { headers })).status).to.equal(
      200
    );
  });

  it('takes a response that is signed as a whole, or both it and its assertion, unless switched', async () => {
    const one = says();
    const plain = responseXml(assertionXml(one), issuer);
    const whole = signXml(plain, '_response');
    expect((await post(whole)).status).to.equal(200);
    const two = says();
    const both = signXml(signXml(responseXml(assertionXml(two), issuer), two.id), '_response');
    emulator.switches.samlResponseSignature = 'refuse';
    expect((await post(both)).status).to.equal(200);
    const three = says();
    expect((await post(signXml(responseXml(assertionXml(three), issuer), '_response'))).body).to.equal(refused());
  });

  it('finds the user by federation id, by user id, and in an attribute', async () => {
    user.federationId = 'E-1017';
    config.identityMapping = 'FederationId';
    expect((await ask({ nameId: 'E-1017' })).status).to.equal(200);
    expect((await ask()).body).to.equal(refused());
    config.identityMapping = 'UserId';
    expect((await ask({ nameId: user.id })).status).to.equal(200);
    Object.assign(config, {
      identityLocation: 'Attribute',
      attributeName: 'employee',
      identityMapping: 'FederationId',
    });
    expect((await ask({ attributes: { employee: 'E-1017' } })).status).to.equal(200);
    expect((await ask()).body).to.equal(refused());
  });

  it('takes each address that Setup shows as recipient', async () => {
    const { myDomainUrl, org } = emulator;
    for (const recipient of [
      myDomainUrl,
      `${myDomainUrl}?so=${org.id}`,
      `${myDomainUrl}/services/oauth2/token?so=${org.id.slice(0, 15)}`,
    ]) {
      expect((await ask({ recipient })).status, recipient).to.equal(200);
    }
  });

  const minutes = (count: number): number => Date.now() + count * 60_000;
  const wrong: Array<[string, () => Partial<Says>]> = [
    ['an issuer that the org does not trust', () => ({ issuer: 'https://evil.example.com' })],
    ['another audience', () => ({ audience: 'https://other.my.salesforce.com' })],
    ['another recipient', () => ({ recipient: 'https://other.my.salesforce.com' })],
    ['an assertion that is over', () => ({ notOnOrAfter: minutes(-4) })],
    ['an assertion of tomorrow', () => ({ notBefore: minutes(1440), notOnOrAfter: minutes(1443) })],
    ['an assertion that was issued an hour ago', () => ({ issuedAt: minutes(-60) })],
    ['an unknown user', () => ({ nameId: 'nobody@acme.com' })],
  ];
  for (const [what, changes] of wrong) {
    it(`refuses ${what}, and says where the response can be looked at`, async () => {
      const { status, body } = await ask(changes());
      expect([status, body]).to.deep.equal([400, refused()]);
    });
  }

  it('refuses a second time, a provider that is switched off, and a login that the provider itself refused', async () => {
    const xml = response();
    expect((await post(xml)).status).to.equal(200);
    expect((await post(xml)).body).to.equal(refused());
    emulator.switches.samlReplay = 'accept';
    expect((await post(xml)).status).to.equal(200);
    expect((await post(response({}, 'Responder'))).body).to.equal(refused());
    config.enabled = false;
    expect((await ask()).body).to.equal(refused());
  });

  it('refuses a user who may not log in', async () => {
    user.active = false;
    expect((await ask()).body).to.contain('inactive user');
  });

  it('without error_uri refuses what can not be read: no XML, no base64, base64url, no response, an encrypted assertion', async () => {
    const encrypted = response().replace(/<Assertion [\s\S]*<\/Assertion>/, '<EncryptedAssertion/>');
    for (const xml of ['', 'hello', '<a>', assertionXml(says()), encrypted]) {
      expect((await post(xml)).body, xml.slice(0, 20)).to.equal(unread);
    }
    const forUrls = Buffer.from(`${response()}<!-- ??>> -->`)
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_');
    for (const assertion of ['', '<samlp:Response/>', forUrls]) {
      expect((await post('', { assertion })).body, assertion.slice(0, 20)).to.equal(unread);
    }
  });

  it('refuses another assertion type', async () => {
    expect((await post(response(), { assertion_type: 'urn:x' })).body).to.equal(
      '{"error":"invalid_request","error_description":"invalid assertion type"}'
    );
  });

  it('needs the id of the org at the login host, which serves others too, unless switched', async () => {
    const { org } = emulator;
    expect((await post(response(), {}, 'login')).body).to.equal(refused());
    expect((await post(response(), { so: org.id }, 'login')).status).to.equal(200);
    expect((await post(response(), { so: org.id.slice(0, 15) })).status).to.equal(200);
    expect((await post(response(), { so: '00D000000000000' })).body).to.equal(refused());
    emulator.switches.samlWithoutOrgId = 'accept';
    expect((await post(response(), {}, 'login')).status).to.equal(200);
  });

  it('the address in error_uri is a switch', async () => {
    emulator.switches.samlErrorUri = 'https://acme.my.salesforce.com/errors';
    expect((await ask({ nameId: 'nobody@acme.com' })).body).to.contain(
      '"error_uri":"https://acme.my.salesforce.com/errors"'
    );
  });

  describe('the signature', () => {
    const forged = (): string => assertionXml(says({ id: '_forged', nameId: example.admin }));
    const attacks: Array<[string, () => string]> = [
      ['a response without one', () => responseXml(assertionXml(says()), issuer)],
      ['a changed username', () => response().replace(example.username, example.admin)],
      [
        'another key that brings its own certificate',
        () => {
          const one = says();
          const signing = { key: 'other2048.key', certificate: 'other2048.crt' };
          return signXml(responseXml(assertionXml(one), issuer), one.id, signing);
        },
      ],
      [
        'a signed response whose assertion has a bad signature of its own',
        () => {
          const one = says();
          const inner = signXml(responseXml(assertionXml(one), issuer), one.id, { key: 'other2048.key' });
          return signXml(inner, '_response');
        },
      ],
    ];
    for (const [what, make] of attacks) {
      it(`refuses ${what}`, async () => {
        expect((await post(make())).body).to.equal(refused());
        expect(emulator.org.tokens).to.deep.equal([]);
      });
    }

    const wrapped: Array<[string, (genuine: string) => string]> = [
      ['a forged assertion before the genuine one', (xml) => xml.replace('<Assertion ', `${forged()}<Assertion `)],
      [
        'a forged assertion behind the genuine one',
        (xml) => xml.replace('</samlp:Response>', `${forged()}</samlp:Response>`),
      ],
      [
        'the genuine assertion moved into an extension',
        (xml) => {
          const genuine = /<Assertion [\s\S]*<\/Assertion>/.exec(xml)![0];
          return xml
            .replace(genuine, forged())
            .replace('<samlp:Status>', `<samlp:Extensions>${genuine}</samlp:Extensions><samlp:Status>`);
        },
      ],
    ];
    for (const [what, wrap] of wrapped) {
      it(`refuses ${what}`, async () => {
        expect((await post(wrap(response()))).body).to.equal(unread);
        expect(emulator.org.tokens).to.deep.equal([]);
      });
    }
  });
});
