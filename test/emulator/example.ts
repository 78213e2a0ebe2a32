import { loginLog } from './event-data.ts';
import type { EmulatorOptions } from './index.ts';

/** Names of the example org, for tests that need them. */
export const example = {
  admin: 'admin@acme.com',
  username: 'integration@acme.com',
  permissionSet: 'AQUILA',
  /** Consumer key of the app AQUILA: 85 characters, as Salesforce makes them. */
  clientId: '3MVG9loopbackAcme.AQUILA_000000000000000000000000000000000000000000000000000000000000',
} as const;

/**
 * The org of a reader of the guide: an admin, an integration user with the permission set AQUILA, and the external client app AQUILA,
 * admin-approved through that permission set.
 *
 * @param certificatePem what was uploaded to the app; left out, nothing was
 */
export function exampleOrg(certificatePem?: string): Partial<EmulatorOptions> {
  return {
    users: [
      {
        username: example.admin,
        firstName: 'Ada',
        lastName: 'Admin',
        profile: 'System Administrator',
        permissions: {
          apiEnabled: true,
          viewEventLogFiles: true,
          viewRealTimeEventMonitoring: true,
          viewSetup: true,
          manageUsers: true,
          viewAllData: true,
          modifyAllData: true,
          modifyMetadata: true,
          externalClientAppDeveloper: true,
          externalClientAppAdmin: true,
          externalClientAppViewer: true,
          assignPermissionSets: true,
          manageAuthProviders: true,
        },
      },
      {
        username: example.username,
        firstName: 'AQUILA',
        lastName: 'Integration',
        email: 'soc@acme.com',
        profile: 'Standard User - Log Integration',
        permissionSets: [example.permissionSet],
        permissions: { apiEnabled: true, apiOnly: true, viewEventLogFiles: true, viewRealTimeEventMonitoring: true },
      },
    ],
    apps: [
      {
        clientId: example.clientId,
        name: 'AQUILA',
        kind: 'external-client-app',
        certificate: certificatePem,
        scopes: ['api', 'web', 'refresh_token'],
        permittedUsers: 'admin-approved',
        permissionSets: [example.permissionSet],
      },
    ],
    ...exampleData(),
  };
}

/** What a collector finds: Login and Logout of an hour this morning and of yesterday, a login and a logout, two changes in Setup. */
function exampleData(): Pick<EmulatorOptions, 'eventLogFiles' | 'loginEvents' | 'logoutEvents' | 'setupAuditTrail'> {
  const now = Date.now();
  const hour = 3_600_000;
  const ada = { username: example.admin, sourceIp: '203.0.113.7' };
  const content = loginLog(2, { username: example.admin, userId: '0055g0000000001AAA', at: now - 5 * hour });
  return {
    eventLogFiles: (['Hourly', 'Daily'] as const).flatMap((interval) => [
      { eventType: 'Login', interval, content },
      { eventType: 'Logout', interval },
    ]),
    loginEvents: [
      {
        ...{ ...ada, at: now - 3 * hour, identifier: '00044326-ed4a-421a-a0a8-e62ea626f3af' },
        ...{ application: 'Browser', loginType: 'Application', status: 'Success' },
      },
    ],
    logoutEvents: [{ ...ada, at: now - 2 * hour, identifier: '0a4779b0-0da1-4619-a373-0a36991dff90' }],
    setupAuditTrail: [
      {
        ...{ at: now - 26 * hour, username: example.admin, action: 'PermSetCreate', section: 'Manage Users' },
        display: 'Created permission set AQUILA: with no license',
      },
      {
        ...{ at: now - 25 * hour, username: example.admin, action: 'PermSetAssign', section: 'Manage Users' },
        display: `Permission set AQUILA: assigned to user AQUILA Integration (UserID: [${example.username}])`,
      },
    ],
  };
}
