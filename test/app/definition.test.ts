import { expect } from 'chai';
import { defaultCallbackUrl } from '../../src/app/callback-url.ts';
import { defineApp, type AppRequest } from '../../src/app/definition.ts';

const request = (more: Partial<AppRequest> = {}): AppRequest => ({
  name: 'AQUILA',
  permissionSets: [],
  profiles: [],
  ...more,
});

describe('app: what is asked for', () => {
  it('with a name alone leaves the rest to the org and the guide', () => {
    expect(defineApp(request())).to.deep.equal({
      definition: {
        label: 'AQUILA',
        developerName: 'AQUILA',
        contactEmail: undefined,
        certificate: undefined,
        callbackUrl: defaultCallbackUrl,
        permissionSets: [],
        profiles: [],
        sessionTimeout: undefined,
        refreshTokenDays: undefined,
        clientCredentialsUser: undefined,
        clientId: undefined,
      },
    });
  });

  it('loses blanks around texts, and names that are said twice', () => {
    const given = defineApp(
      request({
        name: ' Vendor App ',
        contactEmail: ' admin@acme.com ',
        permissionSets: ['AQUILA_Access', ' aquila_access '],
        profiles: ['System Administrator', 'System Administrator'],
        certificate: { pem: 'PEM', fingerprint256: 'AA:BB' },
      })
    );
    expect(given)
      .to.have.property('definition')
      .that.deep.includes({
        label: 'Vendor App',
        developerName: 'Vendor_App',
        contactEmail: 'admin@acme.com',
        permissionSets: ['AQUILA_Access'],
        profiles: ['System Administrator'],
      });
    expect(given).to.have.nested.property('definition.certificate.pem', 'PEM');
  });

  const good: Array<Partial<AppRequest>> = [
    { contactEmail: 'first.last+salesforce@mail.acme.co.uk' },
    { contactEmail: 'admin@münchen.de' },
    { sessionTimeout: 1 },
    { sessionTimeout: 1440 },
    { refreshTokenDays: 1 },
    { refreshTokenDays: 3650 },
    { clientCredentialsUser: 'integration@acme.com.sandbox' },
  ];
  for (const more of good) {
    it(`${JSON.stringify(more)} is taken`, () =>
      expect(defineApp(request(more)))
        .to.have.property('definition')
        .that.includes(more));
  }

  const bad: Array<[more: Partial<AppRequest>, code: string]> = [
    [{ name: '' }, 'AppNameInvalid'],
    [{ contactEmail: '' }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'admin' }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'admin@acme' }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'Ann <admin@acme.com>' }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'a@acme.com, b@acme.com' }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'a..b@acme.com' }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'admin@acme..com' }, 'AppContactEmailInvalid'],
    [{ contactEmail: `${'a'.repeat(250)}@acme.com` }, 'AppContactEmailInvalid'],
    [{ contactEmail: 'admin@example.com' }, 'AppContactEmailExample'],
    [{ contactEmail: 'admin@mail.example.org' }, 'AppContactEmailExample'],
    [{ contactEmail: 'admin@acme.invalid' }, 'AppContactEmailExample'],
    [{ callbackUrl: 'http://acme.com' }, 'AppCallbackUrlNotHttps'],
    [{ permissionSets: ['AQUILA_Access', '0PS5e000002AbCd'] }, 'AppPermissionSetIsId'],
    [{ profiles: ['A, B'] }, 'AppProfileInvalid'],
    [{ sessionTimeout: 0 }, 'AppSessionTimeoutInvalid'],
    [{ sessionTimeout: 1441 }, 'AppSessionTimeoutInvalid'],
    [{ sessionTimeout: 1.5 }, 'AppSessionTimeoutInvalid'],
    [{ sessionTimeout: Number.NaN }, 'AppSessionTimeoutInvalid'],
    [{ refreshTokenDays: 0 }, 'AppRefreshTokenDaysInvalid'],
    [{ refreshTokenDays: 3651 }, 'AppRefreshTokenDaysInvalid'],
    [{ clientCredentialsUser: 'integration' }, 'UsernameInvalid'],
    [{ clientId: 'short' }, 'AppClientIdInvalid'],
  ];
  for (const [more, code] of bad) {
    it(`${JSON.stringify(more).slice(0, 70)} is refused: ${code}`, () => {
      const given = defineApp(request(more));
      expect(given).to.have.nested.property('problem.code', code);
      expect(given).to.have.nested.property('problem.actions').that.is.not.empty;
    });
  }
});
