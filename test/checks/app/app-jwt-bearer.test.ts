import { expect } from 'chai';
import check from '../../../src/checks/app/app-jwt-bearer.ts';
import { runChecks, type Readers } from '../../../src/checks/run.ts';
import { problem } from '../../../src/errors.ts';
import { describeCheck, proven } from '../describe-check.ts';
import { app, appOauth, connectedApp, given, sought } from '../example-facts.ts';

const login = 'find out by a login: sf aquila login --username <username> --client-id <client-id>';

describeCheck(check, [
  {
    fact: 'passes with a certificate',
    given: { app: app(), appOauth: appOauth() },
    status: 'pass',
    detail: 'found      a certificate',
  },
  {
    fact: 'passes with a connected app that has one',
    given: { app: connectedApp(), appOauth: appOauth() },
    status: 'pass',
    detail: 'in Setup   App Manager > Legacy > Edit > API (Enable OAuth Settings) > Use digital signatures',
  },
  {
    fact: 'is unknown without one, since the org may not return it, and names the login that tells',
    given: { app: app(), appOauth: appOauth({ certificate: undefined }) },
    status: 'unknown',
    detail: /^found {6}no certificate\n[^]*may hold one all the same/,
    fix: login,
  },
  {
    fact: 'is unknown with an empty element, and names the command that uploads one',
    given: { app: app(), appOauth: appOauth({ certificate: '\n' }) },
    status: 'unknown',
    fix: 'if it is refused: sf aquila app create --target-org <admin> --name <app> --certificate-file <certificate>',
  },
  {
    fact: 'is unknown with a connected app without one, and names the place in Setup',
    given: { app: connectedApp(), appOauth: appOauth({ certificate: undefined }) },
    status: 'unknown',
    fix: 'if it is refused: Setup > App Manager > Legacy > Edit > API (Enable OAuth Settings) > Use digital signatures: select it',
  },
  {
    fact: 'passes without one beside a login that was accepted, which proves it',
    given: { app: app(), appOauth: { ...appOauth({ certificate: undefined }), login: 'accepted' } },
    status: 'pass',
    detail: 'Salesforce accepted a login, so it holds one.',
  },
  {
    fact: 'leaves a missing one to login-accepted beside a login that was refused',
    given: { app: app(), appOauth: { ...appOauth({ certificate: undefined }), login: 'refused' } },
    status: 'skip',
    blockedBy: 'login-accepted',
  },
]);

describe('app-jwt-bearer without the settings', () => {
  proven.get(check.id)?.add('fail');

  it('app-jwt-bearer fails with the words of the failed retrieve', async () => {
    const failed = problem('CheckUnknown', ['AQILA'], ['Look again.']);
    const readers = { app: async () => ({ value: app() }), appOauth: async () => ({ failed }) } as unknown as Readers;
    const selection = { run: [check], deselected: [], forbidden: [] };
    const [finding] = await runChecks(selection, { ...given(), sought: sought() }, readers, [check]);
    expect(finding).to.include({ status: 'fail', detail: failed.message, fix: failed.actions.join('\n') });
  });
});
