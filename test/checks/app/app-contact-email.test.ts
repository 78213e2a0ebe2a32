import check from '../../../src/checks/app/app-contact-email.ts';
import { describeCheck } from '../describe-check.ts';
import { app, connectedApp } from '../example-facts.ts';

const command = 'sf aquila app create --target-org <admin> --name <app> --contact-email CONTACT_EMAIL';
const malformed = [
  'admin',
  'admin@acme',
  'admin@@acme.com',
  '@acme.com',
  'admin@acme.',
  'ad min@acme.com',
  'a@b.c d@e.f',
];

describeCheck(check, [
  {
    fact: 'passes with an address',
    given: { app: app() },
    status: 'pass',
    detail: 'found      admin@acme.com',
    data: { found: 'admin@acme.com', wanted: 'an e-mail address that somebody reads' },
  },
  {
    fact: 'passes with an address of many parts',
    given: { app: app({ contactEmail: 'log.team+sf@mail.eu.acme.com' }) },
    status: 'pass',
  },
  { fact: 'passes with the address of a connected app', given: { app: connectedApp() }, status: 'pass' },
  {
    fact: 'fails without an address',
    given: { app: app({ contactEmail: undefined }) },
    status: 'fail',
    detail: /found {6}none\n[^]*External Client App Manager > AQUILA > Settings > Basic Information > Contact Email$/,
    fix: command,
  },
  { fact: 'fails with blanks', given: { app: app({ contactEmail: '  ' }) }, status: 'fail', detail: 'found      none' },
  ...malformed.map((contactEmail) => ({
    fact: `fails with "${contactEmail}"`,
    given: { app: app({ contactEmail }) },
    status: 'fail' as const,
    detail: `found      ${contactEmail}\n`,
  })),
  {
    fact: 'fails with a connected app without one, and names the place in Setup',
    given: { app: connectedApp({ contactEmail: '' }) },
    status: 'fail',
    fix: 'Setup > App Manager > Legacy > Edit > Basic Information > Contact Email: enter',
  },
]);
