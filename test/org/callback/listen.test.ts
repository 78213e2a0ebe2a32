import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { SfError } from '@salesforce/core/sfError';
import { expect } from 'chai';
import type { LocalCallback } from '../../../src/app/callback-url.ts';
import { listenForCallback, type CallbackListener } from '../../../src/org/callback/listen.ts';
import { freeCallback, visit } from './visitor.ts';

const state = 'the-state-of-this-run';

describe('the listener at the callback URL', () => {
  let callback: LocalCallback;
  const open: CallbackListener[] = [];
  beforeEach(async () => {
    callback = await freeCallback();
  });
  afterEach(() => {
    for (const listener of open.splice(0)) listener.close();
  });

  const listen = async (
    expects: 'query' | 'fragment' = 'query',
    more: { at?: LocalCallback; seconds?: number } = {}
  ): Promise<CallbackListener> => {
    const listener = await listenForCallback({ callback: more.at ?? callback, expects, state }, more.seconds);
    open.push(listener);
    return listener;
  };
  const failure = async (promise: Promise<unknown>): Promise<Partial<SfError>> => {
    const outcome = await promise.then(
      (value: unknown) => value,
      (error: unknown) => error
    );
    if (outcome instanceof Error) return outcome;
    throw new Error(`no error, but ${JSON.stringify(outcome)}`);
  };
  const granting = (): string => `${callback.url}?code=aPrx.1%3D%3D&state=${state}`;
  /** Shows that the listener still waited. */
  const takesTheAnswer = async (listener: CallbackListener): Promise<void> => {
    expect((await visit(granting())).status).to.equal(200);
    expect(await listener.answer).to.deep.equal({ granted: { code: 'aPrx.1==' } });
  };

  it('takes the code of the first answer, and shows a page that says so', async () => {
    const listener = await listen();
    const { status, headers, body } = await visit(granting());
    expect(status).to.equal(200);
    expect(await listener.answer).to.deep.equal({ granted: { code: 'aPrx.1==' } });
    expect(body).to.include('<h1 id="title">Access allowed</h1>').and.not.include('aPrx');
    expect(headers).to.include({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('allows its page no resource, and no script but its own', async () => {
    await listen();
    const pages = [await visit(callback.url), await visit(granting())];
    const nonces = pages.map(({ headers, body }) => {
      const policy = String(headers['content-security-policy']);
      const nonce = /script-src 'nonce-([\w-]{43})'/.exec(policy)?.[1] ?? '';
      expect(policy).to.include("default-src 'none'").and.include("frame-ancestors 'none'");
      expect(policy).not.to.match(/unsafe|https?:|\*/);
      expect(body).to.include(`<script nonce="${nonce}">`).and.include(`<style nonce="${nonce}">`);
      expect(body).not.to.match(/\b(?:src|href|action)=|@import|url\(/);
      return nonce;
    });
    expect(new Set(nonces).size).to.equal(2);
  });

  it('tells a second answer that it comes too late, until it is closed', async () => {
    const listener = await listen();
    await visit(granting());
    await listener.answer;
    const { status, body } = await visit(`${callback.url}?code=other&state=${state}`);
    expect(status).to.equal(410);
    expect(body).to.include('Too late');
    listener.close();
    expect(await failure(visit(granting()))).to.have.property('code', 'ECONNREFUSED');
  });

  it('takes one of two answers that come at once', async () => {
    const listener = await listen();
    const both = await Promise.all(['one', 'two'].map((code) => visit(`${callback.url}?code=${code}&state=${state}`)));
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 410]);
    expect(await listener.answer).to.have.property('granted');
  });

  it('listens on both loopback addresses that localhost may stand for, and on no other', async () => {
    await listen();
    expect((await visit(callback.url, { address: '::1' })).status).to.equal(400);
    const others = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter(({ internal }) => !internal));
    if (others.length === 0) console.log('      not looked at: this machine has no other address');
    for (const { address, family, scopeid } of others) {
      if (family === 'IPv6' && scopeid !== 0) continue; // needs the name of the interface, too
      expect(await failure(visit(callback.url, { address })), address).to.have.property('code', 'ECONNREFUSED');
    }
  });

  const notCounted: Array<[string, string, Parameters<typeof visit>[1], number]> = [
    ['another path', '/favicon.ico', {}, 404],
    ['a path that begins alike', '/OauthRedirectX', {}, 404],
    ['an address with a scheme in it', '', { headers: { host: 'evil.example' } }, 400],
    ['the name that a hostile web page gives to this machine', '', { headers: { host: 'evil.example:1717' } }, 400],
    ['the right name with another port', '', { headers: { host: 'localhost:1' } }, 400],
    ['an image on a web page', '', { headers: { 'sec-fetch-dest': 'image' } }, 400],
    ['a frame on a web page', '', { headers: { 'sec-fetch-dest': 'iframe' } }, 400],
    ['HEAD', '', { method: 'HEAD' }, 405],
    ['POST', '', { method: 'POST', body: `code=x&state=${state}` }, 405],
    ['OPTIONS', '', { method: 'OPTIONS' }, 405],
  ];
  for (const [what, path, wish, wanted] of notCounted) {
    it(`answers ${String(wanted)} to ${what}, and goes on waiting`, async () => {
      const listener = await listen();
      const url = new URL(path === '' ? granting() : `${path}?code=x&state=${state}`, callback.url).href;
      const { status, headers } = await visit(url, wish);
      expect([status, headers['cache-control']]).to.deep.equal([wanted, 'no-store']);
      await takesTheAnswer(listener);
    });
  }

  it('says to a visit by hand that nothing arrived, and goes on waiting', async () => {
    const listener = await listen();
    const { status, body } = await visit(callback.url);
    expect(status).to.equal(400);
    expect(body).to.include('Nothing arrived');
    await takesTheAnswer(listener);
  });

  for (const [what, query, words] of [
    ['missing', 'code=x', 'missing'],
    ['another one', 'code=x&state=guessed', 'another one'],
  ]) {
    it(`ends with CallbackStateWrong when the state is ${what!}, after a page that says so`, async () => {
      const listener = await listen();
      const { status, body } = await visit(`${callback.url}?${query!}`);
      expect(status).to.equal(400);
      expect(body).to.include('Answer not accepted').and.include('does not belong to the command');
      const error = await failure(listener.answer);
      expect(error.name).to.equal('CallbackStateWrong');
      expect(error.message).to.include(callback.url).and.include(`its state is ${words!}`);
      expect(error.actions?.join()).to.include('Run the command again');
      expect((await visit(granting())).status).to.equal(410);
    });
  }

  it('ends with CallbackUnusable when neither code nor error came', async () => {
    const listener = await listen();
    expect((await visit(`${callback.url}?state=${state}`)).body).to.include('Answer not understood');
    expect(await failure(listener.answer)).to.have.property('name', 'CallbackUnusable');
  });

  it('shows the words of the org as text, whatever they hold, and hands them on as they are', async () => {
    const listener = await listen();
    const words = '<script>alert("1")</script> & \'more\'';
    const query = new URLSearchParams({ error: 'access_denied', error_description: words, state }).toString();
    const { status, body } = await visit(`${callback.url}?${query}`);
    expect(status).to.equal(200);
    expect(body).to.include('Access refused');
    expect(body).to.include(
      'access_denied: &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;</pre>'
    );
    expect(await listener.answer).to.deep.equal({ refused: { error: 'access_denied', errorDescription: words } });
  });

  it('ends with CallbackTimedOut when the browser was closed', async () => {
    const error = await failure((await listen('query', { seconds: 0.01 })).answer);
    expect(error.name).to.equal('CallbackTimedOut');
    expect(error.message).to.include(callback.url);
    expect(error.actions?.join('\n')).to.include('redirect_uri_mismatch').and.include('--callback-url');
  });

  for (const address of ['127.0.0.1', '::1']) {
    it(`ends with CallbackPortTaken, which names all three ways to choose it, when somebody has it at ${address}`, async () => {
      const taker = createServer();
      await new Promise<void>((resolve) => taker.listen(callback.port, address, resolve));
      const error = await failure(listen());
      await new Promise((resolve) => taker.close(resolve));
      expect(error.name).to.equal('CallbackPortTaken');
      expect(error.message).to.include(String(callback.port)).and.include(callback.url);
      const actions = error.actions?.join('\n');
      for (const way of ['--callback-url', 'oauthLocalPort in sfdx-project.json', '1717'])
        expect(actions).to.include(way);
      // nothing of ours holds the port
      await listen();
    });
  }

  it('ends with CallbackPortForbidden where the machine lets nobody listen', async () => {
    const error = await failure(listen('query', { at: { ...callback, addresses: ['192.0.2.1'] } }));
    expect(error.name).to.equal('CallbackPortForbidden');
    expect(error.message).to.include('EADDRNOTAVAIL');
  });

  describe('for the user-agent flow', () => {
    const handOverOf = (html: string): string => /"x-hand-over": "([\w-]{43})"/.exec(html)?.[1] ?? '';
    const fragment = `access_token=00D%21x&token_type=Bearer&state=${state}`;
    const handing = (value: string, changes: Record<string, string> = {}, body = fragment): ReturnType<typeof visit> =>
      visit(callback.url, {
        method: 'POST',
        headers: { origin: callback.origin, 'x-hand-over': value, ...changes },
        body,
      });

    it('serves a page that hands the fragment over once, and answers it with the words to show', async () => {
      const listener = await listen('fragment');
      const page = await visit(callback.url);
      expect([page.status, page.body.includes('<noscript>')]).to.deep.equal([200, true]);
      const { status, headers, body } = await handing(handOverOf(page.body));
      expect([status, headers['content-type']]).to.deep.equal([200, 'application/json; charset=utf-8']);
      expect(JSON.parse(body)).to.include({ title: 'Access allowed' });
      expect(await listener.answer).to.deep.equal({ granted: { access_token: '00D!x', token_type: 'Bearer' } });
      expect(JSON.parse((await handing(handOverOf(page.body))).body)).to.include({ title: 'Too late' });
      expect((await visit(callback.url)).body).to.include('Too late');
    });

    const strangers: Array<[string, Record<string, string>]> = [
      ['of another origin', { origin: 'https://evil.example' }],
      ['without an origin', { origin: 'null' }],
      ['without the value of the page', { 'x-hand-over': '' }],
      ['with a guessed value', { 'x-hand-over': 'A'.repeat(43) }],
    ];
    for (const [what, changes] of strangers) {
      it(`refuses a hand-over ${what}, and goes on waiting`, async () => {
        const listener = await listen('fragment');
        const value = handOverOf((await visit(callback.url)).body);
        expect((await handing(value, changes)).status).to.equal(403);
        expect((await handing(value)).status).to.equal(200);
        expect(await listener.answer).to.have.property('granted');
      });
    }

    it('ends with CallbackStateWrong when the fragment has another state', async () => {
      const listener = await listen('fragment');
      const { status, body } = await handing(
        handOverOf((await visit(callback.url)).body),
        {},
        'access_token=x&state=y'
      );
      expect([status, (JSON.parse(body) as { title: string }).title]).to.deep.equal([400, 'Answer not accepted']);
      expect(await failure(listener.answer)).to.have.property('name', 'CallbackStateWrong');
    });

    it('takes an error from the query, and never a token', async () => {
      const listener = await listen('fragment');
      expect((await visit(`${callback.url}?${fragment}`)).body)
        .to.include('Handing over')
        .and.not.include('00D');
      await visit(`${callback.url}?error=access_denied&state=${state}`);
      expect(await listener.answer).to.deep.equal({
        refused: { error: 'access_denied', errorDescription: undefined },
      });
    });

    it('breaks off what is longer than any answer', async () => {
      const listener = await listen('fragment');
      const value = handOverOf((await visit(callback.url)).body);
      expect(await failure(handing(value, {}, 'x'.repeat(200_000))))
        .to.have.property('code')
        .that.matches(/ECONNRESET|EPIPE/);
      await handing(value);
      expect(await listener.answer).to.have.property('granted');
    });
  });
});
