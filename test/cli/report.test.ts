import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Place } from './process.ts';

const acme = 'https://acme.my.salesforce.com';
const login = {
  username: 'integration@acme.com',
  orgId: '00Dxx0000000000EAA',
  accessToken: 'not decrypted by this command',
  clientId: '3MVG9abc',
  privateKey: '/home/ann/jwt/server.key',
  instanceUrl: acme,
  loginUrl: acme,
  jwtAudience: acme,
};

describe('sf aquila report, as a process', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
    mkdirSync(place.path('.sfdx'));
    store(login);
    writeFileSync(place.path('.sfdx', 'alias.json'), JSON.stringify({ orgs: { aquila: 'integration@acme.com' } }));
  });
  afterEach(() => {
    place.remove();
  });
  const store = (fields: object): void => {
    writeFileSync(place.path('.sfdx', 'integration@acme.com.json'), JSON.stringify(fields));
  };

  it('prints the five fields by alias, and nothing else on stdout', async () => {
    const { stdout, stderr, code } = await place.run([
      'report',
      '-o',
      'aquila',
      '--key-path',
      '/etc/aquila/server.pem',
    ]);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout.trimEnd().split('\n')).to.deep.equal([
      'Send these five fields to CyTech Support. None of them is secret;',
      'never send the key file by e-mail.',
      '',
      `  JWT Authentication Audience URL    ${acme}`,
      '  JWT Authentication Client Key Path /etc/aquila/server.pem      (on the log collector)',
      '  Username                           integration@acme.com',
      '  Client ID (Consumer Key)           3MVG9abc',
      `  Instance URL                       ${acme}`,
    ]);
  });

  it('answers --json with exactly the five keys', async () => {
    const { json, code } = await place.run(['report', '-o', 'integration@acme.com', '--json', '--key-path', '/k.pem']);
    expect(code).to.equal(0);
    expect((json() as { result: unknown }).result).to.deep.equal({
      audienceUrl: acme,
      clientKeyPath: '/k.pem',
      username: 'integration@acme.com',
      clientId: '3MVG9abc',
      instanceUrl: acme,
    });
  });

  it('remembers the path on the collector', async () => {
    await place.run(['report', '-o', 'aquila', '--key-path', '/etc/aquila/server.pem']);
    const { stdout, stderr } = await place.run(['report', '-o', 'aquila', '--format', 'env']);
    expect(stdout).to.include("AQUILA_CLIENT_KEY_PATH='/etc/aquila/server.pem'");
    expect(stderr).to.equal('');
  });

  it('without a path on the collector prints the one here, marked as such, with the command that mends it', async () => {
    const { stdout, stderr, code } = await place.run(['report', '-o', 'aquila']);
    expect(code).to.equal(0);
    expect(stdout).to.include('/home/ann/jwt/server.key      (on this machine, not on the collector)');
    expect(stderr).to.include('fix: sf aquila report --target-org aquila --key-path /etc/aquila/server.pem');
  });

  it('uses the default org of the configuration', async () => {
    mkdirSync(place.path('.sf'));
    writeFileSync(place.path('.sf', 'config.json'), JSON.stringify({ 'target-org': 'aquila' }));
    expect((await place.run(['report'])).stdout).to.include('3MVG9abc');
  });

  it('reports a login of stock sf, with loginUrl without its slash as the audience', async () => {
    store({ ...login, jwtAudience: undefined, loginUrl: `${acme}/` });
    const { stdout } = await place.run(['report', '-o', 'aquila', '--format', 'env', '--key-path', '/k.pem']);
    expect(stdout).to.include(`AQUILA_AUDIENCE_URL='${acme}'\n`);
  });

  it('writes a file, and refuses to overwrite it the second time', async () => {
    const words = ['report', '-o', 'aquila', '--format', 'env', '--key-path', '/k.pem', '--output-file', 'five.env'];
    expect((await place.run(words)).code).to.equal(0);
    const first = readFileSync(place.path('five.env'), 'utf8');
    expect(first).to.include("AQUILA_USERNAME='integration@acme.com'");
    const { code, stderr } = await place.run(words);
    expect(code).to.equal(1);
    expect(stderr).to.include('five.env').and.to.include('Try this:');
    expect(readFileSync(place.path('five.env'), 'utf8')).to.equal(first);
  });

  it('does not write through a symbolic link', async () => {
    symlinkSync(place.path('elsewhere'), place.path('link.env'));
    const { code } = await place.run(['report', '-o', 'aquila', '--key-path', '/k.pem', '--output-file', 'link.env']);
    expect(code).to.equal(1);
    expect(() => statSync(place.path('elsewhere'))).to.throw('ENOENT');
  });

  const wrong: Array<[string, string[], number, string[]]> = [
    ['an unknown alias, with the one that was meant', ['-o', 'aqilla'], 2, ['LoginUnknown', 'Did you mean "aquila"?']],
    ['no org at all', [], 2, ['LoginMissing', '--target-org']],
    ['an unknown format', ['-o', 'aquila', '--format', 'fax'], 2, ['aquila', 'env']],
    ['an unknown flag', ['-o', 'aquila', '--key-pth', 'x'], 2, ['--key-pth']],
  ];
  for (const [what, more, exit, says] of wrong) {
    it(`ends with ${String(exit)} for ${what}`, async () => {
      const { code, stderr, stdout } = await place.run(['report', ...more]);
      expect([code, stdout]).to.deep.equal([exit, '']);
      for (const words of says) expect(stderr).to.include(words);
    });
  }

  it('ends with 1 where a field is missing, names it, and gives the login that stores it', async () => {
    store({ ...login, privateKey: undefined, clientId: 'PlatformCLI' });
    const { code, stderr } = await place.run(['report', '-o', 'aquila']);
    expect(code).to.equal(1);
    expect(stderr)
      .to.include('JWT Authentication Client Key Path')
      .and.to.include('sf aquila login --username integration@acme.com');
  });
});
