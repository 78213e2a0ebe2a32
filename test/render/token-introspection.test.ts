import { expect } from 'chai';
import { renderIntrospection, type IntrospectionView } from '../../src/render/token-introspection.ts';
import { possibly, sure } from '../../src/token/explain/row.ts';

const now = new Date('2026-11-22T10:00:00Z');
const seconds = now.getTime() / 1000;
const render = (view: Partial<IntrospectionView>, kind?: 'access' | 'refresh'): string =>
  renderIntrospection({ active: true, source: 'introspection', format: 'opaque', ...view }, kind, { columns: 80, now });

describe('a token, for a reader', () => {
  for (const [distance, text] of [
    [0, '2026-11-22 10:00:00 UTC, in 0 seconds'],
    [119, '2026-11-22 10:01:59 UTC, in 119 seconds'],
    [-90 * 60, '2026-11-22 08:30:00 UTC, 90 minutes ago'],
    [5 * 3600, '2026-11-22 15:00:00 UTC, in 5 hours'],
    [30 * 86_400, '2026-12-22 10:00:00 UTC, in 30 days'],
  ] as const) {
    it(`an end ${distance} seconds from now is "${text}"`, () => {
      expect(render({ exp: seconds + distance })).to.include(`Expires     ${text}`.replace(/ +/, '  '));
    });
  }

  it('an end that no calendar has is shown as the number that it is', () => {
    expect(render({ exp: 1e15 })).to.include('1000000000000000');
  });

  it('shows nbf only where it differs from iat', () => {
    expect(render({ iat: seconds, nbf: seconds })).to.not.include('Not before');
    expect(render({ iat: seconds, nbf: seconds + 60 })).to.include('Not before');
  });

  it('shows scopes as Setup calls them, synonyms once, and a custom scope by its name', () => {
    const text = render({ scope: 'refresh_token offline_access order_status' });
    expect(text.match(/Perform requests at any time/g)).to.have.length(1);
    expect(text).to.include('order_status: a custom scope, or one that is not known here');
  });

  it('shows causes in order, each with its fix, and keeps to 80 columns', () => {
    const text = render({
      ...{ active: false, accepted: true },
      causes: [sure('it expired', 'log in again'), possibly('its user is frozen '.repeat(6), 'unfreeze')],
    });
    expect(text).to.match(/likely {6}it expired\n +fix: Log in again\n {2}possibly/);
    expect(text.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it('calls a refresh token by its name', () => {
    expect(render({}, 'refresh')).to.include('The refresh token is active.');
  });

  it('lets nothing that an org or a token says reach the terminal as it is', () => {
    const evil = '\u001b[2J\u202eevil';
    const text = render({ username: evil, scope: evil, claims: { iss: evil, sub: evil, scope: evil } });
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(text).to.not.match(/[\u001b\u202e]/);
  });
});
