import { defineCheck, fail, pass } from '../define.ts';

export default defineCheck({
  id: 'login-username',
  title: 'token belongs to the user of this login',
  why: 'The collector reads what this user may read, so the token must be the one of the username that is handed over.',
  fix: 'see that the address belongs to the org, then log in again: sf aquila login --username <username> --client-id <client-id> --jwt-key-file <key> --instance-url <instance-url>',
  needs: ['identity', 'login'],
  reads: 'identity',
  judge: ({ identity, login }) => {
    const data = { username: identity.username, storedUsername: login.username };
    // Salesforce compares usernames without regard to case.
    return identity.username.toLowerCase() === login.username.toLowerCase()
      ? pass(identity.username, { data })
      : fail(`Salesforce gave the token of ${identity.username}, but ${login.username} was asked for`, { data });
  },
});
