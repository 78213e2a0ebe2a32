import { expect } from 'chai';
import { afterPoll, readDeviceCode } from '../../src/token/device.ts';
import type { HttpAnswer } from '../../src/token/response.ts';

const answer = (body: unknown, status = 200): HttpAnswer => ({
  ...{ method: 'POST', url: 'https://acme.my.salesforce.com/services/oauth2/token', status },
  ...{ body: typeof body === 'string' ? body : JSON.stringify(body), receivedAt: new Date(0) },
});
const start = {
  device_code: 'aPrx',
  user_code: 'ABCD2345',
  verification_uri: 'https://acme.my.salesforce.com/setup/connect',
};
const read = { deviceCode: 'aPrx', userCode: 'ABCD2345', verificationUri: start.verification_uri };

describe('the device flow, as its answers say', () => {
  it('takes codes, page and interval, and ten minutes where no time is named', () => {
    expect(readDeviceCode(answer({ ...start, interval: 7 }))).to.deep.equal({ ...read, interval: 7, expiresIn: 600 });
  });

  for (const interval of [undefined, 0, -1, 'soon', null, 3_000_000, Number.MAX_VALUE]) {
    it(`waits five seconds between polls where the interval is ${String(interval)}`, () => {
      expect(readDeviceCode(answer({ ...start, interval, expires_in: '900' }))).to.include({
        interval: 5,
        expiresIn: 900,
      });
    });
  }

  const none: Array<[string, HttpAnswer]> = [
    ['a refusal', answer({ error: 'invalid_client_id' }, 400)],
    ['a page', answer('<html></html>')],
    ['an answer without a device code', answer({ ...start, device_code: undefined })],
    ['an answer without a user code', answer({ ...start, user_code: '' })],
    ['a page without TLS', answer({ ...start, verification_uri: 'http://acme.example' })],
    ['a page that is no address', answer({ ...start, verification_uri: 'setup/connect' })],
    ['a code that a terminal would obey', answer({ ...start, user_code: 'A\u001b[2J' })],
  ];
  for (const [what, http] of none) {
    it(`shows nothing of ${what}`, () => expect(readDeviceCode(http)).to.equal(undefined));
  }

  const polls: Array<[string, string, number, unknown]> = [
    ['waits', 'wait', 400, { error: 'authorization_pending' }],
    ['slows down', 'slow-down', 400, { error: 'slow_down' }],
    ['ends', 'done', 400, { error: 'access_denied' }],
    ['ends', 'done', 400, { error: 'expired_token' }],
    ['leaves the host alone', 'busy', 503, '<html></html>'],
    ['leaves the host alone', 'busy', 500, { error: 'unknown_error' }],
    ['leaves the host alone', 'busy', 429, ''],
    ['ends', 'done', 403, '<html></html>'],
    ['ends', 'done', 200, { access_token: 'x' }],
  ];
  for (const [what, next, status, body] of polls) {
    it(`${what} after ${String(status)} ${JSON.stringify(body)}`, () =>
      expect(afterPoll(answer(body, status))).to.equal(next));
  }
});
