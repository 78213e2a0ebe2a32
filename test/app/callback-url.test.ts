import { expect } from 'chai';
import { callbackUrlProblem, defaultCallbackUrl, localCallback } from '../../src/app/callback-url.ts';

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

describe('app: a callback URL to listen at', () => {
  const local: Array<[url: string, host: string, path: string, port: number, addresses: string[]]> = [
    [defaultCallbackUrl, 'localhost:1717', '/OauthRedirect', 1717, ['127.0.0.1', '::1']],
    ['http://127.0.0.1:1919/cb?app=x', '127.0.0.1:1919', '/cb', 1919, ['127.0.0.1']],
    ['http://localhost/', 'localhost', '/', 80, ['127.0.0.1', '::1']],
  ];
  for (const [url, host, path, port, addresses] of local) {
    it(`${url} means port ${String(port)} of ${addresses.join(' and ')}, and stays as it is`, () => {
      const origin = new URL(url).origin;
      expect(localCallback(url)).to.deep.equal({ callback: { url, origin, host, path, port, addresses } });
    });
  }

  const elsewhere: Array<[url: string, code: string]> = [
    ['https://localhost:1717/OauthRedirect', 'CallbackUrlNotLocal'],
    ['https://acme.com/callback', 'CallbackUrlNotLocal'],
    ['com.acme.app://callback', 'CallbackUrlNotLocal'],
    ['http://localhost:0/OauthRedirect', 'CallbackUrlNotLocal'],
    ['http://acme.com/callback', 'AppCallbackUrlNotHttps'],
    ['localhost', 'AppCallbackUrlInvalid'],
  ];
  for (const [url, code] of elsewhere) {
    it(`${url} is none: ${code}`, () => expect(localCallback(url)).to.have.nested.property('problem.code', code));
  }
});
