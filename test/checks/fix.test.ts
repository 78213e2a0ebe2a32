import { expect } from 'chai';
import { fillFix } from '../../src/checks/fix.ts';
import { login } from './example-facts.ts';

const command =
  'sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>';

describe('checks: fixes', () => {
  it('everything that the login knows is filled in', () => {
    expect(fillFix(`${command} --alias <org> # <audience> <key-folder>`, { login: login() })).to.equal(
      'sf aquila login --username integration@acme.com --client-id 3MVG9example --jwt-key-file /home/you/aquila/server.key ' +
        '--instance-url https://acme.my.salesforce.com --alias aquila # https://acme.my.salesforce.com /home/you/aquila'
    );
  });

  it('what it does not know is a word that nobody takes for a value', () => {
    const bare = { username: 'integration@acme.com' };
    expect(fillFix(`${command} --alias <org> # <audience> <key-folder>`, { login: bare })).to.equal(
      'sf aquila login --username integration@acme.com --client-id CLIENT_ID --jwt-key-file server.key ' +
        '--instance-url https://MY_DOMAIN.my.salesforce.com --alias integration@acme.com # https://MY_DOMAIN.my.salesforce.com .'
    );
  });

  it('a value with blanks is quoted, so that the command can be pasted', () => {
    expect(
      fillFix('chmod 600 <key>', { login: login({ keyPath: String.raw`C:\Program Files\aquila\server.key` }) })
    ).to.equal(String.raw`chmod 600 "C:\Program Files\aquila\server.key"`);
  });

  it('other words in angle brackets stay', () => {
    expect(fillFix('<nothing> <org>', { login: login() })).to.equal('<nothing> aquila');
  });
});
