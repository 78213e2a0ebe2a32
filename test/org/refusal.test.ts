import { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import { isExpired, readRestAnswer, soapRefusal } from '../../src/org/refusal.ts';
import type { HttpAnswer } from '../../src/token/response.ts';

const url = 'https://acme.my.salesforce.com/services/data/v66.0/query';
const answer = (status: number, body: unknown): HttpAnswer => ({
  ...{ method: 'GET', url, status, receivedAt: new Date('2026-11-21T10:00:00Z') },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const envelope = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
const fault = (code: string, text: string): string =>
  envelope(`<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring></soapenv:Fault>`);
const page = '<html><head><title>Down for\n  Maintenance</title></head><body>internal detail</body></html>';

describe('what the org answers', () => {
  const rest: Array<[string, number, unknown, unknown]> = [
    ['JSON', 200, { a: 1 }, { value: { a: 1 } }],
    ['nothing', 204, '', { value: undefined }],
    [
      'one error',
      403,
      [{ message: 'no', errorCode: 'INSUFFICIENT_ACCESS' }],
      { refused: { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'no' } },
    ],
    [
      'an error of OAuth',
      400,
      { error: 'invalid_request', error_description: 'no such thing' },
      { refused: { status: 400, errorCode: 'invalid_request', message: 'no such thing' } },
    ],
    [
      'an error without words',
      500,
      [{ errorCode: 'UNKNOWN_EXCEPTION' }],
      { refused: { status: 500, errorCode: 'UNKNOWN_EXCEPTION', message: 'UNKNOWN_EXCEPTION' } },
    ],
  ];
  for (const [what, status, body, expected] of rest) {
    it(`by REST, ${what} is read`, () => expect(readRestAnswer(answer(status, body))).to.deep.equal(expected));
  }

  for (const [what, status, body] of [
    ['a page', 503, page],
    ['a page with HTTP 200', 200, page],
    ['half an answer', 200, '{"records": ['],
    ['an empty refusal', 500, ''],
    ['JSON that is no error', 500, '{}'],
    ['null', 500, 'null'],
    ['an empty list of errors', 400, '[]'],
  ] as const) {
    it(`by REST, ${what} is OrgUnavailable`, () => {
      expect(() => readRestAnswer(answer(status, body)))
        .to.throw(SfError)
        .with.property('name', 'OrgUnavailable');
    });
  }

  it('of a page nothing but its title is told', () => {
    expect(() => readRestAnswer(answer(503, page)))
      .to.throw('acme.my.salesforce.com answered with HTTP 503 and Down for Maintenance')
      .with.property('message')
      .that.does.not.include('internal detail');
  });

  it('by SOAP, a fault is a refusal, its entities resolved and its words kept', async () => {
    expect(
      await soapRefusal(answer(500, fault('sf:INVALID_TYPE', 'INVALID_TYPE: &apos;A&amp;B&apos; is unknown')))
    ).to.deep.equal({ status: 500, errorCode: 'INVALID_TYPE', message: "INVALID_TYPE: 'A&B' is unknown" });
  });

  it('by SOAP, a result is no refusal, also where it speaks of faults', async () => {
    expect(await soapRefusal(answer(200, envelope('<listMetadataResponse><result/></listMetadataResponse>')))).to.equal(
      undefined
    );
    expect(
      await soapRefusal(answer(200, envelope('<readMetadataResponse><Fault>no</Fault></readMetadataResponse>')))
    ).to.equal(undefined);
  });

  for (const [what, status, body] of [
    ['a page', 503, page],
    ['a page with HTTP 200', 200, page],
    ['JSON', 500, '[]'],
    ['an envelope without a fault', 500, envelope('')],
    ['an empty envelope', 200, envelope('')],
    ['half a result', 200, envelope('<listMetadataResponse><result/></listMetadataResponse>').slice(0, -30)],
    ['an envelope that breaks off', 500, fault('sf:A', 'b').slice(0, 150)],
  ] as const) {
    it(`by SOAP, ${what} is OrgUnavailable`, async () => {
      const thrown: unknown = await soapRefusal(answer(status, body)).catch((error: unknown) => error);
      expect(thrown).to.have.property('name', 'OrgUnavailable');
    });
  }

  const session = (message: string): unknown => [{ message, errorCode: 'INVALID_SESSION_ID' }];
  for (const [what, status, body, expected] of [
    ['an expired session', 401, session('Session expired or invalid'), true],
    ['an expired session by SOAP', 500, fault('sf:INVALID_SESSION_ID', 'INVALID_SESSION_ID: Illegal Session'), true],
    ['an app without the scope api', 401, session('This session is not valid for use with the REST API'), false],
    ['an app that the org does not admit', 401, session('Connected app is not attached to Agent'), false],
    ['a bad header', 401, [{ message: 'INVALID_HEADER_TYPE', errorCode: 'INVALID_AUTH_HEADER' }], false],
    ['another fault', 500, fault('sf:INVALID_TYPE', 'INVALID_SESSION_ID'), false],
    ['an expired token at an OAuth endpoint', 403, 'Bad_OAuth_Token', true],
    ['a token of another org at an OAuth endpoint', 403, 'Wrong_Org', false],
    ['a page that speaks of it', 403, '<p>Bad_OAuth_Token</p>', false],
    ['a result that speaks of it', 200, session('Session expired or invalid'), false],
  ] as const) {
    it(`${what} ${expected ? 'is' : 'is not'} a reason to renew the token`, () =>
      expect(isExpired(answer(status, body))).to.equal(expected));
  }
});
