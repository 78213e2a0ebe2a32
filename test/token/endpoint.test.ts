import { expect } from 'chai';
import { decideEndpoint, tokenUrl, type EndpointWish } from '../../src/token/endpoint.ts';

const acme = 'https://acme.my.salesforce.com';
const login = 'https://login.salesforce.com';

describe('decideEndpoint', () => {
  const cases: Array<[string, EndpointWish, { host: string; audience: string }]> = [
    ['an instance URL alone is host and audience', { instanceUrl: `${acme}/` }, { host: acme, audience: acme }],
    [
      'a path behind the instance URL is dropped',
      { instanceUrl: `${acme}/setup/home` },
      { host: acme, audience: acme },
    ],
    ['an audience alone is host and audience', { audience: login }, { host: login, audience: login }],
    [
      'the path of an audience alone is part of both',
      { audience: 'https://acme.my.site.com/partners/' },
      { host: 'https://acme.my.site.com/partners', audience: 'https://acme.my.site.com/partners' },
    ],
    [
      'with both, the POST goes to the instance URL',
      { instanceUrl: acme, audience: login },
      { host: acme, audience: login },
    ],
    [
      'with neither, the stored instance URL is both',
      { storedInstanceUrl: `${acme}/` },
      { host: acme, audience: acme },
    ],
    [
      'a stored instance URL does not change an audience that was named',
      { audience: login, storedInstanceUrl: acme },
      { host: login, audience: login },
    ],
    [
      'an instance URL wins over the stored one',
      { instanceUrl: login, storedInstanceUrl: acme },
      { host: login, audience: login },
    ],
  ];
  for (const [fact, wish, endpoint] of cases) {
    it(fact, () => {
      expect(decideEndpoint(wish)).to.deep.equal({ endpoint });
    });
  }

  it('asks for the My Domain when nothing names a host, and never guesses login.salesforce.com', () => {
    const decided = decideEndpoint({});
    if (!('problem' in decided)) throw new Error('no problem');
    expect(decided.problem.code).to.equal('InstanceUrlMissing');
    expect(decided.problem.actions.join()).to.include('--instance-url').and.to.include('My Domain');
  });

  it('refuses a bad audience beside a good instance URL', () => {
    expect(decideEndpoint({ instanceUrl: acme, audience: 'http://x.example' })).to.have.nested.property(
      'problem.code',
      'UrlNotHttps'
    );
  });

  it('joins the endpoint as the collector joins it', () => {
    expect(tokenUrl(acme)).to.equal('https://acme.my.salesforce.com/services/oauth2/token');
  });
});
