import { defineCheck } from '../define.ts';
import { judgeOpenings, when } from './openings.ts';

const place = 'Single Sign-On Settings > SAML Enabled';
const fix = [
  `if nobody signs on by SAML: Setup > ${place}: clear it, or delete the configurations that nobody uses`,
  'if people do, there is no switch that is known to close this flow alone: see that the identity provider gives out assertions carefully; the warning can stay',
].join('\n');

export default defineCheck({
  id: 'flow-saml-assertion',
  title: 'no identity provider opens the API by an assertion',
  why: 'Where the org trusts an identity provider, an assertion for a browser also buys an access token, without any app.',
  fix,
  needs: ['samlLogins'],
  judge: ({ samlLogins: { enabled, providers } }) => {
    const names = providers.map(({ name }) => name);
    const isOpen = enabled !== false && names.length > 0;
    return judgeOpenings(when(isOpen, `open to assertions of ${names.join(', ')}`, fix), {
      closed: names.length === 0 ? 'the org trusts no identity provider' : 'SAML is off',
      seen: {
        'Security.singleSignOnSettings.enableSamlLogin': enabled ?? null,
        'identity providers': names.join(', ') || 'none',
      },
      place,
      notes: ['AQUILA does not use this flow.'],
    });
  },
});
