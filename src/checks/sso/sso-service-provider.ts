import { defineCheck, pass, unknown } from '../define.ts';
import { flowDetail } from '../flow/evidence.ts';
import { verdictOf } from './remarks.ts';
import { judgeProvider, samlPlace as place } from './saml-provider.ts';

export default defineCheck({
  id: 'sso-service-provider',
  title: 'SAML logins into the org rest on signatures in force',
  why: 'Whoever can sign an assertion that the org trusts logs in as any of its users, so each signature must be one that holds.',
  fix: `Setup > ${place}`,
  needs: ['samlLogins', 'now', 'warnDays'],
  reads: 'samlLogins',
  judge: ({ samlLogins, now, warnDays }) => {
    const { enabled, providers } = samlLogins;
    const judged = providers.map((provider) => judgeProvider(provider, samlLogins.certificates, { now, warnDays }));
    const count = `${providers.length} identity ${providers.length === 1 ? 'provider' : 'providers'}`;
    const isOn = enabled !== false && providers.length > 0;
    const { detail, data } = flowDetail(
      isOn ? `SAML logins by ${count}` : providers.length === 0 ? 'no identity provider' : `SAML is off, for ${count}`,
      { 'Security.singleSignOnSettings.enableSamlLogin': enabled ?? null },
      place,
      ...judged.flatMap(({ evidence }) => evidence),
      'AQUILA logs in by JWT bearer and uses none of this.'
    );
    const more = { ...data, providers: providers.map(({ name }) => name) };
    if (!isOn) return pass(detail, { data: more });
    if (enabled === undefined) return unknown(detail, { data: more, fix: `look in Setup > ${place}` });
    return verdictOf(
      judged.flatMap(({ remarks }) => remarks),
      detail,
      more
    );
  },
});
