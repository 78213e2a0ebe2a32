import { defineCheck, pass, unknown, warn } from '../define.ts';
import { closedByAll, closeInOrg, flowDetail } from '../flow/evidence.ts';
import { orgCertificate, verdictOf } from './remarks.ts';
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
    const { detail, data } = flowDetail(
      enabled === true ? `Salesforce is identity provider for ${count}` : 'Salesforce is no identity provider',
      {
        'IdentityProvider.enableIdentityProvider': enabled ?? null,
        'IdentityProvider.certificateName': certificate ?? null,
      },
      place,
      ...(enabled === true ? [signing.words, ...serviceProviders.map(describeApp)] : []),
      'AQUILA uses none of this.'
    );
    const more = { ...data, apps: serviceProviders.map(({ app }) => app) };
    if (enabled === undefined) return unknown(detail, { data: more, fix: `look in Setup > ${place}` });
    if (!enabled) return pass(detail, { data: more });
    if (serviceProviders.length === 0) {
      const closing = { member: 'IdentityProvider', element: 'enableIdentityProvider', to: 'false' } as const;
      const unused = 'no app uses it, so it can be switched off';
      return warn(`${detail}\n${unused}`, {
        data: { ...more, ...closedByAll([closing], 'nothing: no app uses it') },
        fix: closeInOrg,
      });
    }
    return verdictOf(
      [...(signing.remark ? [signing.remark] : []), ...serviceProviders.flatMap(judgeApp)],
      detail,
      more
    );
  },
});
