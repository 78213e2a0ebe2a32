import { describeAppFaults, type AppFault } from './app-setting.ts';

const wanted = 'http://localhost:1717/OauthRedirect';
const comesBackTo = (urls: string[], found: string): AppFault => ({
  spoil: (app) => void (app.callbackUrls = urls),
  speaks: { 'app-callback-url': 'fail' },
  found,
  wanted,
  fix: ` --callback-url ${wanted}`,
  inSetup: `Edit > API (Enable OAuth Settings) > Callback URL: add the line ${wanted}`,
  leaves: { callbackUrls: [...urls, wanted] },
});

describeAppFaults('callback URL', {
  'no URL': comesBackTo([], 'none'),
  'other URLs, which stay': comesBackTo(
    ['https://acme.com/oauth', 'http://localhost:1718/OauthRedirect'],
    'https://acme.com/oauth, http://localhost:1718/OauthRedirect'
  ),
});
