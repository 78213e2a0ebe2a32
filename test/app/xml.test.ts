import { expect } from 'chai';
import type { Part } from '../../src/app/component.ts';
import { readConnectedApp, readPart, writePart } from '../../src/app/xml.ts';
import { problemOf } from '../../src/errors.ts';

const part = (fields: Part['fields']): Part => ({ type: 'ExternalClientApplication', fullName: 'AQUILA', fields });
const wrapped = (inside: string): string => `<ExternalClientApplication>${inside}</ExternalClientApplication>`;
const read = async (xml: string): Promise<Part['fields']> =>
  (await readPart('ExternalClientApplication', 'AQUILA', xml)).fields;

describe('app: a component as XML', () => {
  it('is written with its elements in alphabetical order, whatever order the object has', () => {
    expect(writePart(part({ label: 'A', contactEmail: 'a@b.co', isProtected: 'false' }))).to.equal(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata">',
        '    <contactEmail>a@b.co</contactEmail>',
        '    <isProtected>false</isProtected>',
        '    <label>A</label>',
        '</ExternalClientApplication>',
        '',
      ].join('\n')
    );
  });

  it('is written with repeated and nested elements, each in alphabetical order', () => {
    const ranges = [
      { startIpAddress: '1.1.1.1', endIpAddress: '1.1.1.9' },
      { endIpAddress: '2.2.2.9', startIpAddress: '2.2.2.2' },
    ];
    expect(
      writePart(part({ trustedIpRanges: ranges }))
        .split('\n')
        .slice(2, -2)
        .map((line) => line.trim())
    ).to.deep.equal([
      '<trustedIpRanges>',
      '<endIpAddress>1.1.1.9</endIpAddress>',
      '<startIpAddress>1.1.1.1</startIpAddress>',
      '</trustedIpRanges>',
      '<trustedIpRanges>',
      '<endIpAddress>2.2.2.9</endIpAddress>',
      '<startIpAddress>2.2.2.2</startIpAddress>',
      '</trustedIpRanges>',
    ]);
  });

  const readings: Array<[what: string, inside: string, fields: Part['fields']]> = [
    ['numbers stay text', '<a>00123</a><b>1e5</b><c>true</c>', { a: '00123', b: '1e5', c: 'true' }],
    ['entities are resolved once', '<a>R&amp;D &amp;lt; &#65;&#x42;&#xD;</a>', { a: 'R&D &lt; AB\r' }],
    ['blanks and line ends inside a text stay', '<a> one\n two </a>', { a: ' one\n two ' }],
    ['blanks between elements go', '\n  <a>1</a>\n  <b>2</b>\n', { a: '1', b: '2' }],
    ['repeated elements become an array', '<a>1</a><b>x</b><a>2</a>', { a: ['1', '2'], b: 'x' }],
    ['nested elements become fields', '<a>\n<b>1</b>\n</a>', { a: { b: '1' } }],
    ['empty elements are empty texts', '<a/><b></b>', { a: '', b: '' }],
    ['comments and attributes are left out', '<!-- <x> --><a c="d">1<!-- y -->2</a>', { a: '12' }],
    ['CDATA is text as it stands', '<a><![CDATA[<b>&amp;]]></a>', { a: '<b>&amp;' }],
    ['nothing inside is no field', '', {}],
  ];
  for (const [what, inside, fields] of readings) {
    it(`reading: ${what}`, async () => expect(await read(wrapped(inside))).to.deep.equal(fields));
  }

  it('reading takes a declaration, a namespace and a byte order mark', async () => {
    const xml = writePart(part({ label: 'A' }));
    expect(await read(`\uFEFF${xml}`)).to.deep.equal({ label: 'A' });
    expect(await readPart('ExternalClientApplication', 'AQUILA', xml)).to.deep.equal(part({ label: 'A' }));
  });

  it('a connected app is read alike', async () => {
    const xml =
      '<ConnectedApp><label>Old</label><oauthConfig><scopes>Api</scopes><scopes>Web</scopes></oauthConfig></ConnectedApp>';
    expect(await readConnectedApp('Old', xml)).to.deep.equal({
      fullName: 'Old',
      fields: { label: 'Old', oauthConfig: { scopes: ['Api', 'Web'] } },
    });
  });

  const unreadable: Array<[what: string, xml: string]> = [
    ['nothing', ''],
    ['plain text', 'SECRET'],
    ['a web page', '<html><body>SECRET</body></html>'],
    ['metadata of another type', '<ConnectedApp><label>SECRET</label></ConnectedApp>'],
    ['two roots', '<ExternalClientApplication/><ExternalClientApplication/>'],
    ['another root behind', '<ExternalClientApplication/><SECRET/>'],
    ['text in place of elements', wrapped('SECRET')],
    ['text beside elements', wrapped('<a>1</a>SECRET')],
    ['text beside nested elements', wrapped('<a>SECRET<b>1</b></a>')],
    ['an element that is cut off', '<ExternalClientApplication><a>SECRET'],
    ['elements that cross', wrapped('<a><b>SECRET</a></b>')],
    ['half a tag', wrapped('<a>1</a><SECRET')],
    ['an entity that XML does not have', wrapped('<a>&SECRET;</a>')],
    ['a bare ampersand', wrapped('<a>R & D</a>')],
    ['names that JavaScript gives a meaning to', wrapped('<__proto__>SECRET</__proto__>')],
    ['a constructor', wrapped('<constructor>SECRET</constructor>')],
    ['a document type', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${wrapped('<a>1</a>')}`],
    ['entities that swell', `<!DOCTYPE x [<!ENTITY a "SECRET"><!ENTITY b "&a;&a;&a;&a;">]>${wrapped('<a>&b;</a>')}`],
    ['a depth that no metadata has', wrapped('<a>'.repeat(500) + '</a>'.repeat(500))],
  ];
  for (const [what, xml] of unreadable) {
    it(`${what} is refused with type and name, and none of its content`, async () => {
      const { code, message, actions } = await read(xml).then(
        () => expect.fail('it was read'),
        (error: unknown) => problemOf(error)
      );
      expect(code).to.equal('AppMetadataUnreadable');
      expect(message).to.include('ExternalClientApplication of AQUILA').and.not.include('SECRET');
      expect(actions).to.not.be.empty;
    });
  }
});
