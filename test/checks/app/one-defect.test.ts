import { expect } from 'chai';
import { appChecks } from '../../../src/checks/doors.ts';
import type { AppRead } from '../../../src/checks/facts.ts';
import { runChecks, type Finding, type Readers } from '../../../src/checks/run.ts';
import {
  app,
  appOauth,
  appPolicy,
  appScopes,
  appState,
  connectedApp,
  now,
  preauthorisation,
  sought,
} from '../example-facts.ts';

const username = 'integration@acme.com';
const ready: AppRead = {
  app: app(),
  appState: appState(),
  appScopes: appScopes(),
  appPolicy: appPolicy(),
  appOauth: appOauth(),
  preauthorisation: preauthorisation(),
};

/** What `app check` finds of an app that is ready but for these facts. */
async function findings(facts: Partial<AppRead>): Promise<Finding[]> {
  const values = Object.entries({ ...ready, ...facts });
  const readers = Object.fromEntries(
    values.map(([name, value]) => [name, async () => ({ value })])
  ) as unknown as Readers;
  const known = { now, warnDays: 60, posix: true, sought: sought({ username, clientId: '3MVG9example' }) };
  return runChecks({ run: appChecks, deselected: [], forbidden: [] }, known, readers, appChecks);
}

const speaks = (found: readonly Finding[]): string[] =>
  found.filter(({ status }) => status !== 'pass' && status !== 'skip').map(({ id, status }) => `${id}: ${status}`);

const refreshToken = { policy: 'specific-lifetime', period: 30, unit: 'days' } as const;
const defects: Array<[says: string, facts: Partial<AppRead>]> = [
  ['app-enabled: fail', { appState: appState({ oauth: false }) }],
  ['app-callback-url: fail', { appOauth: appOauth({ callbackUrls: ['https://acme.com'] }) }],
  ['app-scopes: fail', { appScopes: appScopes('api', 'web') }],
  ['app-jwt-bearer: unknown', { appOauth: appOauth({ certificate: undefined }) }],
  ['app-certificate: fail', { appOauth: appOauth({ certificate: 'SelfSignedCert_01' }) }],
  ['app-client-credentials: fail', { appOauth: appOauth({ clientCredentials: false }) }],
  ['app-permitted-users: fail', { appPolicy: appPolicy({ permittedUsers: 'self-authorize' }) }],
  ['app-refresh-token: fail', { appPolicy: appPolicy({ refreshToken }) }],
  ['app-session-timeout: warn', { appPolicy: appPolicy({ sessionTimeout: 120 }) }],
  ['app-refresh-token: warn', { appOauth: appOauth({ refreshTokenIdleLimit: true }) }],
  ['user-preauthorized: fail', { preauthorisation: preauthorisation({ grantees: [], user: undefined }) }],
];

for (const [header, itself, mended] of [
  [app(), [], 'sf aquila app create --target-org admin --name AQUILA'],
  [connectedApp(), ['app-kind: warn'], 'Setup > App Manager > Legacy > '],
] as const) {
  describe(`checks: one defect of an app that is an ${header.kind.replaceAll('-', ' ')}`, () => {
    it('without a defect everything passes but what the kind itself says', async () => {
      expect(speaks(await findings({ app: header }))).to.deep.equal(itself);
    });

    for (const [says, facts] of [
      ...defects,
      ['app-contact-email: fail', { app: { ...header, contactEmail: '' } }],
    ] as const) {
      it(`nothing more than ${says}, with all names in its fix`, async () => {
        const found = await findings({ app: header, ...facts });
        const [spoken, ...others] = speaks(found).filter((line) => !itself.some((own) => own === line));
        expect([spoken, others]).to.deep.equal([says, []]);
        const fix = found.find(({ id }) => says.startsWith(`${id}:`))?.fix;
        expect(fix).to.include(mended);
        expect(fix).not.to.match(/<[a-z-]+>/);
      });
    }

    it('every finding says what was found and where in Setup it is', async () => {
      for (const { detail } of await findings({ app: header })) {
        expect(detail).to.match(/^found {6}\S/);
        expect(detail).to.match(/\nin Setup {3}(?:External Client App Manager > AQUILA|App Manager > Legacy)/);
      }
    });

    it('no finding holds the client id', async () => {
      const found = (await findings({ app: header })).map(({ detail, data }) => ({ detail, data }));
      expect(JSON.stringify(found)).not.to.include('3MVG9');
    });
  });
}
