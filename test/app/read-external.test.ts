import { expect } from 'chai';
import type { Fields, Part, PartType } from '../../src/app/component.ts';
import {
  externalHeader,
  externalOauth,
  externalPolicy,
  externalPolicyOfPart,
  externalScopes,
  externalScopesOfPart,
  externalState,
  externalStateOfPart,
} from '../../src/app/read-external.ts';
import { appFlows } from '../checks/example-facts.ts';

const part = (type: PartType, fields: Fields): Part => ({ type, fullName: 'A', fields });
const guidePolicy = {
  permittedUsers: 'admin-approved',
  refreshToken: { policy: 'specific-lifetime', period: 365, unit: 'days' },
  sessionTimeout: 5,
  jwtTimeout: undefined,
  clientCredentialsUser: undefined,
  clientCredentials: false,
  ipRelaxation: 'enforce',
};
const row = {
  PermittedUsersPolicyType: 'AdminApprovedPreAuthorized',
  RefreshTokenPolicyType: 'SpecificLifetime',
  RefreshTokenValidityPeriod: 365,
  RefreshTokenValidityUnit: 'Days',
  SessionTimeoutInMinutes: 5,
  IsClientCredentialsFlowEnabled: false,
  ClientCredentialsFlowUser: null,
  IpRelaxationPolicyType: 'Enforce',
};

describe('app: what an org says of an external client app', () => {
  it('header: id, names, e-mail, and whether we made it', () => {
    const header = { Id: '0xI1', DeveloperName: 'A_B', MasterLabel: 'A B', ContactEmail: 'a@b.co', Description: null };
    expect(externalHeader(header)).to.deep.equal({
      kind: 'external-client-app',
      id: '0xI1',
      developerName: 'A_B',
      label: 'A B',
      contactEmail: 'a@b.co',
      marked: false,
    });
    expect(externalHeader({ ...header, ContactEmail: null, Description: 'x, managed by sf aquila' })).to.deep.include({
      contactEmail: undefined,
      marked: true,
    });
    expect(externalHeader({ DeveloperName: 'A_B' })).to.be.undefined;
  });

  const states: Array<[row: Record<string, unknown>, state: object | undefined]> = [
    [
      { IsEnabled: true, OauthPluginStatus: 'Enabled' },
      { enabled: true, oauth: true },
    ],
    [
      { IsEnabled: false, OauthPluginStatus: 'Disabled' },
      { enabled: false, oauth: false },
    ],
    [
      { IsEnabled: true, OauthPluginStatus: 'Notinstalled' },
      { enabled: true, oauth: false },
    ],
    [{ OauthPluginStatus: 'Enabled' }, undefined],
  ];
  for (const [given, state] of states) {
    it(`state: ${JSON.stringify(given)}`, () => expect(externalState(given)).to.deep.equal(state));
  }
  it('state of the metadata', () =>
    expect(
      externalStateOfPart(part('ExtlClntAppConfigurablePolicies', { isEnabled: 'true', isOauthPluginEnabled: 'false' }))
    ).to.deep.equal({ enabled: true, oauth: false }));

  it('scopes: one column each, or none shown', () => {
    const columns = { OauthScopesAPI: true, OauthScopesWEB: false, OauthScopesREFRESH_TOKEN: true };
    expect(externalScopes(columns)).to.deep.equal({ scopes: ['api', 'refresh_token'] });
    expect(externalScopes({ DeveloperName: 'A' })).to.be.undefined;
    expect(
      externalScopesOfPart(part('ExtlClntAppOauthSettings', { commaSeparatedOauthScopes: 'Api,Web,  RefreshToken' }))
    ).to.deep.equal({ scopes: ['api', 'web', 'refresh_token'] });
  });

  const policies: Array<[what: string, more: Record<string, unknown>, policy: object | undefined]> = [
    ['as the guide has it', {}, guidePolicy],
    ['the unit as a number', { RefreshTokenValidityUnit: 0 }, guidePolicy],
    ['the unit as a digit', { RefreshTokenValidityUnit: '0' }, guidePolicy],
    [
      'hours as a number',
      { RefreshTokenValidityUnit: '1' },
      { ...guidePolicy, refreshToken: { policy: 'specific-lifetime', period: 365, unit: 'hours' } },
    ],
    [
      'months in another case',
      { RefreshTokenValidityUnit: 2, RefreshTokenPolicyType: 'Specific_lifetime', RefreshTokenValidityPeriod: '12' },
      { ...guidePolicy, refreshToken: { policy: 'specific-lifetime', period: 12, unit: 'months' } },
    ],
    [
      'without an end, whatever stands beside it',
      { RefreshTokenPolicyType: 'infinite' },
      { ...guidePolicy, refreshToken: { policy: 'infinite', period: undefined, unit: undefined } },
    ],
    [
      'inactivity',
      { RefreshTokenPolicyType: 'SpecificInactivity' },
      { ...guidePolicy, refreshToken: { policy: 'specific-inactivity', period: 365, unit: 'days' } },
    ],
    [
      'all users',
      { PermittedUsersPolicyType: 'AllSelfAuthorized' },
      { ...guidePolicy, permittedUsers: 'self-authorize' },
    ],
    ['no timeout', { SessionTimeoutInMinutes: null }, { ...guidePolicy, sessionTimeout: undefined }],
    ['a timeout of 0', { SessionTimeoutInMinutes: 0 }, { ...guidePolicy, sessionTimeout: undefined }],
    [
      'a timeout of JWT tokens',
      { NamedUserJwtSessionTimeoutType: 'Custom', NamedUserJwtTimeout: 5 },
      { ...guidePolicy, jwtTimeout: 5 },
    ],
    [
      'a timeout of JWT tokens that does not govern',
      { NamedUserJwtSessionTimeoutType: 'UserSession', NamedUserJwtTimeout: 5 },
      guidePolicy,
    ],
    [
      'client credentials with their user',
      { IsClientCredentialsFlowEnabled: true, ClientCredentialsFlowUser: 'a@b.co' },
      { ...guidePolicy, clientCredentials: true, clientCredentialsUser: 'a@b.co' },
    ],
    [
      'refreshed from anywhere, as the query folds it',
      { IpRelaxationPolicyType: 'Enforce_relaxrefresh' },
      { ...guidePolicy, ipRelaxation: 'relax-refresh' },
    ],
    [
      'another factor in place of a range',
      { IpRelaxationPolicyType: 'Bypass_2factor' },
      { ...guidePolicy, ipRelaxation: 'second-factor' },
    ],
    ['ranges that are not shown', { IpRelaxationPolicyType: null }, { ...guidePolicy, ipRelaxation: undefined }],
    ['a value that nobody has documented', { PermittedUsersPolicyType: 'Nobody' }, undefined],
    ['a column that is not shown', { RefreshTokenPolicyType: undefined }, undefined],
  ];
  for (const [what, more, policy] of policies) {
    it(`policy: ${what}`, () => expect(externalPolicy({ ...row, ...more })).to.deep.equal(policy));
  }

  it('policy of the metadata, in the same words', () =>
    expect(
      externalPolicyOfPart(
        part('ExtlClntAppOauthConfigurablePolicies', {
          permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
          refreshTokenPolicyType: 'SpecificLifetime',
          refreshTokenValidityPeriod: '365',
          refreshTokenValidityUnit: 'Days',
          sessionTimeoutInMinutes: '5',
          ipRelaxationPolicyType: 'Enforce',
        })
      )
    ).to.deep.equal(guidePolicy));

  it('OAuth settings, each element where it belongs', () => {
    const fields = {
      callbackUrl: 'http://localhost:1717/OauthRedirect\nhttps://acme.com/b',
      certificate: 'MIID',
      consumerKey: '3MVG9',
      isClientCredentialsFlowEnabled: 'true',
      isNamedUserJwtEnabled: 'true',
      isEnforceRefreshTokenTTL: 'true',
      ...{ isPkceRequired: 'false', isConsumerSecretOptional: 'true', isSecretRequiredForRefreshToken: 'false' },
      ...{ isRefreshTokenRotationEnabled: 'true', isTokenExchangeEnabled: 'true', isCodeCredFlowEnabled: 'true' },
      ...{ isIntrospectAllTokens: 'true', isDeviceFlowEnabled: 'true' },
    };
    const oauth = {
      clientId: '3MVG9',
      callbackUrls: ['http://localhost:1717/OauthRedirect', 'https://acme.com/b'],
      certificate: 'MIID',
      clientCredentials: true,
      jwtAccessTokens: true,
      refreshTokenIdleLimit: true,
      flows: {
        pkceRequired: false,
        secretOptional: true,
        secretForRefresh: false,
        refreshTokenRotation: true,
        device: true,
        tokenExchange: true,
        codeCredentials: true,
        introspectAllTokens: true,
      },
    };
    expect(externalOauth(part('ExtlClntAppGlobalOauthSettings', fields))).to.deep.equal(oauth);
    expect(externalOauth(part('ExtlClntAppGlobalOauthSettings', {}))).to.deep.equal({
      clientId: undefined,
      callbackUrls: [],
      certificate: undefined,
      clientCredentials: false,
      jwtAccessTokens: false,
      refreshTokenIdleLimit: false,
      // what Salesforce sets by itself
      flows: appFlows(),
    });
  });
});
