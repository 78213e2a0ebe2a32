import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { parseSubject, subjectKeys, subjectLimits, type SubjectKey } from '../../src/cert/subject.ts';
import { refusalOf } from './refusal.ts';

const pairs = (text: string): string[] => parseSubject(text).map(({ key, value }) => `${key}|${value}`);

describe('parseSubject', () => {
  const readings: Array<[string, string[]]> = [
    ['C=PH,O=Acme,CN=AQUILA', ['C|PH', 'O|Acme', 'CN|AQUILA']],
    ['/C=PH/O=Acme/CN=AQUILA', ['C|PH', 'O|Acme', 'CN|AQUILA']],
    ['/C=PH/O=Acme/', ['C|PH', 'O|Acme']],
    [' cn = AQUILA , o = Acme Corp ', ['CN|AQUILA', 'O|Acme Corp']],
    ['emailaddress=a@b.c', ['emailAddress|a@b.c']],
    ['C=ph', ['C|PH']],
    ['OU=one,OU=two,CN=x', ['OU|one', 'OU|two', 'CN|x']],
    [String.raw`O=Acme\, Inc.,CN=x`, ['O|Acme, Inc.', 'CN|x']],
    ['/O=Acme, Inc./CN=x', ['O|Acme, Inc.', 'CN|x']],
    [String.raw`/O=AC\/DC/CN=x`, ['O|AC/DC', 'CN|x']],
    ['O=AC/DC,CN=x', ['O|AC/DC', 'CN|x']],
    [String.raw`O=a\+b\=c\\d\"e`, [String.raw`O|a+b=c\d"e`]],
    ['CN=a=b', ['CN|a=b']],
    [String.raw`O=\ Acme\ `, ['O| Acme ']],
    [String.raw`O=Acme\\ `, ['O|Acme\\']],
    [String.raw`O=Z\C3\BCrich`, ['O|Zürich']],
    [String.raw`O=\😀`, ['O|😀']],
    ['O=Zürich 鍵 😀', ['O|Zürich 鍵 😀']],
    ['O=#5', ['O|#5']],
  ];
  for (const [text, expected] of readings) {
    it(`reads ${text}`, () => expect(pairs(text)).to.deep.equal(expected));
  }

  const refusals: Array<[string, string]> = [
    ['', 'SubjectEmpty'],
    [' ', 'SubjectEmpty'],
    ['/', 'SubjectEmpty'],
    [',', 'SubjectEmpty'],
    ['Acme', 'SubjectMalformed'],
    ['=Acme', 'SubjectMalformed'],
    ['O=Acme, Inc.,CN=x', 'SubjectMalformed'],
    ['/O=AC/DC', 'SubjectMalformed'],
    ['O=Acme,,CN=x', 'SubjectMalformed'],
    ['O=Acme,', 'SubjectMalformed'],
    ['CN=a+OU=b', 'SubjectMalformed'],
    ['O="Acme"', 'SubjectMalformed'],
    ['O=Acme\\', 'SubjectMalformed'],
    ['C:/Program Files/Git/CN=AQUILA', 'SubjectRewritten'],
    ['DC=com', 'SubjectKeyUnknown'],
    ['S=Luzon', 'SubjectKeyUnknown'],
    ['CN=a,cn=b', 'SubjectKeyRepeated'],
    ['O=', 'SubjectValueEmpty'],
    ['O=  ', 'SubjectValueEmpty'],
    ['C=P', 'SubjectCountryInvalid'],
    ['C=PHL', 'SubjectCountryInvalid'],
    ['C=Ü1', 'SubjectCountryInvalid'],
    ['emailAddress=ü@b.c', 'SubjectEmailInvalid'],
    ['emailAddress=a b@c.d', 'SubjectEmailInvalid'],
    ['O=a\nb', 'SubjectCharacterInvalid'],
    ['O=a\u0000', 'SubjectCharacterInvalid'],
    ['O=a\u202Eb', 'SubjectCharacterInvalid'],
    [String.raw`O=\00`, 'SubjectCharacterInvalid'],
    [String.raw`O=\C3`, 'SubjectCharacterInvalid'],
    ['O=\uD83D', 'SubjectCharacterInvalid'],
  ];
  for (const [text, code] of refusals) {
    it(`refuses ${JSON.stringify(text)} with ${code}`, async () => {
      expect(await refusalOf(() => parseSubject(text))).to.equal(code);
    });
  }

  const fill = (key: SubjectKey, length: number): string =>
    key === 'C' ? 'PHPH'.slice(0, length) : '😀'.repeat(length);
  for (const key of subjectKeys.filter((other) => other !== 'emailAddress')) {
    it(`takes ${subjectLimits[key]} characters of ${key}, and not one more`, async () => {
      const limit = subjectLimits[key];
      expect([...(parseSubject(`${key}=${fill(key, limit)}`)[0]?.value ?? '')]).to.have.length(limit);
      const code = await refusalOf(() => parseSubject(`${key}=${fill(key, limit + 1)}`));
      expect(code).to.equal(key === 'C' ? 'SubjectCountryInvalid' : 'SubjectValueTooLong');
    });
  }

  it('takes an e-mail address of 255 characters, and not one more', async () => {
    expect(parseSubject(`emailAddress=${'a'.repeat(251)}@b.c`)).to.have.length(1);
    expect(await refusalOf(() => parseSubject(`emailAddress=${'a'.repeat(252)}@b.c`))).to.equal('SubjectValueTooLong');
  });

  it('says which part is wrong, and how to write it', () => {
    try {
      parseSubject('O=Acme, Inc.,CN=x');
      expect.fail('taken');
    } catch (error) {
      if (!(error instanceof SfError)) throw error;
      expect(error.message).to.include('"Inc."');
      expect(error.actions?.join(' ')).to.include(String.raw`"O=Acme\, Inc."`);
      expect(error.exitCode).to.equal(2);
    }
  });
});
