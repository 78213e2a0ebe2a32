import { defineCheck } from '../define.ts';
import { closedByAll, closeInOrg } from '../flow/evidence.ts';
import { notShown, orgCertificate, verdictOf, type Remark } from './remarks.ts';
import { describeApp, judgeApp } from './service-provider.ts';

const place = 'Identity Provider';

export default defineCheck({
  id: 'sso-identity-provider',
  title: 'SAML logins from the org are needed and well signed',
  why: 'As identity provider the org vouches for its users at other systems, which believe whatever it has signed.',
  fix: `Setup > ${place}`,
  needs: ['identityProvider', 'now', 'warnDays'],
  reads: 'identityProvider',
  judge: ({ identityProvider, now, warnDays }) => {
    const { enabled, certificate, certificates, serviceProviders } = identityProvider;
    const signing = orgCertificate(
      'certificate',
      ({ name }) => name === certificate,
      certificates,
      { now, warnDays },
      {
        ended: 'service providers that look at it refuse its logins',
        fix: `Setup > ${place} > Edit: a certificate in force; then give it to every service provider`,
      }
    );
    const count = `${serviceProviders.length} ${serviceProviders.length === 1 ? 'app' : 'apps'}`;
    const isUnused = enabled === true && serviceProviders.length === 0;
    const remarks = isUnused
      ? [unused]
      : [...(signing.remark ? [signing.remark] : []), ...serviceProviders.flatMap(judgeApp)];
    return verdictOf(enabled === undefined ? [notShown(place)] : enabled ? remarks : [], {
      found: enabled === true ? `Salesforce is identity provider for ${count}` : 'Salesforce is no identity provider',
      seen: {
        'IdentityProvider.enableIdentityProvider': enabled ?? null,
        'IdentityProvider.certificateName': certificate ?? null,
      },
      place,
      notes: [
        ...(enabled === true ? [signing.words, ...serviceProviders.map(describeApp)] : []),
        'AQUILA uses none of this.',
      ],
      data: {
        apps: serviceProviders.map(({ app }) => app),
        ...(isUnused &&
          closedByAll(
            [switchOff],
            'nothing of this org; apps of installed packages with SAML are not seen here, so look for them in Setup > Identity Provider first'
          )),
      },
    });
  },
});

const switchOff = { member: 'IdentityProvider', element: 'enableIdentityProvider', to: 'false' } as const;
const unused: Remark = {
  status: 'warn',
  text: 'no app of this org uses it, so it can perhaps be switched off',
  fix: closeInOrg,
};
