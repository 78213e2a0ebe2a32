import { expect } from 'chai';
import type { Part } from '../../src/app/component.ts';
import { matchParts, type FoundParts, type Slot } from '../../src/app/found.ts';
import { disabled, enabling, planApp, type AppPlan } from '../../src/app/plan.ts';
import { certificate, clientId, found, guideApp, orgId, otherCertificate, plan, wanted } from './guide-app.ts';

const settingsOf = ({ changes }: AppPlan): string[] => changes.map(({ setting }) => setting);
const partOf = (parts: readonly Part[], type: string): Part => parts.find((part) => part.type.endsWith(type))!;
const policyWith = (elements: Record<string, string>): Pick<FoundParts, 'oauthPolicy'> => ({
  oauthPolicy: found('oauthPolicy', elements).oauthPolicy,
});
const fresh = { contactEmail: 'admin@acme.com', certificate };

describe('app: the plan for a new app', () => {
  const planned = plan({ found: undefined, wanted: wanted({ ...fresh, profiles: ['System Administrator'] }) });

  it('has the five parts under the names that the org would give them', () => {
    expect(planned.parts.map(({ type, fullName }) => [type, fullName])).to.deep.equal([
      ['ExternalClientApplication', 'AQUILA'],
      ['ExtlClntAppGlobalOauthSettings', 'AQUILA_glbloauth'],
      ['ExtlClntAppOauthSettings', 'AQUILA_oauth'],
      ['ExtlClntAppOauthConfigurablePolicies', 'AQUILA_oauth_defaultPolicy'],
      ['ExtlClntAppConfigurablePolicies', 'AQUILA_defaultPolicy'],
    ]);
    expect([planned.created, planned.enables]).to.deep.equal([true, true]);
  });

  it('has the settings of the guide, and secure ones where the guide is silent', () => {
    expect(planned.parts.map(({ fields }) => fields)).to.deep.equal([
      {
        contactEmail: 'admin@acme.com',
        description: 'Lets the log collector of CyTech AQUILA log in without a person, managed by sf aquila',
        distributionState: 'Local',
        isProtected: 'false',
        label: 'AQUILA',
      },
      {
        callbackUrl: 'http://localhost:1717/OauthRedirect',
        certificate: certificate.trimEnd(),
        consumerKey: clientId,
        externalClientApplication: 'AQUILA',
        isClientCredentialsFlowEnabled: 'true',
        isCodeCredFlowEnabled: 'false',
        isCodeCredPostOnly: 'false',
        isConsumerSecretOptional: 'false',
        isDeviceFlowEnabled: 'false',
        isIntrospectAllTokens: 'false',
        isNamedUserJwtEnabled: 'false',
        isPkceRequired: 'true',
        isRefreshTokenRotationEnabled: 'false',
        isSecretRequiredForRefreshToken: 'true',
        isTokenExchangeEnabled: 'false',
        label: 'AQUILA Global OAuth',
        shouldRotateConsumerKey: 'false',
        shouldRotateConsumerSecret: 'false',
      },
      {
        commaSeparatedOauthScopes: 'Api, Web, RefreshToken',
        externalClientApplication: 'AQUILA',
        isFirstPartyAppEnabled: 'false',
        label: 'AQUILA OAuth',
      },
      {
        commaSeparatedPermissionSet: 'AQUILA_Access',
        commaSeparatedProfile: 'System Administrator',
        externalClientApplication: 'AQUILA',
        ipRelaxationPolicyType: 'Enforce',
        isClientCredentialsFlowEnabled: 'false',
        isGuestCodeCredFlowEnabled: 'false',
        isTokenExchangeFlowEnabled: 'false',
        label: 'AQUILA OAuth policy',
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        refreshTokenPolicyType: 'SpecificLifetime',
        refreshTokenValidityPeriod: '365',
        refreshTokenValidityUnit: 'Days',
        requiredSessionLevel: 'STANDARD',
        sessionTimeoutInMinutes: '5',
      },
      {
        externalClientApplication: 'AQUILA',
        isEnabled: 'true',
        isOauthPluginEnabled: 'true',
        label: 'AQUILA policy',
        startPage: 'None',
      },
    ]);
  });

  it('says each setting in words of Setup, from nothing, once, and never the client id', () => {
    expect(settingsOf(planned)).to.include.members([
      'External Client App Name',
      'Contact Email',
      'Enable OAuth',
      'Callback URL',
      'OAuth Scopes',
      'Client Credentials Flow',
      'Certificate',
      'Permitted Users',
      'Selected Permission Sets',
      'Selected Profiles',
      'Refresh Token Policy',
      'Session Timeout in Minutes',
      'App Status',
      'Require PKCE',
      'IP Relaxation',
    ]);
    expect(new Set(settingsOf(planned)).size).to.equal(planned.changes.length);
    expect(planned.changes.every(({ from }) => from === null)).to.be.true;
    expect(JSON.stringify(planned.changes)).to.not.include(clientId);
  });

  it('once deployed, leaves nothing to do', () => {
    const after = matchParts(planned.parts, { fullName: 'AQUILA' });
    const again = plan({ found: after, wanted: wanted({ ...fresh, profiles: ['System Administrator'] }) });
    expect(again).to.deep.equal({ changes: [], parts: [], enables: false, created: false });
  });

  it('allows client credentials in the policy only with a user for them', () => {
    const withUser = plan({ found: undefined, wanted: wanted({ ...fresh, clientCredentialsUser: 'api@acme.com' }) });
    expect(partOf(withUser.parts, 'OauthConfigurablePolicies').fields).to.include({
      clientCredentialsFlowUser: 'api@acme.com',
      isClientCredentialsFlowEnabled: 'true',
    });
  });

  it('takes the client id that was asked for before ours', () => {
    const { parts } = plan({ found: undefined, wanted: wanted({ ...fresh, clientId: 'chosenByThem' }) });
    expect(partOf(parts, 'GlobalOauthSettings').fields['consumerKey']).to.equal('chosenByThem');
  });

  it('keeps the names of parts within 80 characters', () => {
    const { parts } = plan({ found: undefined, wanted: wanted({ ...fresh, name: 'x'.repeat(80) }) });
    expect(Math.max(...parts.map(({ fullName }) => fullName.length))).to.equal(80);
  });

  const lacking: Array<[more: Parameters<typeof wanted>[0], code: string]> = [
    [{ certificate }, 'AppContactEmailMissing'],
    [{ contactEmail: 'admin@acme.com' }, 'AppCertificateMissing'],
  ];
  for (const [more, code] of lacking) {
    it(`is refused: ${code}`, () =>
      expect(planApp({ wanted: wanted(more), found: undefined, clientId, orgId })).to.have.nested.property(
        'problem.code',
        code
      ));
  }

  it('is switched off for the first deployment, and the second one holds the switch alone', () => {
    const off = disabled(planned.parts);
    expect(off).to.have.length(5);
    expect(partOf(off, 'AppConfigurablePolicies').fields['isEnabled']).to.equal('false');
    expect(off.slice(0, 4)).to.deep.equal(planned.parts.slice(0, 4));
    expect(enabling(off)).to.deep.equal([planned.parts[4]]);
  });
});

describe('app: the plan for an app that exists', () => {
  it('is empty where all is as the guide wants it, even without the marker', () => {
    const nothing = { changes: [], parts: [], enables: false, created: false };
    expect(plan()).to.deep.equal(nothing);
    expect(plan({ wanted: wanted({ ...fresh, clientId: '3MVG9abcdefgh' }) })).to.deep.equal(nothing);
    expect(plan({ found: found('header', { description: undefined }) })).to.deep.equal(nothing);
  });

  type Elements = Record<string, string | undefined>;
  /** [slot, what the org has, setting, from, to, what gets deployed] */
  const spoiled: Array<[Slot, Elements, setting: string, from: string | null, to: string, deployed: Elements]> = [
    ['policy', { isEnabled: 'false' }, 'App Status', 'Disabled', 'Enabled', { isEnabled: 'true' }],
    ['policy', { isOauthPluginEnabled: 'false' }, 'Enable OAuth', 'off', 'on', { isOauthPluginEnabled: 'true' }],
    [
      'global',
      { callbackUrl: 'https://acme.com/a\nhttps://acme.com/b' },
      'Callback URL',
      'https://acme.com/a, https://acme.com/b',
      'https://acme.com/a, https://acme.com/b, http://localhost:1717/OauthRedirect',
      { callbackUrl: 'https://acme.com/a\nhttps://acme.com/b\nhttp://localhost:1717/OauthRedirect' },
    ],
    [
      'global',
      { isClientCredentialsFlowEnabled: 'false' },
      'Client Credentials Flow',
      'off',
      'on',
      { isClientCredentialsFlowEnabled: 'true' },
    ],
    [
      'global',
      { isEnforceRefreshTokenTTL: 'true' },
      'Limit Idle Refresh Token',
      'on',
      'off',
      { isEnforceRefreshTokenTTL: 'false' },
    ],
    [
      'oauth',
      { commaSeparatedOauthScopes: 'Api,OpenID' },
      'OAuth Scopes',
      'Api, OpenID',
      'Api, OpenID, Web, RefreshToken',
      { commaSeparatedOauthScopes: 'Api, OpenID, Web, RefreshToken' },
    ],
    [
      'oauthPolicy',
      { permittedUsersPolicyType: 'AllSelfAuthorized' },
      'Permitted Users',
      'All users may self-authorize',
      'Admin approved users are pre-authorized',
      { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' },
    ],
    [
      'oauthPolicy',
      { commaSeparatedPermissionSet: 'Other' },
      'Selected Permission Sets',
      'Other',
      'Other, AQUILA_Access',
      { commaSeparatedPermissionSet: 'Other,AQUILA_Access' },
    ],
    [
      'oauthPolicy',
      { refreshTokenPolicyType: 'Infinite' },
      'Refresh Token Policy',
      'valid until revoked',
      'expires after 365 days',
      {
        refreshTokenPolicyType: 'SpecificLifetime',
        refreshTokenValidityPeriod: '365',
        refreshTokenValidityUnit: 'Days',
      },
    ],
    [
      'oauthPolicy',
      { refreshTokenValidityUnit: 'Hours' },
      'Refresh Token Policy',
      'expires after 365 hours',
      'expires after 365 days',
      { refreshTokenValidityUnit: 'Days' },
    ],
    [
      'oauthPolicy',
      { sessionTimeoutInMinutes: '59' },
      'Session Timeout in Minutes',
      '59',
      '5',
      { sessionTimeoutInMinutes: '5' },
    ],
    [
      'oauthPolicy',
      { sessionTimeoutInMinutes: undefined },
      'Session Timeout in Minutes',
      null,
      '5',
      { sessionTimeoutInMinutes: '5' },
    ],
  ];
  for (const [slot, elements, setting, from, to, deployed] of spoiled) {
    it(`${JSON.stringify(elements)}: ${setting} alone changes, and one whole part`, () => {
      const { changes, parts, enables, created } = plan({ found: found(slot, elements) });
      expect(changes).to.deep.equal([{ setting, from, to }]);
      expect(parts.map(({ fullName }) => fullName)).to.deep.equal([guideApp[slot].fullName]);
      const { consumerKey, oauthLink, ...rest } = { ...found(slot, elements)[slot]!.fields, ...deployed };
      expect(parts[0]!.fields).to.deep.equal(rest);
      // Without OAuth nothing says yet who may use it: it is off until that is read back.
      expect([enables, created]).to.deep.equal([['App Status', 'Enable OAuth'].includes(setting), false]);
    });
  }

  it('takes what the request names, where it differs', () => {
    const { changes } = plan({
      wanted: wanted({
        contactEmail: 'new@acme.com',
        sessionTimeout: 30,
        refreshTokenDays: 90,
        profiles: ['Standard User'],
      }),
    });
    expect(changes).to.deep.equal([
      { setting: 'Contact Email', from: 'admin@acme.com', to: 'new@acme.com' },
      { setting: 'Selected Profiles', from: null, to: 'Standard User' },
      { setting: 'Refresh Token Policy', from: 'expires after 365 days', to: 'expires after 90 days' },
      { setting: 'Session Timeout in Minutes', from: '3', to: '30' },
    ]);
  });

  it('sets the other timeout, too, where access tokens are JWTs', () => {
    const jwt = found('global', { isNamedUserJwtEnabled: 'true' });
    const setting = 'Timeout of JWT-Based Access Tokens';
    expect(plan({ found: jwt }).changes).to.deep.equal([{ setting, from: null, to: '5' }]);
    const thirty = plan({ found: jwt, wanted: wanted({ sessionTimeout: 25 }) });
    expect(partOf(thirty.parts, 'OauthConfigurablePolicies').fields).to.include({
      namedUserJwtSessionTimeoutType: 'Custom',
      namedUserJwtTimeout: '15',
    });
  });

  it('replaces the certificate by another one, and not by the same in another encoding', () => {
    const { changes, parts } = plan({ wanted: wanted({ certificate: otherCertificate }) });
    expect(settingsOf({ changes } as AppPlan)).to.deep.equal(['Certificate']);
    expect(changes[0]!.from).to.match(/^SHA-256 [0-9A-F:]{95}$/);
    expect(changes[0]!.to)
      .to.match(/^SHA-256 [0-9A-F:]{95}$/)
      .and.not.equal(changes[0]!.from);
    expect(parts[0]!.fields['certificate']).to.equal(otherCertificate.trimEnd());
    const encoded = found('global', { certificate: Buffer.from(certificate).toString('base64') });
    expect(plan({ found: encoded, wanted: wanted({ certificate }) }).changes).to.deep.equal([]);
  });

  describe('whose certificate the org does not return', () => {
    const hidden = found('global', { certificate: undefined });

    it('is left alone where nothing beside the certificate must change', () =>
      expect(plan({ found: hidden }).changes).to.deep.equal([]));

    it('is left alone where another part must change', () => {
      const { parts } = plan({ found: hidden, wanted: wanted({ sessionTimeout: 1 }) });
      expect(parts.map(({ type }) => type)).to.deep.equal(['ExtlClntAppOauthConfigurablePolicies']);
    });

    it('is refused where that would clear it', () => {
      const spoilt = found('global', { certificate: undefined, isClientCredentialsFlowEnabled: 'false' });
      const planned = planApp({ wanted: wanted(), found: spoilt, clientId, orgId });
      expect(planned).to.have.nested.property('problem.code', 'AppCertificateHidden');
      expect(plan({ found: spoilt, wanted: wanted({ certificate }) }).parts[0]!.fields['certificate']).to.equal(
        certificate.trimEnd()
      );
    });
  });

  it('never gets another client id', () => {
    const planned = planApp({ wanted: wanted({ clientId: 'chosenByThem' }), found: found(), clientId, orgId });
    expect(planned).to.have.nested.property('problem.code', 'AppClientIdFixed');
    expect(JSON.stringify(planned)).to.not.include('chosenByThem').and.not.include('3MVG9abcdefgh');
  });

  it('never gets back what belongs to the org: key, secret, rotation, links', () => {
    const rotating = found('global', {
      consumerSecret: 'SECRET',
      shouldRotateConsumerKey: 'true',
      shouldRotateConsumerSecret: 'true',
      isClientCredentialsFlowEnabled: 'false',
    });
    const { parts } = plan({ found: rotating });
    expect(Object.keys(parts[0]!.fields)).to.have.members([
      'callbackUrl',
      'certificate',
      'externalClientApplication',
      'isClientCredentialsFlowEnabled',
      'isPkceRequired',
      'label',
    ]);
  });

  it('never gets what only the org may set: the kind of management, and a switch of the policy that newer versions refuse', () => {
    const managed = { ...found('header', { managedType: 'Local' }), ...policyWith({ isNamedUserJwtEnabled: 'true' }) };
    const { parts } = plan({ found: managed, wanted: wanted({ contactEmail: 'new@acme.com', sessionTimeout: 1 }) });
    expect(parts).to.have.length(2);
    expect(parts.flatMap(({ fields }) => Object.keys(fields))).to.not.include.members(['managedType']);
    expect(parts.flatMap(({ fields }) => Object.keys(fields))).to.not.include.members(['isNamedUserJwtEnabled']);
  });

  it('gets the user of client credentials, once', () => {
    const asked = { wanted: wanted({ clientCredentialsUser: 'Api@acme.com' }) };
    const runAs = (elements: Record<string, string>): unknown =>
      plan({ ...asked, found: { ...found(), ...policyWith(elements) } }).changes;
    const setting = 'Client Credentials Flow: Run As';
    const on = { isClientCredentialsFlowEnabled: 'true' };
    expect(runAs({})).to.deep.equal([{ setting, from: null, to: 'Api@acme.com' }]);
    expect(runAs({ ...on, clientCredentialsFlowUser: 'b@acme.com' })).to.deep.equal([
      { setting, from: 'b@acme.com', to: 'Api@acme.com' },
    ]);
    expect(runAs({ clientCredentialsFlowUser: 'api@acme.com' })).to.deep.equal([
      { setting, from: null, to: 'Api@acme.com' },
    ]);
    expect(runAs({ ...on, clientCredentialsFlowUser: 'api@acme.com' })).to.deep.equal([]);
  });

  it('loses a certificate that is none, such as the name of one', () => {
    const named = found('global', { certificate: 'My_Org_Certificate' });
    expect(plan({ found: named, wanted: wanted({ certificate }) }).changes[0]).to.include({
      setting: 'Certificate',
      from: 'a value that is no certificate',
    });
  });

  it('loses the link to another org, and keeps the one to this', () => {
    const more = { wanted: wanted({ contactEmail: 'new@acme.com' }) };
    expect(plan(more).parts[0]!.fields['orgScopedExternalApp']).to.equal(`${orgId}:AQUILA`);
    const short = found('header', { orgScopedExternalApp: `${orgId.slice(0, 15)}:AQUILA` });
    expect(plan({ ...more, found: short }).parts[0]!.fields).to.have.property('orgScopedExternalApp');
    const foreign = found('header', { orgScopedExternalApp: '00D000000000001EAA:AQUILA' });
    expect(plan({ ...more, found: foreign }).parts[0]!.fields).to.not.have.property('orgScopedExternalApp');
  });

  it('gets the marker as soon as anything else changes', () => {
    const unmarked = found('header', { description: 'Reads logs.' });
    const { changes, parts } = plan({ found: unmarked, wanted: wanted({ sessionTimeout: 1 }) });
    expect(settingsOf({ changes } as AppPlan)).to.deep.equal(['Session Timeout in Minutes', 'Description']);
    expect(parts[0]!.fields['description']).to.equal('Reads logs, managed by sf aquila');
  });

  it('gets the parts that it lacks, under its own name and label', () => {
    const without = { ...found(), oauthPolicy: undefined };
    const { parts, changes, created } = plan({ found: without, wanted: wanted({ name: 'aquila' }) });
    expect(parts.map(({ fullName }) => fullName)).to.deep.equal(['AQUILA_oauth_defaultPolicy', 'AQUILA_plcy']);
    expect(parts[0]!.fields).to.include({ externalClientApplication: 'AQUILA', label: 'AQUILA OAuth policy' });
    expect(settingsOf({ changes } as AppPlan)).to.include.members(['IP Relaxation', 'Permitted Users']);
    expect(created).to.be.false;
  });

  it('without OAuth settings needs a certificate, and gets a client id of ours', () => {
    const without = { ...found(), global: undefined };
    expect(planApp({ wanted: wanted(), found: without, clientId, orgId })).to.have.nested.property(
      'problem.code',
      'AppCertificateMissing'
    );
    const { parts } = plan({ found: without, wanted: wanted({ certificate }) });
    expect(parts[0]!.fields).to.include({ consumerKey: clientId, isPkceRequired: 'true' });
  });

  describe('whose access the metadata does not show whole', () => {
    const silent = found('oauthPolicy', { commaSeparatedPermissionSet: undefined });
    const granted = { permissionSets: ['aquila_access', 'Other'], profiles: ['System Administrator'] };

    it('has nothing to do where the access is there', () =>
      expect(plan({ found: silent, granted }).changes).to.deep.equal([]));

    it('keeps everybody who has access when the policy is deployed', () => {
      const { parts } = plan({ found: silent, granted, wanted: wanted({ sessionTimeout: 1 }) });
      expect(parts[0]!.fields).to.include({
        commaSeparatedPermissionSet: 'aquila_access,Other',
        commaSeparatedProfile: 'System Administrator',
      });
    });
  });
});
