/** Columns of docs/reference/external-client-apps.md §10, for external client apps (the WHERE is the reader's) and connected apps. */
export const appQueries = {
  external: 'SELECT Id, DeveloperName, MasterLabel, ContactEmail, Description FROM ExternalClientApplication',
  connected: 'SELECT Id, Name, DeveloperName, ContactEmail FROM ConnectedApplication',
  state: 'SELECT IsEnabled, OauthPluginStatus FROM ExtlClntAppPlcyCnfg',
  scopes:
    'SELECT OauthScopesAPI, OauthScopesWEB, OauthScopesFULL, OauthScopesREFRESH_TOKEN, OauthScopesOFFLINE_ACCESS FROM ExtlClntAppOauthSettings',
  policy:
    'SELECT PermittedUsersPolicyType, RefreshTokenPolicyType, RefreshTokenValidityPeriod, RefreshTokenValidityUnit, SessionTimeoutInMinutes, ' +
    'NamedUserJwtSessionTimeoutType, NamedUserJwtTimeout, IsClientCredentialsFlowEnabled, ClientCredentialsFlowUser, IpRelaxationPolicyType FROM ExtlClntAppOauthPlcyCnfg',
  connectedPolicy:
    'SELECT Id, OptionsAllowAdminApprovedUsersOnly, OptionsRefreshTokenValidityMetric, RefreshTokenValidityPeriod, SessionTimeout FROM ConnectedApplication',
} as const;
