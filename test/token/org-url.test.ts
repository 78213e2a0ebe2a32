import { expect } from 'chai';
import { readOrgUrl } from '../../src/token/org-url.ts';

describe('readOrgUrl', () => {
  const good: Array<[string, 'origin' | 'path', string]> = [
    ['https://acme.my.salesforce.com', 'origin', 'https://acme.my.salesforce.com'],
    ['https://acme.my.salesforce.com/', 'origin', 'https://acme.my.salesforce.com'],
    ['https://acme.my.salesforce.com//', 'path', 'https://acme.my.salesforce.com'],
    ['acme.my.salesforce.com', 'origin', 'https://acme.my.salesforce.com'],
    ['  HTTPS://Acme.My.Salesforce.com/home/home.jsp?x=1#y ', 'origin', 'https://acme.my.salesforce.com'],
    ['https://localhost:8443/', 'origin', 'https://localhost:8443'],
    ['https://acme.my.salesforce.com:443', 'origin', 'https://acme.my.salesforce.com'],
    ['https://site.force.com/customers/', 'path', 'https://site.force.com/customers'],
    ['https://site.force.com/customers?x=1', 'path', 'https://site.force.com/customers'],
  ];
  for (const [text, keep, url] of good) {
    it(`reads ${text.trim()} as ${url}`, () => {
      expect(readOrgUrl(text, keep)).to.deep.equal({ url });
    });
  }

  const bad: Array<[string, string, string]> = [
    ['', 'UrlInvalid', 'https://acme.my.salesforce.com'],
    ['not a url', 'UrlInvalid', 'https://acme.my.salesforce.com'],
    ['https://', 'UrlInvalid', 'https://acme.my.salesforce.com'],
    ['http://acme.my.salesforce.com', 'UrlNotHttps', 'https://acme.my.salesforce.com'],
    ['ftp://acme.my.salesforce.com', 'UrlNotHttps', 'https://acme.my.salesforce.com'],
    ['https://me:pass@acme.my.salesforce.com', 'UrlHasCredentials', 'password'],
    ['https://acme.lightning.force.com/lightning/page/home', 'UrlIsLightning', 'https://acme.my.salesforce.com'],
    ['acme--uat.sandbox.lightning.force.com', 'UrlIsLightning', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['https://acme.develop.lightning.force.com', 'UrlIsLightning', 'https://acme.develop.my.salesforce.com'],
    ['https://acme.lightning.crmforce.mil', 'UrlIsLightning', 'https://acme.my.salesforce.mil'],
    ['https://acme.my.salesforce-setup.com/lightning/setup', 'UrlIsSetup', 'https://acme.my.salesforce.com'],
  ];
  for (const [text, code, action] of bad) {
    it(`refuses "${text}" as ${code} and says what to use`, () => {
      const reading = readOrgUrl(text, 'origin');
      if (!('problem' in reading)) throw new Error('no problem');
      expect(reading.problem.code).to.equal(code);
      expect(reading.problem.actions.join('\n')).to.include(action);
    });
  }

  it('never repeats a password that stands in the address', () => {
    expect(JSON.stringify(readOrgUrl('https://me:hunter2@acme.my.salesforce.com', 'origin'))).not.to.include('hunter2');
  });
});
