import { expect } from 'chai';
import { callbackUrlProblem, defaultCallbackUrl } from '../../src/app/callback-url.ts';

const long = (length: number): string => 'https://acme.com/'.padEnd(length, 'x');

describe('app: the callback URL', () => {
  const good = [
    defaultCallbackUrl,
    'http://localhost:1919/OauthRedirect',
    'http://127.0.0.1/callback?x=1',
    'https://acme.com/callback',
    'com.acme.app://callback',
    'acmeapp:/callback',
    long(2000),
  ];
  for (const url of good) it(`${url.slice(0, 60)} is taken`, () => expect(callbackUrlProblem(url)).to.be.undefined);

  const bad: Array<[url: string, code: string]> = [
    ['', 'AppCallbackUrlInvalid'],
    ['localhost:1717/OauthRedirect#', 'AppCallbackUrlInvalid'],
    ['/OauthRedirect', 'AppCallbackUrlInvalid'],
    ['https:acme.com', 'AppCallbackUrlInvalid'],
    ['https:///acme.com', 'AppCallbackUrlInvalid'],
    ['https://acme.com/#here', 'AppCallbackUrlInvalid'],
    ['https://ann:secret@acme.com/', 'AppCallbackUrlInvalid'],
    ['https://acme.com/a\nhttps://acme.com/b', 'AppCallbackUrlInvalid'],
    ['https://acme.com/a b', 'AppCallbackUrlInvalid'],
    ['javascript://alert(1)', 'AppCallbackUrlInvalid'],
    ['data:text/html,x', 'AppCallbackUrlInvalid'],
    ['file:///etc/passwd', 'AppCallbackUrlInvalid'],
    ['http://acme.com/callback', 'AppCallbackUrlNotHttps'],
    ['http://localhost.acme.com/callback', 'AppCallbackUrlNotHttps'],
    [long(2001), 'AppCallbackUrlTooLong'],
  ];
  for (const [url, code] of bad) {
    it(`${JSON.stringify(url.slice(0, 60))} is refused: ${code}`, () =>
      expect(callbackUrlProblem(url)?.code).to.equal(code));
  }

  it('a password in it is not repeated', () =>
    expect(callbackUrlProblem('https://ann:secret@acme.com/')?.message)
      .to.include('…@acme.com')
      .and.not.include('secret'));
});
