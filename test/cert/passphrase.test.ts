import { expect } from 'chai';
import { SfError } from '@salesforce/core/sfError';
import { decodePassphrase, decodePassword } from '../../src/cert/passphrase.ts';
import { refusalOf } from './refusal.ts';

describe('decodePassphrase', () => {
  const readings: Array<[string, string]> = [
    ['correct horse', 'correct horse'],
    ['correct horse\n', 'correct horse'],
    ['correct horse\r\n', 'correct horse'],
    [' kept ', ' kept '],
    ['Пароль\n', 'Пароль'],
    ['four', 'four'],
    ['😀😀😀😀', '😀😀😀😀'],
    ['x'.repeat(1024), 'x'.repeat(1024)],
  ];
  for (const [text, passphrase] of readings) {
    it(`reads ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(decodePassphrase(Buffer.from(text), 'p.txt')).to.equal(passphrase);
    });
  }

  const refusals: Array<[string, Buffer, string]> = [
    ['nothing', Buffer.from(''), 'PassphraseTooShort'],
    ['a line break alone', Buffer.from('\n'), 'PassphraseTooShort'],
    ['three characters', Buffer.from('abc'), 'PassphraseTooShort'],
    ['three emoji', Buffer.from('😀😀😀'), 'PassphraseTooShort'],
    ['two lines', Buffer.from('secret one\nsecret two\n'), 'PassphraseOfSeveralLines'],
    ['two line breaks at the end', Buffer.from('secret one\n\n'), 'PassphraseOfSeveralLines'],
    ['UTF-16', Buffer.from('\uFEFFsecret one', 'utf16le'), 'PassphraseNotText'],
    ['UTF-16 without a mark', Buffer.from('secret one', 'utf16le'), 'PassphraseNotText'],
    ['a byte order mark', Buffer.from('\uFEFFsecret one'), 'PassphraseNotText'],
    ['Latin-1', Buffer.from('sécret one', 'latin1'), 'PassphraseNotText'],
    ['1025 bytes', Buffer.from('x'.repeat(1025)), 'PassphraseTooLong'],
  ];
  for (const [what, bytes, code] of refusals) {
    it(`refuses ${what} with ${code}`, async () => {
      expect(await refusalOf(() => decodePassphrase(bytes, 'p.txt'))).to.equal(code);
    });
  }

  it('names the source, never what it holds', () => {
    try {
      decodePassphrase(Buffer.from('secret one\nsecret two'), 'p.txt');
      expect.fail('taken');
    } catch (error) {
      if (!(error instanceof SfError)) throw error;
      expect(error.message).to.include('p.txt');
      expect(JSON.stringify([error.message, error.actions, error.data])).to.not.include('secret');
    }
  });
});

describe('decodePassword', () => {
  for (const password of ['', 'a', ' kept ', 'x'.repeat(2000)]) {
    it(`takes ${password.length} characters, without the line break behind them`, () => {
      expect(decodePassword(Buffer.from(`${password}\r\n`), 'p.txt')).to.equal(password);
    });
  }

  it('refuses several lines and what is no text, as for passphrases', async () => {
    expect(await refusalOf(() => decodePassword(Buffer.from('a\nb'), 'p.txt'))).to.equal('PassphraseOfSeveralLines');
    expect(await refusalOf(() => decodePassword(Buffer.from('a', 'utf16le'), 'p.txt'))).to.equal('PassphraseNotText');
  });
});
