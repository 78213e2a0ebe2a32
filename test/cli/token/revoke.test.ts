import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { TokenPlace } from './token-place.ts';

describe('sf aquila token revoke, as a process', () => {
  let place: TokenPlace;
  beforeEach(async () => {
    place = await TokenPlace.open();
  });
  afterEach(() => place.close());

  const revocations = (): string[] =>
    place.emulator.calls.filter(({ path }) => path === '/services/oauth2/revoke').map(({ method }) => method);

  it('without a terminal does what the flags name, says what ended, and prints no token anywhere, logs included', async () => {
    const run = await place.token(['revoke', '--target-org', 'admin']);
    expect([run.code, run.stderr, revocations()]).to.deep.equal([0, '', ['POST']]);
    expect(run.stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('Log in again'))).to.deep.equal(
      []
    );
    expect(run.stdout).to.include(
      `Log in again with: sf org login web --alias admin --instance-url ${place.emulator.myDomainUrl}`
    );
    expect(place.leaked()).to.deep.equal([]);
  });

  it('answers --json, twice in a row', async () => {
    const first = await place.token(['revoke', '--target-org', 'admin', '--json']);
    const second = await place.token(['revoke', '--target-org', 'admin', '--json']);
    expect([first.code, second.code, revocations()]).to.deep.equal([0, 0, ['POST']]);
    expect(first.json()).to.have.nested.property('result.revoked', true);
    expect(second.json()).to.have.nested.property('result.revoked', false);
  });

  it('an error in JSON holds no token', async () => {
    const { accessToken } = place.emulator.login(example.admin);
    writeFileSync(place.path('token'), `x${accessToken}`);
    const words = ['revoke', '--token-file', 'token', '--instance-url', place.emulator.myDomainUrl, '--json'];
    const run = await place.token(words);
    expect(run.json()).to.include({ name: 'RevocationRefused', status: 1 });
    expect(run.stdout).to.not.include(accessToken);
  });

  describe('on a terminal', () => {
    before(function () {
      needTerminal(this);
    });

    it('says what ends and asks; No is 130, and nothing is revoked', async () => {
      const screen = await dialogue(
        place,
        ['token', 'revoke', '--target-org', 'admin'],
        [['Revoke it?', 'n\r']],
        place.env
      );
      expect([screen.code, revocations()]).to.deep.equal([130, []]);
      expect(screen.text).to.include('This revokes the refresh token of admin');
    });

    it('Enter alone is No', async () => {
      const screen = await dialogue(
        place,
        ['token', 'revoke', '--target-org', 'admin'],
        [['Revoke it?', '\r']],
        place.env
      );
      expect([screen.code, revocations()]).to.deep.equal([130, []]);
    });

    it('Yes revokes, also for the default org', async () => {
      const more = { ...place.env, SF_TARGET_ORG: 'aquila' };
      const screen = await dialogue(place, ['token', 'revoke'], [['Revoke it?', 'y\r']], more);
      expect([screen.code, revocations()]).to.deep.equal([0, ['POST']]);
    });

    it('--no-prompt asks nothing', async () => {
      const screen = await dialogue(place, ['token', 'revoke', '--target-org', 'aquila', '--no-prompt'], [], place.env);
      expect([screen.code, revocations(), screen.text.includes('Revoke it?')]).to.deep.equal([0, ['POST'], false]);
    });
  });
});
