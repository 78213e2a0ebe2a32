import { expect } from 'chai';
import { example, exampleOrg, presets, startEmulator } from './index.ts';
import type { App, Emulator, Face, User } from './index.ts';
import { assertionXml, rightSays, signXml } from './saml-maker.ts';
import type { Says } from './saml-maker.ts';
import { bearer, fixture, postToken, send } from './test-client.ts';
import type { Answered } from './test-client.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:saml2-bearer';
const encoded = (xml: string): string => Buffer.from(xml).toString('base64url');
const refused = (error: string, description: string): string =>
  JSON.stringify({ error, error_description: description });
const invalid = refused('invalid_grant', 'invalid assertion');

describe('emulator: the SAML bearer grant', () => {
  let emulator: Emulator;
  let app: App;
  let user: User;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    app = emulator.org.app(example.clientId) as App;
    user = emulator.org.user(example.username) as User;
  });
  afterEach(() => emulator.stop());

  const send2 = (xml: string, face: Face = 'my-domain'): Promise<Answered> =>
    postToken(emulator, { grant_type: grantType, assertion: encoded(xml) }, face);
  const signed = (changes: Partial<Says> = {}): string => {
    const says = { ...rightSays(emulator), ...changes };
    return signXml(assertionXml(says), says.id);
  };
  const ask = (changes: Partial<Says> = {}): Promise<Answered> => send2(signed(changes));

  it('answers with the five keys of JWT bearer, no refresh token, and a token that serves', async () => {
    const { status, body } = await ask();
    expect(status).to.equal(200);
    const success = JSON.parse(body) as Record<string, string>;
    expect(Object.keys(success)).to.deep.equal(['access_token', 'scope', 'instance_url', 'id', 'token_type']);
    const who = await send(emulator, '/services/oauth2/userinfo', { headers: bearer(success['access_token']!) });
    expect(JSON.parse(who.body)).to.include({ preferred_username: example.username });
    expect(emulator.org.loginHistory.map((row) => row.status)).to.deep.equal(['Success']);
  });

  it('takes the token endpoint as audience, as the documented example has it, unless switched', async () => {
    const audience = `${emulator.myDomainUrl}/services/oauth2/token`;
    expect((await ask({ audience })).status).to.equal(200);
    emulator.switches.samlAudienceTokenEndpoint = 'refuse';
    expect((await ask({ audience })).body).to.equal(refused('invalid_grant', 'Audience validation failed'));
  });

  it('serves a connected app at the login host for the audience of that host', async () => {
    presets['app-is-a-connected-app'](emulator);
    const audience = 'https://login.salesforce.com';
    const xml = signed({ audience, recipient: `${audience}/services/oauth2/token` });
    expect((await send2(xml, 'login')).status).to.equal(200);
  });

  const minutes = (count: number): number => Date.now() + count * 60_000;
  const wrong: Array<[string, Partial<Says>, string, string]> = [
    ['an unknown issuer', { issuer: '3MVG9unknown' }, 'invalid_client_id', 'client identifier invalid'],
    [
      'another audience',
      { audience: 'https://other.my.salesforce.com' },
      'invalid_grant',
      'Audience validation failed',
    ],
    ['no audience', { audience: '' }, 'invalid_grant', 'Audience validation failed'],
    [
      'another recipient',
      { recipient: 'https://other.my.salesforce.com/services/oauth2/token' },
      'invalid_grant',
      'invalid assertion',
    ],
    ['an assertion that is over', { notOnOrAfter: minutes(-4) }, 'invalid_grant', 'expired authorization code'],
    [
      'an assertion of tomorrow',
      { notBefore: minutes(1440), notOnOrAfter: minutes(1443) },
      'invalid_grant',
      'expired authorization code',
    ],
    ['an unknown user', { nameId: 'nobody@acme.com' }, 'invalid_grant', "user hasn't approved this consumer"],
  ];
  for (const [what, changes, error, description] of wrong) {
    it(`refuses ${what}: ${description}`, async () => {
      const { status, body } = await ask(changes);
      expect([status, body]).to.deep.equal([400, refused(error, description)]);
    });
  }

  it('a clock that is two minutes behind is forgiven', async () => {
    expect((await ask({ notOnOrAfter: minutes(-2) })).status).to.equal(200);
    expect((await ask({ notBefore: minutes(2) })).status).to.equal(200);
  });

  const states: Array<[string, () => void, string]> = [
    [
      'a user without the permission set',
      () => void (user.permissionSets = []),
      'user is not admin approved to access this app',
    ],
    ['an inactive user', () => void (user.active = false), 'inactive user'],
    ['a restricted address', () => void (user.ipRestricted = true), 'ip restricted'],
    ['too many logins', () => void (emulator.org.facts.loginLimit = 0), 'login rate exceeded'],
    ['an app without a certificate', () => void (app.certificate = undefined), 'invalid assertion'],
    ['an app with another certificate', () => void (app.certificate = fixture('other2048.crt')), 'invalid assertion'],
    ['an app without digital signatures', () => void (app.jwtBearer = false), 'invalid assertion'],
    ['a disabled app', () => void (app.enabled = false), 'External client app is not installed in this org'],
    ['an app without the scope refresh_token', () => void (app.scopes = ['api']), 'refresh_token scope is required'],
  ];
  for (const [what, spoil, description] of states) {
    it(`refuses ${what}: ${description}`, async () => {
      spoil();
      const { status, body } = await ask();
      expect(status).to.equal(400);
      expect(body).to.contain(description);
    });
  }

  it('refuses an external client app at the login host, and everywhere when switched', async () => {
    expect((await send2(signed(), 'login')).body).to.contain('External client app is not installed in this org');
    emulator.switches.samlExternalClientApp = 'E7';
    expect((await ask()).body).to.contain('External client app is not installed in this org');
  });

  it('refuses a scope, and what is no base64url of an assertion', async () => {
    const scope = await postToken(emulator, { grant_type: grantType, assertion: encoded(signed()), scope: 'api' });
    expect(scope.body).to.equal(refused('invalid_request', 'scope parameter not supported'));
    for (const assertion of [
      '',
      'a.b.c',
      Buffer.from(`${signed()}  ??>>`).toString('base64'),
      encoded('<a'),
      encoded('<a/>'),
    ]) {
      expect((await postToken(emulator, { grant_type: grantType, assertion })).body, assertion.slice(0, 20)).to.equal(
        invalid
      );
    }
  });

  it('takes an assertion twice, unless replays are refused', async () => {
    const xml = signed();
    expect((await send2(xml)).status).to.equal(200);
    expect((await send2(xml)).status).to.equal(200);
    emulator.switches.answers.replayed = 'E3';
    expect((await send2(xml)).body).to.equal(invalid);
  });

  describe('the signature', () => {
    const says = (): Says => rightSays(emulator);

    it('refuses an assertion without one, and one by another key that brings its own certificate', async () => {
      expect((await send2(assertionXml(says()))).body).to.equal(invalid);
      const one = says();
      const foreign = signXml(assertionXml(one), one.id, { key: 'other2048.key', certificate: 'other2048.crt' });
      expect((await send2(foreign)).body).to.equal(invalid);
    });

    it('covers every character', async () => {
      const xml = signed();
      expect((await send2(xml.replace(example.username, example.admin))).body).to.equal(invalid);
      expect((await send2(xml.replace('</Assertion>', ' </Assertion>'))).body).to.equal(invalid);
    });

    it('is by SHA-256; SHA-1 only when switched', async () => {
      const one = says();
      const weak = {
        signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
        digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
      };
      const xml = signXml(assertionXml(one), one.id, weak);
      expect((await send2(xml)).body).to.equal(invalid);
      emulator.switches.samlSha1 = 'accept';
      expect((await send2(xml)).status).to.equal(200);
    });

    it('is by exclusive canonicalisation', async () => {
      const one = says();
      const inclusive = { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' };
      expect((await send2(signXml(assertionXml(one), one.id, inclusive))).body).to.equal(invalid);
    });

    /** A genuine assertion, its signature, and a forged one that names the administrator. */
    const pieces = (): { genuine: string; signature: string; bare: string; forged: string } => {
      const genuine = signed();
      const signature = /<Signature [\s\S]*<\/Signature>/.exec(genuine)![0];
      const forged = assertionXml({ ...says(), id: '_forged', nameId: example.admin });
      return { genuine, signature, bare: genuine.replace(signature, ''), forged };
    };
    const inside = (outer: string, added: string): string => outer.replace('<Subject>', `${added}<Subject>`);

    const attacks: Array<[string, () => string]> = [
      [
        'a forged assertion around the genuine one',
        () => {
          const { genuine, forged } = pieces();
          return inside(forged, `<Advice>${genuine}</Advice>`);
        },
      ],
      [
        'a forged assertion that has the signature of the genuine one in it',
        () => {
          const { bare, signature, forged } = pieces();
          return inside(forged, `${signature}<Advice>${bare}</Advice>`);
        },
      ],
      [
        'a genuine assertion inside its own signature',
        () => {
          const { bare, signature, forged } = pieces();
          return inside(forged, signature.replace('</Signature>', `<Object>${bare}</Object></Signature>`));
        },
      ],
      [
        'a forged assertion beside the genuine one',
        () => {
          const { genuine, forged } = pieces();
          return `<All>${forged}${genuine}</All>`;
        },
      ],
      [
        'a forged assertion inside the genuine one',
        () => {
          const { genuine, forged } = pieces();
          return inside(genuine, `<Advice>${forged}</Advice>`);
        },
      ],
      [
        'an identifier that occurs twice',
        () => {
          const { genuine } = pieces();
          const id = / ID="([^"]+)"/.exec(genuine)![1]!;
          return inside(genuine, `<Advice Id="${id}"/>`);
        },
      ],
      [
        'two signatures',
        () => {
          const { genuine, signature } = pieces();
          return genuine.replace(signature, signature + signature);
        },
      ],
      [
        'a reference to the whole document',
        () => {
          const { genuine } = pieces();
          return genuine.replace(/URI="#[^"]+"/, 'URI=""');
        },
      ],
      [
        'two references',
        () => {
          const { genuine } = pieces();
          return genuine.replace(/<Reference [\s\S]*<\/Reference>/, (one) => one + one);
        },
      ],
      ['a document type', () => `<!DOCTYPE Assertion [<!ENTITY who "${example.admin}">]>${pieces().genuine}`],
    ];
    for (const [what, make] of attacks) {
      it(`refuses ${what}`, async () => {
        const { status, body } = await send2(make());
        expect([status, body]).to.deep.equal([400, invalid]);
        expect(emulator.org.tokens).to.deep.equal([]);
      });
    }

    it('a comment cuts no username short', async () => {
      const genuine = signed({ nameId: `${example.username}.evil.com` });
      const cut = genuine.replace('.evil.com', '<!-- -->.evil.com');
      expect((await send2(cut)).body).to.equal(refused('invalid_grant', "user hasn't approved this consumer"));
    });
  });
});
