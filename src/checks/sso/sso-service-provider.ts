import { defineCheck } from '../define.ts';
import { notShown, verdictOf } from './remarks.ts';
import { judgeProvider, samlPlace as place } from './saml-provider.ts';

export default defineCheck({
  id: 'sso-service-provider',
  title: 'SAML logins into the org rest on signatures in force',
  why: 'Whoever can sign an assertion that the org trusts logs in as any of its users, so each signature must be one that holds.',
  fix: `Setup > ${place}`,
  needs: ['samlLogins', 'now', 'warnDays'],
  reads: 'samlLogins',
  judge: ({ samlLogins: { enabled, providers, certificates }, now, warnDays }) => {
    const judged = providers.map((provider) => judgeProvider(provider, certificates, { now, warnDays }));
    const count = `${providers.length} identity ${providers.length === 1 ? 'provider' : 'providers'}`;
    const isUsed = enabled !== false && providers.length > 0;
    const unused = providers.length === 0 ? 'no identity provider' : `SAML is off, for ${count}`;
    const remarks = [...(enabled === undefined ? [notShown(place)] : []), ...judged.flatMap((one) => one.remarks)];
    return verdictOf(isUsed ? remarks : [], {
      found: isUsed ? `SAML logins by ${count}` : unused,
      seen: { 'Security.singleSignOnSettings.enableSamlLogin': enabled ?? null },
      place,
      notes: [...judged.flatMap(({ evidence }) => evidence), 'AQUILA logs in by JWT bearer and uses none of this.'],
      data: { providers: providers.map(({ name }) => name) },
    });
  },
});
