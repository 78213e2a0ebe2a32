import { expect } from 'chai';
import { fixture } from '../emulator/test-client.ts';
import { leaks, secretsOfKey } from './secrets.ts';

/** Every scene of this folder ends with a hunt for secrets; here it is shown that the hunt finds what there is. */
describe('installed: the hunt for secrets', () => {
  const key = fixture('rsa2048.key');

  const forms: Array<[form: string, text: string]> = [
    ['as it is', key],
    ['in a JSON string', JSON.stringify({ key })],
    ['on one line', key.replaceAll('\n', '')],
    ['with indented lines', key.replaceAll('\n', '\n    ')],
  ];
  for (const [form, text] of forms) {
    it(`finds a private key ${form}`, () => {
      expect(leaks(secretsOfKey('private key', key), [{ where: 'a log', text }])).to.deep.equal([
        'private key in a log',
      ]);
    });
  }

  it('finds a token and a passphrase, also as a URL or JSON writes them', () => {
    const secrets = [
      { what: 'access token', value: '00D5g00000Acme1!AQ.secret' },
      { what: 'passphrase', value: 'a "quoted" word' },
    ];
    const places = [
      { where: 'a URL', text: `?token=${encodeURIComponent(secrets[0]!.value)}` },
      { where: 'an answer', text: JSON.stringify({ passphrase: secrets[1]!.value }) },
      { where: 'nothing', text: 'only words' },
    ];
    expect(leaks(secrets, places)).to.deep.equal(['access token in a URL', 'passphrase in an answer']);
  });
});
