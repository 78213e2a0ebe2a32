import { defineCheck } from '../define.ts';
import {
  identityProviderPlace as place,
  identityProviderRemarks,
  signingOf,
  switchedOff,
} from './identity-provider.ts';
import { verdictOf } from './remarks.ts';
import { describeApp } from './service-provider.ts';

export default defineCheck({
  id: 'sso-identity-provider',
  title: 'SAML logins from the org are needed and well signed',
  why: 'As identity provider the org vouches for its users at other systems, which believe whatever it has signed.',
  fix: `Setup > ${place}`,
  needs: ['identityProvider', 'now', 'warnDays'],
  reads: 'identityProvider',
  judge: ({ identityProvider, now, warnDays }) => {
    const { enabled, certificate, serviceProviders } = identityProvider;
    const signing = signingOf(identityProvider, { now, warnDays });
    const count = `${serviceProviders.length} ${serviceProviders.length === 1 ? 'app' : 'apps'}`;
    return verdictOf(identityProviderRemarks(identityProvider, signing), {
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
      data: { apps: serviceProviders.map(({ app }) => app), ...switchedOff(identityProvider) },
    });
  },
});
