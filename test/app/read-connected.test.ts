import { expect } from 'chai';
import {
  connectedHeader,
  connectedOauth,
  connectedPolicy,
  connectedScopes,
  connectedState,
} from '../../src/app/read-connected.ts';

const fields = {
  oauthConfig: {
    callbackUrl: 'https://acme.com/callback',
    certificate: 'MIID',
    consumerKey: '3MVG9',
    isAdminApproved: 'true',
    isClientCredentialEnabled: 'true',
    oauthClientCredentialUser: 'a@b.co',
    scopes: ['Api', 'Web', 'RefreshToken'],
  },
  oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'specific_lifetime:365:DAYS' },
  sessionPolicy: { sessionTimeout: '5' },
};
const row = {
  OptionsAllowAdminApprovedUsersOnly: true,
  OptionsRefreshTokenValidityMetric: false,
  RefreshTokenValidityPeriod: 365,
  SessionTimeout: '5',
};

describe('app: what an org says of a connected app', () => {
  it('header: the name is its label, and the developer name where there is none', () => {
    const header = { kind: 'connected-app', id: '0H41', label: 'Old App', contactEmail: 'a@b.co', marked: false };
    const given = { Id: '0H41', Name: 'Old App', ContactEmail: 'a@b.co' };
    expect(connectedHeader(given)).to.deep.equal({ ...header, developerName: 'Old App' });
    expect(connectedHeader({ ...given, DeveloperName: 'Old_App' })).to.deep.equal({
      ...header,
      developerName: 'Old_App',
    });
    expect(connectedHeader({ Name: 'Old App' })).to.be.undefined;
  });

  it('it is switched on, and has OAuth where it has such settings', () => {
    expect(connectedState(fields)).to.deep.equal({ enabled: true, oauth: true });
    expect(connectedState({ label: 'A' })).to.deep.equal({ enabled: true, oauth: false });
    expect(connectedOauth({ label: 'A' })).to.be.undefined;
  });

  it('scopes: several, one, none', () => {
    expect(connectedScopes(fields)).to.deep.equal({ scopes: ['api', 'web', 'refresh_token'] });
    expect(connectedScopes({ oauthConfig: { scopes: 'Full' } })).to.deep.equal({ scopes: ['full'] });
    expect(connectedScopes({})).to.deep.equal({ scopes: [] });
  });

  it('OAuth settings', () =>
    expect(connectedOauth(fields)).to.deep.equal({
      clientId: '3MVG9',
      callbackUrls: ['https://acme.com/callback'],
      certificate: 'MIID',
      clientCredentials: true,
      jwtAccessTokens: false,
      refreshTokenIdleLimit: false,
      flows: {
        pkceRequired: false,
        secretOptional: false,
        secretForRefresh: true,
        refreshTokenRotation: false,
        device: undefined,
        tokenExchange: false,
        codeCredentials: false,
        introspectAllTokens: false,
      },
    }));

  it('OAuth settings: the flows that it offers', () => {
    const on = {
      ...{ isPkceRequired: 'true', isConsumerSecretOptional: 'true', isSecretRequiredForRefreshToken: 'false' },
      ...{ isRefreshTokenRotationEnabled: 'true', isTokenExchangeEnabled: 'true', isCodeCredentialEnabled: 'true' },
      isIntrospectAllTokens: 'true',
    };
    expect(connectedOauth({ oauthConfig: on })?.flows).to.deep.equal({
      pkceRequired: true,
      secretOptional: true,
      secretForRefresh: false,
      refreshTokenRotation: true,
      device: undefined,
      tokenExchange: true,
      codeCredentials: true,
      introspectAllTokens: true,
    });
  });

  it('policy: metadata and query together', () =>
    expect(connectedPolicy(row, fields)).to.deep.equal({
      permittedUsers: 'admin-approved',
      refreshToken: { policy: 'specific-lifetime', period: 365, unit: 'days' },
      sessionTimeout: 5,
      jwtTimeout: undefined,
      clientCredentialsUser: 'a@b.co',
      clientCredentials: true,
      ipRelaxation: 'enforce',
    }));

  it('policy: the query alone does not show the unit', () =>
    expect(connectedPolicy(row, undefined)).to.deep.include({
      permittedUsers: 'admin-approved',
      refreshToken: { policy: 'specific-lifetime', period: 365, unit: undefined },
      sessionTimeout: 5,
    }));

  for (const [ipRelaxation, known] of [
    ['BYPASS', 'bypass'],
    ['BYPASS_2FACTOR', 'second-factor'],
    ['ENFORCE_RELAXREFRESH', 'relax-refresh'],
    ['SOMETHING', undefined],
  ] as const) {
    it(`policy: IP relaxation ${ipRelaxation}`, () =>
      expect(connectedPolicy(row, { oauthPolicy: { ipRelaxation } })?.ipRelaxation).to.equal(known));
  }

  const refreshes: Array<[policy: string, refreshToken: object]> = [
    ['zero', { policy: 'zero', period: undefined, unit: undefined }],
    ['infinite', { policy: 'infinite', period: undefined, unit: undefined }],
    ['specific_inactivity:30:HOURS', { policy: 'specific-inactivity', period: 30, unit: 'hours' }],
    ['specific_lifetime:12:MONTHS', { policy: 'specific-lifetime', period: 12, unit: 'months' }],
  ];
  for (const [refreshTokenPolicy, refreshToken] of refreshes) {
    it(`policy: ${refreshTokenPolicy}`, () =>
      expect(connectedPolicy({}, { oauthPolicy: { refreshTokenPolicy } })).to.deep.include({
        refreshToken,
        permittedUsers: 'self-authorize',
        sessionTimeout: undefined,
      }));
  }

  it('policy: inactivity by the query', () =>
    expect(connectedPolicy({ ...row, OptionsRefreshTokenValidityMetric: true }, undefined)).to.have.nested.property(
      'refreshToken.policy',
      'specific-inactivity'
    ));

  it('policy: nothing is said where neither shows the refresh token', () =>
    expect(connectedPolicy({ ...row, RefreshTokenValidityPeriod: null }, undefined)).to.be.undefined);
});
