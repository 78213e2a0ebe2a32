import { expect } from 'chai';
import {
  authProvider,
  connectedSignOn,
  externalCanvasApp,
  externalServiceProvider,
  samlProvider,
} from '../../src/app/sign-on.ts';
import { readComponent } from '../../src/app/xml.ts';

const read = async (type: string, elements: string) =>
  readComponent(type, 'Any', `<?xml version="1.0" encoding="UTF-8"?>\n<${type}>${elements}</${type}>`);

describe('app: what metadata and rows say of single sign-on', () => {
  it('an identity provider in the form in which orgs return it', async () => {
    const fields = await read(
      'SamlSsoConfig',
      `<identityMapping>UserId</identityMapping><issuer>https://idp.acme.com</issuer>
       <loginUrl>https://idp.acme.com/HttpPost</loginUrl><name>Acme &amp; Co</name>
       <requestSigningCertId>0P13w000001DX79</requestSigningCertId><samlEntityId>https://saml.salesforce.com/00D6s0000008kFhEA2</samlEntityId>
       <samlVersion>SAML2_0</samlVersion><useConfigRequestMethod>false</useConfigRequestMethod>
       <userProvisioning>false</userProvisioning><validationCert>MIIE</validationCert>`
    );
    expect(samlProvider('Acme', fields)).to.deep.equal({
      name: 'Acme & Co',
      issuer: 'https://idp.acme.com',
      entityId: 'https://saml.salesforce.com/00D6s0000008kFhEA2',
      loginUrl: 'https://idp.acme.com/HttpPost',
      version: 'SAML2_0',
      mapping: 'UserId',
      requestCertificateId: '0P13w000001DX79',
      signatureMethod: undefined,
      sha1Digests: false,
      decryptionCertificate: undefined,
      provisioning: undefined,
      certificate: 'MIIE',
    });
  });

  it('an identity provider whose logins make users, with digests of old', async () => {
    const fields = await read(
      'SamlSsoConfig',
      `<executionUserId>jit@acme.com</executionUserId><requestSignatureMethod>RSA-SHA256</requestSignatureMethod>
       <samlJitHandlerId>AcmeJit</samlJitHandlerId><useSameDigestAlgoForSigning>false</useSameDigestAlgoForSigning>
       <userProvisioning>true</userProvisioning>`
    );
    expect(samlProvider('Acme', fields)).to.deep.include({
      ...{ name: 'Acme', sha1Digests: true, signatureMethod: 'RSA-SHA256', requestCertificateId: undefined },
      provisioning: { handler: 'AcmeJit', runsAs: 'jit@acme.com' },
    });
  });

  it('a connected app that is signed on to, shown as canvas, and given ID tokens', async () => {
    const fields = await read(
      'ConnectedApp',
      `<canvasConfig><accessMethod>Post</accessMethod><canvasUrl>https://canvas.acme.com</canvasUrl>
         <samlInitiationMethod>IdpInitiated</samlInitiationMethod></canvasConfig>
       <oauthConfig><scopes>Api</scopes><scopes>OpenID</scopes></oauthConfig>
       <samlConfig><acsUrl>https://wiki.acme.com/acs</acsUrl><certificate>MIIE</certificate><entityUrl>wiki</entityUrl>
         <samlSigningAlgoType>SHA1</samlSigningAlgoType></samlConfig>`
    );
    expect(connectedSignOn('Wiki', fields)).to.deep.equal({
      serviceProvider: {
        ...{ app: 'Wiki', kind: 'connected-app', acsUrl: 'https://wiki.acme.com/acs', entityUrl: 'wiki' },
        ...{ signatures: 'SHA1', requestsSigned: true, encrypted: false },
      },
      canvas: { app: 'Wiki', kind: 'connected-app', url: 'https://canvas.acme.com', initiation: 'IdpInitiated' },
      ...{ openid: true, oauth: true },
    });
  });

  it('a connected app that has to do with OAuth alone', async () => {
    const fields = await read('ConnectedApp', '<oauthConfig><scopes>Api</scopes></oauthConfig>');
    expect(connectedSignOn('AQUILA', fields)).to.deep.equal({
      ...{ serviceProvider: undefined, canvas: undefined, openid: false, oauth: true },
    });
  });

  it('a connected app without OAuth', async () => {
    expect(connectedSignOn('Wiki', await read('ConnectedApp', '<label>Wiki</label>'))).to.deep.equal({
      ...{ serviceProvider: undefined, canvas: undefined, openid: false, oauth: false },
    });
  });

  it('the parts of an external client app bear the name of the app', async () => {
    const saml = await read(
      'ExtlClntAppSamlConfigurablePolicies',
      `<acsUrl>https://wiki.acme.com/acs</acsUrl><encryptionCertificate>Enc</encryptionCertificate><entityUrl>wiki</entityUrl>
       <externalClientApplication>Wiki</externalClientApplication><signingAlgorithmType>SHA256</signingAlgorithmType>`
    );
    expect(externalServiceProvider('Wiki_saml', saml)).to.deep.equal({
      ...{ app: 'Wiki', kind: 'external-client-app', acsUrl: 'https://wiki.acme.com/acs', entityUrl: 'wiki' },
      ...{ signatures: 'SHA256', requestsSigned: false, encrypted: true },
    });
    const canvas = await read('ExtlClntAppCanvasSettings', '<canvasUrl>https://canvas.acme.com</canvasUrl>');
    expect(externalCanvasApp('Wiki_canvas', canvas)).to.deep.include({ app: 'Wiki_canvas', initiation: 'None' });
  });

  it('a row of AuthProvider, whole and with next to nothing', () => {
    expect(
      authProvider({
        ...{
          FriendlyName: 'Acme',
          ProviderType: 'OpenIdConnect',
          TokenUrl: 'https://idp.acme.com/token',
          UserInfoUrl: null,
        },
        ...{ RegistrationHandler: { Name: 'Handler' }, ExecutionUser: { Username: 'sso@acme.com' } },
        ...{ OptionsIsPkceEnabled: true, OptionsSendAccessTokenInHeader: true, IdTokenIssuer: 'https://idp.acme.com' },
      })
    ).to.deep.equal({
      ...{ name: 'Acme', type: 'OpenIdConnect', logsIn: true, handler: 'Handler', runsAs: 'sso@acme.com', pkce: true },
      ...{ tokenInHeader: true, credentialsInHeader: false, issuer: 'https://idp.acme.com' },
      endpoints: ['https://idp.acme.com/token'],
    });
    for (const type of ['GitHub', 'Bitbucket', 'MicrosoftACS']) {
      expect(authProvider({ DeveloperName: 'Code', ProviderType: type, RegistrationHandler: null })).to.include({
        ...{ name: 'Code', logsIn: false, handler: undefined },
      });
    }
  });
});
