import { expect } from 'chai';
import { example } from '../../emulator/index.ts';
import { dialogue, needTerminal } from '../dialogue.ts';
import { TokenPlace } from './token-place.ts';

describe('sf aquila token identity, as a process', () => {
  let place: TokenPlace;
  beforeEach(async () => {
    place = await TokenPlace.open();
  });
  afterEach(() => place.close());

  it('prints user and org, and no token anywhere, logs included', async () => {
    place.emulator.org.expireTokens();
    const run = await place.token(['identity', '--target-org', 'aquila']);
    expect([run.code, run.stderr]).to.deep.equal([0, '']);
    expect(run.stdout.split('\n').slice(0, 4)).to.deep.equal([
      'The access token belongs to integration@acme.com.',
      'The stored one was over, and the login has renewed itself.',
      '',
      '  Username      integration@acme.com',
    ]);
    expect(place.leaked()).to.deep.equal([]);
  });

  it('takes a token that is piped in, and answers --json', async () => {
    const { accessToken } = place.emulator.login(example.admin);
    const words = ['identity', '--token-file', '-', '--instance-url', place.emulator.myDomainUrl, '--json'];
    const run = await place.token(words, `${accessToken}\n`);
    expect(run.code).to.equal(0);
    expect(run.json()).to.have.nested.property('result.username', example.admin);
    expect(place.leaked()).to.deep.equal([]);
  });

  const wrong: ReadonlyArray<[what: string, words: string[], says: string]> = [
    ['an unknown alias', ['--target-org', 'adnin'], 'Did you mean "admin"?'],
    ['no org at all', [], 'TokenNotGiven'],
    ['a file that is not there', ['--token-file', 'nothing', '--instance-url', 'https://localhost'], 'FileMissing'],
    ['an empty pipe', ['--token-file', '-', '--instance-url', 'https://localhost'], 'TokenFileEmpty'],
    ['an address without a token', ['--instance-url', 'https://localhost'], '--token-file'],
    ['a login and a file at once', ['--target-org', 'admin', '--token-file', '-'], '--target-org'],
    ['an unknown endpoint', ['--endpoint', 'whoami'], 'identity-url'],
  ];
  for (const [what, words, says] of wrong) {
    it(`ends with 2 for ${what}, and asks the org nothing`, async () => {
      const run = await place.token(['identity', ...words]);
      expect([run.code, run.stdout]).to.deep.equal([2, '']);
      expect(run.stderr).to.include(says);
      expect(place.emulator.calls.length).to.equal(0);
    });
  }

  it('on a terminal asks for a token without showing it', async function () {
    needTerminal(this);
    const { accessToken } = place.emulator.login(example.admin);
    const words = ['token', 'identity', '--token-file', '-', '--instance-url', place.emulator.myDomainUrl];
    const screen = await dialogue(place, words, [['Token', `${accessToken}\r`]], place.env);
    expect([screen.code, screen.text.includes(accessToken)]).to.deep.equal([0, false]);
    expect(screen.text).to.include('The access token belongs to admin@acme.com.');
  });
});
