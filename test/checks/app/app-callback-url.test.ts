import check from '../../../src/checks/app/app-callback-url.ts';
import { describeCheck } from '../describe-check.ts';
import { app, appOauth, callbackUrl, connectedApp, sought } from '../example-facts.ts';

const other = 'https://acme.com/callback';
const given = (callbackUrls: string[], kind = app(), wanted = callbackUrl) => ({
  app: kind,
  appOauth: appOauth({ callbackUrls }),
  sought: sought({ callbackUrl: wanted }),
});

describeCheck(check, [
  {
    fact: 'passes with the URL',
    given: given([callbackUrl]),
    status: 'pass',
    data: { found: callbackUrl, wanted: callbackUrl },
  },
  {
    fact: 'passes with the URL among others, with blanks around it',
    given: given([other, ` ${callbackUrl}\r`]),
    status: 'pass',
    detail: `found      ${other}, ${callbackUrl}\n`,
  },
  { fact: 'passes with a connected app', given: given([callbackUrl], connectedApp()), status: 'pass' },
  {
    fact: 'fails with other URLs only, and names them all',
    given: given([other, `${callbackUrl}/`]),
    status: 'fail',
    detail: `found      ${other}, ${callbackUrl}/\nwanted     ${callbackUrl}\nin Setup   External Client App Manager > AQUILA > Settings > OAuth`,
    fix: `sf aquila app create --target-org <admin> --name <app> --callback-url ${callbackUrl}`,
  },
  {
    fact: 'fails with the URL in other letters, which Salesforce compares as they are',
    given: given([callbackUrl.toLowerCase()]),
    status: 'fail',
  },
  { fact: 'fails without any', given: given([' ']), status: 'fail', detail: 'found      none' },
  {
    fact: 'fails when the project wants another port',
    given: given([callbackUrl], app(), 'http://localhost:1919/OauthRedirect'),
    status: 'fail',
    fix: '--callback-url http://localhost:1919/OauthRedirect',
  },
  {
    fact: 'fails with a connected app, and says which line to add where',
    given: given([other], connectedApp()),
    status: 'fail',
    fix: `Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Callback URL: add the line ${callbackUrl}`,
  },
]);
