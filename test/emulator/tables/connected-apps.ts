import type { App, OrgState } from '../state.ts';
import type { Table } from '../tables.ts';

/** Connected apps alone (docs/reference/external-client-apps.md §10.4). */
const connectedApplication: Table = {
  keyPrefix: '0H4',
  columns: {
    Id: 'id',
    Name: 'string',
    DeveloperName: 'string',
    ContactEmail: 'string',
    OptionsAllowAdminApprovedUsersOnly: 'boolean',
    OptionsRefreshTokenValidityMetric: 'boolean',
    OptionsHasSessionLevelPolicy: 'boolean',
    RefreshTokenValidityPeriod: 'int',
    SessionTimeout: 'string',
    SessionPolicyAction: 'string',
    ExecutionUserId: 'id',
    NamedUserUvidTimeout: 'string',
    UvidTimeout: 'string',
    StartUrl: 'string',
  },
  permission: 'viewSetup',
  rows: (org) =>
    org.apps
      .filter(({ kind }) => kind === 'connected-app')
      .map((app) => ({
        Id: app.id,
        Name: app.name,
        DeveloperName: app.developerName,
        ContactEmail: app.contactEmail || null,
        OptionsAllowAdminApprovedUsersOnly: app.permittedUsers === 'admin-approved',
        OptionsRefreshTokenValidityMetric: app.refreshToken.policy === 'SpecificInactivity',
        OptionsHasSessionLevelPolicy: false,
        RefreshTokenValidityPeriod: app.refreshToken.period ?? null,
        SessionTimeout: app.sessionTimeoutInMinutes === undefined ? null : String(app.sessionTimeoutInMinutes),
        SessionPolicyAction: null,
        ExecutionUserId: org.user(app.flows.clientCredentialsUser ?? '')?.id ?? null,
        NamedUserUvidTimeout: null,
        UvidTimeout: null,
        StartUrl: null,
      })),
};

const menuItemId = (org: OrgState, app: App): string => org.idOf('0DS', app.id);

const appMenuItem: Table = {
  keyPrefix: '0DS',
  columns: { Id: 'id', Name: 'string', Label: 'string', ApplicationId: 'id', IsUsingAdminAuthorization: 'boolean' },
  rows: (org) =>
    [...org.apps, org.cli].map((app) => ({
      Id: menuItemId(org, app),
      Name: app.developerName,
      Label: app.name,
      ApplicationId: app.id,
      IsUsingAdminAuthorization: app.permittedUsers === 'admin-approved',
    })),
};

/**
 * The tokens that still serve, of apps of either kind (docs/reference/external-client-apps.md §10.4). With Customize Application
 * everybody's, without it one's own (Object Reference, OauthToken).
 */
const oauthToken: Table = {
  keyPrefix: '0CQ',
  columns: {
    Id: 'id',
    AppName: 'string',
    AppMenuItemId: 'id',
    UserId: 'id',
    LastUsedDate: 'datetime',
    UseCount: 'int',
  },
  relations: {
    AppMenuItem: { object: 'AppMenuItem', by: 'AppMenuItemId' },
    User: { object: 'User', by: 'UserId' },
  },
  rows: (org, { user }) =>
    org.tokens
      .filter((token) => !token.expired && !token.revoked)
      .filter((token) => user.permissions.modifyMetadata || token.user.id === user.id)
      .map((token) => ({
        Id: org.idOf('0CQ', token.value),
        AppName: token.app.name,
        AppMenuItemId: menuItemId(org, token.app),
        UserId: token.user.id,
        LastUsedDate: new Date(token.issuedAt).toISOString().replace('Z', '+0000'),
        UseCount: 1,
      })),
};

/** Connected apps, and what shows the use of apps of both kinds. */
export const connectedAppTables: Readonly<Record<string, Table>> = {
  ConnectedApplication: connectedApplication,
  AppMenuItem: appMenuItem,
  OauthToken: oauthToken,
};
