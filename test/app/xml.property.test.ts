import { expect } from 'chai';
import fc from 'fast-check';
import { partTypes, type Fields } from '../../src/app/component.ts';
import { readPart, writePart } from '../../src/app/xml.ts';
import { runs } from '../mutations.ts';

/** What XML 1.0 can hold: no control characters but tab and line ends, no halves of characters. */
const text = fc
  .string({ unit: 'binary', maxLength: 60 })
  // eslint-disable-next-line no-control-regex
  .map((value) => value.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, ''));
const awkward = fc.constantFrom(
  '00123',
  ' ',
  '\n',
  '\r\n',
  'R&amp;D <b> ]]> "\'',
  '&#13;',
  'http://localhost:1717/OauthRedirect\nhttps://acme.com/callback',
  '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n'
);
const name = fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,20}$/).filter((word) => !(word in {}) && word !== 'prototype');
const content = fc.oneof(text, awkward);
const nested: fc.Arbitrary<Fields> = fc.dictionary(name, content, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
const many = fc.array(fc.oneof(content, nested), { minLength: 2, maxLength: 4 });
const fields = fc.dictionary(name, fc.oneof(content, nested, many), { maxKeys: 8, noNullPrototype: true });

describe('app: any component as XML', function () {
  this.timeout(0);

  it('is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...partTypes), fields, async (type, given) => {
        const part = { type, fullName: 'AQUILA', fields: given };
        expect(await readPart(type, 'AQUILA', writePart(part))).to.deep.equal(part);
      }),
      runs(150, 5000)
    );
  });

  it('is the same bytes whatever the order of its elements', async () => {
    fc.assert(
      fc.property(fields, (given) => {
        const reversed = Object.fromEntries(Object.entries(given).toReversed());
        const write = (of: Fields): string => writePart({ type: partTypes[0], fullName: 'AQUILA', fields: of });
        expect(write(reversed)).to.equal(write(given));
      }),
      runs(50, 5000)
    );
  });
});
