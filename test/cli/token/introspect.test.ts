import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { TokenPlace } from './token-place.ts';

describe('sf aquila token introspect, as a process', () => {
  let place: TokenPlace;
  let secret: string;
  beforeEach(async () => {
    place = await TokenPlace.open();
    secret = place.emulator.org.app(example.clientId)!.clientSecret;
    place.emulator.org.app(example.clientId)!.flows.introspectAllTokens = true;
    writeFileSync(place.path('secret'), `${secret}\n`, { mode: 0o600 });
  });
  afterEach(() => place.close());

  /** What reached the org, in order. */
  const asked = (): string[] => place.emulator.calls.map(({ path }) => path.replace('/services/oauth2/', ''));

  it('prints scopes and end, in 80 columns, and no token or secret anywhere, logs included', async () => {
    const run = await place.token(['introspect', '--target-org', 'aquila', '--client-secret-file', 'secret']);
    expect([run.code, run.stderr, asked()]).to.deep.equal([0, '', ['introspect']]);
    expect(run.stdout).to.include('The access token is active. The introspection endpoint says so.');
    const long = run.stdout
      .split('\n')
      .filter((line) => line.length > 80 && !/^ {2}(?:Client id|Identity URL) /.test(line));
    expect(long).to.deep.equal([]);
    writeFileSync(place.path('secret'), '');
    expect(place.leaked()).to.deep.equal([]);
  });

  it('of a token that is over answers --json whole, and ends with 1', async () => {
    place.emulator.org.expireTokens();
    const run = await place.token(['introspect', '--target-org', 'aquila', '--json']);
    expect([run.code, run.stderr, asked()]).to.deep.equal([1, '', ['userinfo']]);
    expect(run.json()).to.deep.include({ status: 1 }).and.to.have.nested.property('result.active', false);
    expect(run.json()).to.have.nested.property('result.causes[0].fix');
  });

  it('takes the token from a file and the secret from a pipe', async () => {
    writeFileSync(place.path('token'), place.emulator.login(example.admin).accessToken);
    const words = ['introspect', '--token-file', 'token', '--instance-url', place.emulator.myDomainUrl];
    const run = await place.token([...words, '--client-id', example.clientId, '--client-secret-file', '-'], secret);
    expect([run.code, asked()]).to.deep.equal([0, ['introspect']]);
    expect(run.stdout).to.include(example.admin);
  });

  const wrong: ReadonlyArray<[what: string, words: string[], says: string]> = [
    ['an unknown alias', ['--target-org', 'aqulia'], 'Did you mean "aquila"?'],
    ['an empty secret', ['--target-org', 'aquila', '--client-secret-file', 'empty'], 'SecretEmpty'],
    ['a missing file of the secret', ['--target-org', 'aquila', '--client-secret-file', 'nothing'], 'FileMissing'],
    ['an unknown type', ['--target-org', 'aquila', '--type', 'id'], 'refresh'],
    ['a secret as a value', ['--target-org', 'aquila', '--client-secret', 'x'], '--client-secret'],
  ];
  for (const [what, words, says] of wrong) {
    it(`ends with 2 for ${what}, and asks the org nothing`, async () => {
      writeFileSync(place.path('empty'), '\n');
      const run = await place.token(['introspect', ...words]);
      expect([run.code, run.stdout, asked()]).to.deep.equal([2, '', []]);
      expect(run.stderr).to.include(says);
    });
  }

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });

    it('asks for the secret without showing it; Enter goes on without', async () => {
      const words = ['token', 'introspect', '--target-org', 'aquila'];
      const with_ = await dialogue(place, words, [['Enter: go on', `${secret}\r`]], place.env);
      const without = await dialogue(place, words, [['Enter: go on', '\r']], place.env);
      expect([with_.code, without.code, asked()]).to.deep.equal([0, 0, ['introspect', 'userinfo']]);
      expect(with_.text).to.not.include(secret);
    });

    it('--no-prompt asks nothing', async () => {
      const words = ['token', 'introspect', '--target-org', 'aquila', '--no-prompt'];
      const { code, text } = await dialogue(place, words, [], place.env);
      expect([code, asked(), text.includes('Enter: go on')]).to.deep.equal([0, ['userinfo'], false]);
    });
  });
});
