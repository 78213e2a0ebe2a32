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
          viewAllData: true,
          modifyAllData: true,
          modifyMetadata: true,
          externalClientAppDeveloper: true,
          externalClientAppAdmin: true,
          externalClientAppViewer: true,
          assignPermissionSets: true,
        },
      },
      {
        username: example.username,
        firstName: 'AQUILA',
        lastName: 'Integration',
        email: 'soc@acme.com',
        profile: 'Standard User - Log Integration',
        permissionSets: [example.permissionSet],
        permissions: { apiEnabled: true, viewEventLogFiles: true, viewRealTimeEventMonitoring: true },
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
  };
}
