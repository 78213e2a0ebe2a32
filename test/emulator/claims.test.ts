import { expect } from 'chai';
import { example, exampleOrg, startEmulator } from './index.ts';
import type { App, Emulator, Face, Switches } from './index.ts';
import { fixture, logIn } from './test-client.ts';
import type { Claims } from './test-client.ts';

describe('emulator: audience and expiry', () => {
  let emulator: Emulator;
  let app: App;
  beforeEach(async () => {
    emulator = await startEmulator(exampleOrg(fixture('rsa2048.crt')));
    app = emulator.org.app(example.clientId) as App;
  });
  afterEach(() => emulator.stop());

  /** `ok`, or the description of the refusal. */
  const outcome = async (claims: Claims = {}, face: Face = 'my-domain'): Promise<string> => {
    const { status, body } = await logIn(emulator, claims, face);
    return status === 200 ? 'ok' : (JSON.parse(body) as { error_description: string }).error_description;
  };

  const audienceInvalid = 'audience is invalid';

  describe('audience', () => {
    it('of an external client app is the My Domain, and its host too', async () => {
      expect(await outcome()).to.equal('ok');
      expect(await outcome({ aud: emulator.loginUrl })).to.equal(audienceInvalid);
      expect(await outcome({ aud: 'https://login.salesforce.com' })).to.equal(audienceInvalid);
      const notInstalled = 'External client app is not installed in this org';
      expect(await outcome({ aud: emulator.loginUrl }, 'login')).to.equal(notInstalled);
      expect(await outcome({}, 'login')).to.equal(notInstalled);
    });

    it('of a connected app is of the family of the host; the My Domain takes the login host too', async () => {
      app.kind = 'connected-app';
      expect(await outcome({ aud: emulator.loginUrl }, 'login')).to.equal('ok');
      expect(await outcome({ aud: 'https://login.salesforce.com' }, 'login')).to.equal('ok');
      expect(await outcome({}, 'login')).to.equal(audienceInvalid);
      expect(await outcome({ aud: 'https://test.salesforce.com' }, 'login')).to.equal(audienceInvalid);
      expect(await outcome()).to.equal('ok');
      expect(await outcome({ aud: 'https://login.salesforce.com' })).to.equal('ok');
      emulator.switches.connectedAppMyDomainAudience = 'refuse';
      expect(await outcome()).to.equal(audienceInvalid);
    });

    it('of a sandbox is test, not login', async () => {
      app.kind = 'connected-app';
      emulator.org.facts.kind = 'sandbox';
      expect(await outcome({ aud: 'https://test.salesforce.com' }, 'login')).to.equal('ok');
      expect(await outcome({ aud: 'https://login.salesforce.com' }, 'login')).to.equal(audienceInvalid);
    });

    it('may be a custom one, alone or beside the documented ones', async () => {
      const aud = 'https://aud.example.com';
      expect(await outcome({ aud })).to.equal(audienceInvalid);
      emulator.switches.additionalAudiences = [aud];
      expect([await outcome({ aud }), await outcome()]).to.deep.equal(['ok', 'ok']);
      emulator.switches.documentedAudiences = false;
      expect([await outcome({ aud }), await outcome()]).to.deep.equal(['ok', audienceInvalid]);
    });

    const spellings: Array<[keyof Switches & `audience${string}`, (url: string) => unknown, boolean]> = [
      ['audienceTrailingSlash', (url) => `${url}/`, true],
      ['audienceBareHost', (url) => url.replace('https://', ''), true],
      ['audienceArray', (url) => [url], false],
    ];
    for (const [name, spell, byDefault] of spellings) {
      it(`${name} is ${byDefault ? 'accepted' : 'refused'} by default, and switchable`, async () => {
        const aud = spell(emulator.myDomainUrl);
        expect(await outcome({ aud })).to.equal(byDefault ? 'ok' : audienceInvalid);
        emulator.switches[name] = byDefault ? 'refuse' : 'accept';
        expect(await outcome({ aud })).to.equal(byDefault ? audienceInvalid : 'ok');
      });
    }

    it('is never http, another port, or absent', async () => {
      for (const aud of [emulator.myDomainUrl.replace('https', 'http'), 'https://localhost:1', undefined, 7, '']) {
        expect(await outcome({ aud })).to.equal(audienceInvalid);
      }
    });
  });

  describe('exp', () => {
    const seconds = (ahead: number): number => Math.floor(Date.now() / 1000) + ahead;

    it('has 180 seconds of grace, and the grace is switchable', async () => {
      expect(await outcome({ exp: seconds(-170) })).to.equal('ok');
      expect(await outcome({ exp: seconds(-200) })).to.equal('expired authorization code');
      emulator.switches.expGraceSeconds = 0;
      expect(await outcome({ exp: seconds(-170) })).to.equal('expired authorization code');
    });

    it('may be a numeric string; missing or a word is an invalid assertion', async () => {
      expect(await outcome({ exp: String(seconds(60)) })).to.equal('ok');
      expect(await outcome({ exp: undefined })).to.equal('invalid assertion');
      expect(await outcome({ exp: 'soon' })).to.equal('invalid assertion');
    });

    it('in milliseconds passes as in stock sf, unless refused', async () => {
      const exp = Date.now() + 300;
      expect(await outcome({ exp })).to.equal('ok');
      emulator.switches.expMilliseconds = 'refuse';
      expect(await outcome({ exp })).to.equal('invalid assertion');
      expect(await outcome()).to.equal('ok');
    });

    it('has an upper bound only when one is set', async () => {
      expect(await outcome({ exp: seconds(86_400) })).to.equal('ok');
      emulator.switches.expUpperBoundSeconds = 180;
      expect(await outcome({ exp: seconds(240) })).to.equal('invalid assertion');
      expect(await outcome()).to.equal('ok');
    });
  });
});
