import { expect } from 'chai';
import fc from 'fast-check';
import { redact, withoutHome } from '../../src/render/redaction.ts';
import { runs } from '../mutations.ts';
import { secret, secretParts } from './secrets.ts';

const gone = '[redacted]';
const consumerKey = '3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3XHrXDiCQ';

describe('render: redaction', () => {
  const struck: Array<[what: string, text: string, left: string]> = [
    ['an opaque token', 'it is 00D5g00000Acme1!AQEAQHx.y_z.', `it is ${gone}`],
    ['an opaque token in a URL', 'frontdoor.jsp?sid=00D5g00000Acme1%21AQEAQ&x=1', `frontdoor.jsp?sid=${gone}`],
    ['a token in JWT format', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln-X_', gone],
    ['a JWT that was cut off', '"eyJhbGciOiJSUzI1NiJ9.eyJpc3"', `"${gone}"`],
    ['a refresh token', 'got 5Aep861TSESvWeug_xvFHRBTTbf.Yr', `got ${gone}`],
    ['an authorization code', '?code=aPrxsmIEeqM9PiQroGEWx1UiMQd%3D%3D&x=1', `?code=${gone}&x=1`],
    [
      'an encrypted key',
      'a -----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY----- b',
      `a ${gone} b`,
    ],
    ['a key that was cut off', 'a -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc', `a ${gone}`],
    ['a header', 'Authorization: Bearer abcDEF123456', `Authorization: ${gone}`],
    ['a token behind its scheme', 'sent Bearer abcDEF123456 to it', `sent Bearer ${gone} to it`],
    ['a client secret in a body', '{"client_secret":"a\\"b","error":"x"}', `{"client_secret":${gone},"error":"x"}`],
    ['a client secret in a form', 'client_secret=abc&client_id=def', `client_secret=${gone}&client_id=def`],
    [
      'a client secret alone',
      'it was 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF.',
      `it was ${gone}.`,
    ],
    ['an old client secret alone', 'it was 1234567890123456789.', `it was ${gone}.`],
    ['a passphrase with blanks', 'passphrase: correct horse battery\nnext', `passphrase: ${gone}\nnext`],
    ['an element', '<sessionId>abc</sessionId>', `<sessionId>${gone}</sessionId>`],
    ['the login of a proxy', 'http://ann:pa:ss@proxy.acme.com:3128/', `http://${gone}@proxy.acme.com:3128/`],
    ['a login URL of sf', 'force://PlatformCLI::5Aep861@acme.my.salesforce.com', gone],
  ];
  for (const [what, text, left] of struck) it(`strikes ${what}`, () => expect(redact(text)).to.equal(left));

  const kept: Array<[what: string, text: string]> = [
    ['a client id', `--client-id ${consumerKey}`],
    ['org ids', '00D5g00000Acme1 and 00D5g00000Acme1EAB'],
    [
      'URLs',
      'POST https://a-very-long-name-of-a-company--and-its-sandbox.sandbox.my.salesforce.com/services/oauth2/token answered 400',
    ],
    ['paths', '/Users/you/Documents/customers/acme/salesforce/aquila/keys/2026/server.key'],
    ['fingerprints', Array.from({ length: 32 }, () => 'AB').join(':')],
    [
      "Salesforce's words",
      "invalid_grant: user hasn't approved this consumer\ninvalid assertion\nexpired access/refresh token",
    ],
    ['commands', 'sf aquila cert create --passphrase-file secret.txt --keystore-password-file x --output-dir next'],
    ['prose', 'JWT Bearer Flow, the token belongs to the user; the session timeout is 5 minutes'],
  ];
  for (const [what, text] of kept) it(`keeps ${what}`, () => expect(redact(text)).to.equal(text));

  it('keeps a client id of another form that it is told of, and strikes it otherwise', () => {
    const known = 'A1b2'.repeat(16);
    expect(redact(`iss ${known}`, [known])).to.equal(`iss ${known}`);
    expect(redact(`iss ${known}`)).to.equal(`iss ${gone}`);
  });

  it('comes to an end with a text that is made to take long', () => {
    const texts = [
      '-----BEGIN PRIVATE KEY-----',
      'Bearer ',
      '"token":"',
      'eyJ.',
      'MII',
      'a.b',
      '\\"',
      '<secret>',
      '3MVG9',
      '/home/',
    ];
    for (const text of texts) {
      const long = text.repeat(Math.ceil(20_000 / text.length));
      expect(withoutHome(redact(long), { home: '/home/ann', user: 'ann' })).to.be.a('string');
    }
  });

  it('lets no secret through, whatever stands around it', () => {
    const around = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `${text} `),
      fc.constantFrom(
        '',
        ' ',
        '\n',
        '"',
        "'",
        '`',
        '|',
        '<',
        '>',
        '(',
        '=',
        ': ',
        'token=',
        'Bearer ',
        '{"access_token":"',
        '<td>'
      )
    );
    fc.assert(
      fc.property(around, secret, around, (before, planted, after) => {
        const text = redact(`${before}${planted}${/^\w/.test(after) ? ' ' : ''}${after}`);
        for (const part of secretParts(planted)) expect(text).to.not.include(part);
      }),
      runs(500, 20_000)
    );
  });
});

describe('render: paths without names', () => {
  const ann = { home: '/home/ann', user: 'ann' };
  const windows = { home: 'C:\\Users\\Ann Smith', user: 'Ann Smith' };
  const cases: Array<[what: string, machine: typeof ann, text: string, left: string]> = [
    ['the home folder', ann, 'in /home/ann/aquila/server.key', 'in ~/aquila/server.key'],
    ['the home folder alone, at the end of a sentence', ann, 'look into "/home/ann".', 'look into "~".'],
    ['a folder that begins alike', ann, '/home/ann.old/x /home/ann-lee/x', '/home/[user]/x /home/[user]/x'],
    ["other people's folders", ann, '/Users/you/x, /mnt/c/Users/you/y', '/Users/[user]/x, /mnt/c/Users/[user]/y'],
    ['the name elsewhere in a path', ann, '/media/ann/stick/x ~ann/y', '/media/[user]/stick/x ~[user]/y'],
    ['a file URL', ann, 'file:///home/ann/x', 'file:~/x'],
    ['a home folder of its own kind', { home: '/root', user: 'root' }, 'cd "/root"', 'cd "~"'],
    ['backslashes', windows, 'C:\\Users\\Ann Smith\\a\\server.key', '~\\a\\server.key'],
    [
      'doubled backslashes, slashes and other cases',
      windows,
      'c:\\\\users\\\\ann smith\\\\x c:/Users/Ann Smith/y',
      '~\\\\x ~/y',
    ],
    ["somebody else's on Windows", windows, 'D:\\Users\\Bob Jones\\x', 'D:\\Users\\[user]\\x'],
    ['a domain', windows, 'CORP\\Ann Smith', 'CORP\\[user]'],
  ];
  for (const [what, machine, text, left] of cases) {
    it(`takes the name out of ${what}`, () => expect(withoutHome(text, machine)).to.equal(left));
  }

  it('leaves words, URLs and folders of the system alone, though the user is called like them', () => {
    const machine = { home: '/home/aquila', user: 'aquila' };
    const text = 'sf aquila verify --target-org aquila https://acme.com/aquila/ --key-path /etc/aquila/server.pem';
    expect(withoutHome(text, machine)).to.equal(text);
  });

  it('changes nothing where there is no home folder and no name', () => {
    expect(withoutHome('/srv/keys/server.key', { home: '/', user: '' })).to.equal('/srv/keys/server.key');
    expect(withoutHome('/srv/keys/server.key', { home: '', user: '' })).to.equal('/srv/keys/server.key');
  });
});
